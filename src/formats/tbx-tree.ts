/**
 * The entries of a TBX file as small trees, one at a time, with the place of every element; versions 2 and 3 in one shape.
 * Cost: one pass over the text; a tree is as large as its entry.
 */
import type { Diagnostic } from "../model/diagnostic.ts";
import { MODULE_NAMESPACES, TBX_NAMESPACE } from "./tbx-dialect.ts";
import { parseXml } from "./xml.ts";
import type { XmlCursor, XmlTag } from "./xml.ts";

export type TbxNode = {
  /** Local name. */
  readonly name: string;
  /** The data category: the `type` in DCA style, the element itself in DCT. */
  readonly category: string | undefined;
  /** `core` also for version 2, which has no namespace; the address of a namespace that is not of TBX. */
  readonly module: string;
  readonly line: number;
  readonly column: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly TbxNode[];
  /** All text inside, inline elements opened. */
  readonly text: string;
};

type Growing = Omit<TbxNode, "children" | "text"> & { readonly children: TbxNode[]; text: string };

export type TbxHead = {
  readonly version: 2 | 3;
  /** As the file says it: TBX-Basic, TBX. */
  readonly dialect: string | undefined;
  readonly style: string | undefined;
  readonly language: string | undefined;
  readonly line: number;
  readonly column: number;
};

const ENTRIES = new Set(["termEntry", "conceptEntry"]);
/** Mark-up inside a text. */
const INLINE = new Set(["hi", "foreign", "bpt", "ept", "ph", "sc", "ec"]);
const MODULES = new Map<string, string>(Object.entries(MODULE_NAMESPACES).map(([name, uri]) => [uri, name]));

function moduleOf(uri: string): string {
  return uri === "" || uri === TBX_NAMESPACE ? "core" : (MODULES.get(uri) ?? uri);
}

/** Where a tag begins, if it stands on one line; else where it ends. */
function placeOfTag(cursor: XmlCursor): { readonly line: number; readonly column: number } {
  const column = cursor.column - (cursor.end - cursor.start) + 1;
  return { line: cursor.line, column: column > 0 ? column : cursor.column };
}

function growNode(tag: XmlTag, cursor: XmlCursor): Growing {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const name in tag.attributes) attributes[name] = tag.attributes[name]?.value ?? "";
  const module = moduleOf(tag.uri);
  const category = module === "core" ? attributes["type"] : tag.local;
  return { name: tag.local, category, module, ...placeOfTag(cursor), attributes, children: [], text: "" };
}

export type TbxTreeHandler = {
  readonly head: (head: TbxHead) => void;
  /** Text of a paragraph that says where the file comes from. */
  readonly origin: (text: string) => void;
  readonly entry: (entry: TbxNode) => void;
  /** An element of the body that is no entry. */
  readonly stray: (node: Pick<TbxNode, "name" | "line" | "column">) => void;
};

export function parseTbx(text: string, handler: TbxTreeHandler): Diagnostic | undefined {
  const path: string[] = [];
  let open: Growing[] = [];
  let origin: string | undefined;
  return parseXml(text, {
    open(tag, cursor) {
      if (path.length === 0) handler.head(readHead(tag, cursor));
      const isEntry = ENTRIES.has(tag.local) && path.at(-1) === "body";
      if (isEntry || open.length > 0) open.push(growNode(tag, cursor));
      else if (path.at(-1) === "body") handler.stray({ name: tag.name, ...placeOfTag(cursor) });
      else if (tag.local === "p" && path.at(-1) === "sourceDesc") origin = "";
      path.push(tag.local);
    },
    text(piece) {
      const last = open.at(-1);
      if (last) last.text += piece;
      else if (origin !== undefined) origin += piece;
    },
    close(tag) {
      path.pop();
      if (origin !== undefined && tag.local === "p") {
        handler.origin(origin);
        origin = undefined;
      }
      const node = open.pop();
      if (!node) return;
      const parent = open.at(-1);
      if (!parent) {
        open = [];
        handler.entry(node);
      } else if (INLINE.has(node.name) && node.module === "core") parent.text += node.text;
      else parent.children.push(node);
    },
  });
}

function readHead(tag: XmlTag, cursor: XmlCursor): TbxHead {
  const attribute = (name: string) => tag.attributes[name]?.value;
  const isThree = tag.local === "tbx";
  if (!isThree && tag.local !== "martif") cursor.refuse("not-tbx", { name: tag.name });
  return {
    version: isThree ? 3 : 2,
    dialect: attribute("type"),
    style: attribute("style"),
    language: attribute("xml:lang"),
    ...placeOfTag(cursor),
  };
}
