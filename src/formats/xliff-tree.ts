/** The elements of one XLIFF unit with their offsets in the file's text, and the text and codes inside a source or target. */
import type { InlineCode } from "../model/interchange.ts";
import type { XmlAttribute } from "./xml.ts";

export type XliffElement = {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, XmlAttribute>>;
  readonly line: number;
  readonly column: number;
  /** `<`, after the `>` of the start tag, `<` of the end tag, after the end tag. A self-closing tag has the last three equal. */
  readonly start: number;
  readonly openEnd: number;
  closeStart: number;
  end: number;
  readonly children: (XliffElement | XliffText | XliffAside)[];
};

type XliffText = { readonly text: string };
/** A comment or processing instruction. */
type XliffAside = { readonly asideStart: number; readonly asideEnd: number };

export type Content = { readonly text: string; readonly codes: readonly InlineCode[] };

/** Offsets of an element, kept after its tree has gone. */
export type TagPlace = {
  readonly name: string;
  readonly start: number;
  readonly openEnd: number;
  readonly closeStart: number;
  readonly end: number;
};

export function isElement(child: XliffElement["children"][number]): child is XliffElement {
  return "local" in child;
}

export function elementsOf(parent: XliffElement, local?: string): readonly XliffElement[] {
  return parent.children.filter(isElement).filter((child) => local === undefined || child.local === local);
}

export function attributeOf(element: XliffElement, name: string): string | undefined {
  return element.attributes[name]?.value;
}

/** An attribute of a tool's own namespace, whatever prefix the file binds to it. */
export function foreignAttribute(element: XliffElement, local: string): string | undefined {
  for (const name in element.attributes) {
    const attribute = element.attributes[name];
    if (attribute?.local === local && attribute.uri !== "") return attribute.value;
  }
  return undefined;
}

export function placeOfTag(element: XliffElement): TagPlace {
  const { name, start, openEnd, closeStart, end } = element;
  return { name, start, openEnd, closeStart, end };
}

/** What they hold is code of the original format (1.2), or they are empty markers (2.x): never text. */
const WHOLE_CODES = new Set(["x", "bx", "ex", "bpt", "ept", "ph", "it", "sc", "ec", "sm", "em", "cp"]);

/** Text with inline codes taken out; a code that spans text gives its start tag and its end tag. */
export function contentOf(element: XliffElement, file: string): Content {
  const codes: InlineCode[] = [];
  const pieces: string[] = [];
  let length = 0;
  const visit = (parent: XliffElement): void => {
    for (const child of parent.children) {
      if ("text" in child) {
        pieces.push(child.text);
        length += child.text.length;
      } else if ("asideStart" in child) {
        codes.push({ at: length, xml: file.slice(child.asideStart, child.asideEnd) });
      } else if (WHOLE_CODES.has(child.local) || child.openEnd === child.end) {
        codes.push({ at: length, xml: file.slice(child.start, child.end) });
      } else {
        codes.push({ at: length, xml: file.slice(child.start, child.openEnd) });
        visit(child);
        codes.push({ at: length, xml: file.slice(child.closeStart, child.end) });
      }
    }
  };
  visit(element);
  return { text: pieces.join(""), codes };
}

/** The text alone. */
export function plainTextOf(element: XliffElement): string {
  return element.children
    .map((child) => ("text" in child ? child.text : isElement(child) && !WHOLE_CODES.has(child.local) ? plainTextOf(child) : ""))
    .join("");
}

/** All descendants in document order. */
export function* descendantsOf(parent: XliffElement): Generator<XliffElement> {
  for (const child of parent.children) {
    if (!isElement(child)) continue;
    yield child;
    yield* descendantsOf(child);
  }
}
