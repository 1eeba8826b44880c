/**
 * Walks an XLIFF text (1.x, 2.x, SDLXLIFF, MQXLIFF) once and hands out each unit with the offsets of its tags.
 *
 * Guarantee: well-formed files are taken as they are, however far they stray from the schemas; what is read keeps the offsets
 * of every tag that the splice writer may have to touch. Cost: one pass; the tree of one unit at a time.
 */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import type { ScannedUnit } from "./xliff-unit.ts";
import { readUnit12, readUnit2 } from "./xliff-unit.ts";
import type { Dialect } from "./xliff-state.ts";
import type { TagPlace, XliffElement } from "./xliff-tree.ts";
import { attributeOf, foreignAttribute } from "./xliff-tree.ts";
import type { XmlTag } from "./xml.ts";
import { parseXml } from "./xml.ts";
import { checkUnit2 } from "./xliff2-rules.ts";

export type ScannedFile = {
  readonly id: string;
  readonly original: string;
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag | undefined;
  /** The start tag that names the target language: `file` in 1.2, the root in 2.x. */
  readonly languageTag: TagPlace;
  readonly units: ScannedUnit[];
};

export type ScannedXliff = {
  readonly version: string;
  readonly dialect: Dialect;
  readonly files: readonly ScannedFile[];
  readonly diagnostics: readonly Diagnostic[];
};

const KNOWN_NAMESPACE = /^(?:|urn:oasis:names:tc:xliff:document:(?:1\.[12]|2\.[0-9]))$/u;

function dialectOf(root: XliffElement, version: string): Dialect | undefined {
  if (/^2\.\d$/u.test(version)) return "xliff2";
  if (version !== "" && !/^1\.[0-2]$/u.test(version)) return undefined;
  for (const name in root.attributes) {
    const uri = root.attributes[name]?.value ?? "";
    if (/^http:\/\/sdl\.com\/FileTypes\/SdlXliff/u.test(uri)) return "sdlxliff";
    if (/^MQXliff$/iu.test(uri)) return "mqxliff";
  }
  return "xliff12";
}

/** `translate` is inherited from what stands around a unit. */
function translatable(stack: readonly XliffElement[]): boolean {
  const own = stack.findLast((element) => attributeOf(element, "translate") !== undefined);
  return own === undefined || attributeOf(own, "translate") !== "no";
}

export function scanXliff(text: string): ScannedXliff {
  const files: ScannedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  /** Elements around the unit: root, file, body, groups. */
  const stack: XliffElement[] = [];
  /** Elements inside the unit, the unit first. */
  const open: XliffElement[] = [];
  let unitIds = new Set<string>();
  let version = "";
  let dialect: Dialect = "xliff12";
  let root: XliffElement | undefined;
  let file: ScannedFile | undefined;

  function finishUnit(element: XliffElement): void {
    if (!file) return;
    const around = [...stack, element];
    const context = { text, dialect, translate: translatable(around), number: file.units.length + 1, diagnostics };
    if (dialect === "xliff2") {
      checkUnit2(element, { hasTargetLanguage: file.targetLanguage !== undefined }, (code, at, values) => {
        diagnostics.push({ code, severity: "warning", line: at.line, column: at.column, ...(values ? { values } : {}) });
      });
      const id = attributeOf(element, "id") ?? "";
      if (unitIds.has(id)) {
        diagnostics.push({
          code: "xliff-id-repeated",
          severity: "warning",
          line: element.line,
          column: element.column,
          values: { id },
        });
      }
      unitIds.add(id);
    }
    file.units.push(dialect === "xliff2" ? readUnit2(element, context) : readUnit12(element, context));
  }

  function openFile(element: XliffElement): void {
    const owner = dialect === "xliff2" ? (root ?? element) : element;
    const [source, target] = dialect === "xliff2" ? ["srcLang", "trgLang"] : ["source-language", "target-language"];
    // Root attributes of 2.x on a 1.2 file are a known slip of generators.
    const language = (name: string | undefined, other: string) =>
      attributeOf(owner, name ?? "") ?? (root ? attributeOf(root, other) : undefined);
    const sourceLanguage = language(source, "srcLang");
    if (sourceLanguage === undefined) {
      diagnostics.push({ code: "xliff-no-source-language", severity: "warning", line: owner.line, column: owner.column });
    }
    unitIds = new Set();
    file = {
      id: attributeOf(element, "id") ?? `f${files.length + 1}`,
      original: attributeOf(element, "original") ?? "",
      sourceLanguage: sourceLanguage ?? "und",
      targetLanguage: language(target, "trgLang"),
      languageTag: {
        name: owner.name,
        start: owner.start,
        openEnd: owner.openEnd,
        closeStart: owner.openEnd,
        end: owner.openEnd,
      },
      units: [],
    };
    files.push(file);
  }

  const fault = parseXml(text, {
    open(tag: XmlTag, cursor) {
      const element: XliffElement = {
        ...{ name: tag.name, local: tag.local, uri: tag.uri, attributes: tag.attributes },
        ...{ line: cursor.line, column: cursor.column, start: cursor.start, openEnd: cursor.end },
        ...{ closeStart: cursor.end, end: cursor.end, children: [] },
      };
      const parent = open.at(-1);
      if (parent) {
        parent.children.push(element);
        open.push(element);
        return;
      }
      if (!root) {
        root = element;
        if (tag.local !== "xliff" || !KNOWN_NAMESPACE.test(tag.uri)) cursor.refuse("not-xliff", { name: tag.name });
        version = attributeOf(element, "version") ?? foreignAttribute(element, "version") ?? "";
        if (version === "" && tag.uri !== "") version = tag.uri.slice(tag.uri.lastIndexOf(":") + 1);
        const known = dialectOf(element, version);
        if (known !== undefined) dialect = known;
        else if (tag.uri === "") cursor.refuse("xliff-version-unknown", { version });
        else {
          // The namespace says it too, and with more care: sample files exist whose version is the word "version".
          const place = { line: element.line, column: element.column };
          diagnostics.push({ code: "xliff-version-unknown", severity: "warning", ...place, values: { version } });
          version = tag.uri.slice(tag.uri.lastIndexOf(":") + 1);
          dialect = dialectOf(element, version) ?? "xliff12";
        }
      } else if (tag.local === "file" && stack.length === 1) openFile(element);
      const unitName = dialect === "xliff2" ? "unit" : "trans-unit";
      if (tag.local === unitName && file) open.push(element);
      else stack.push(element);
    },
    close(_, cursor) {
      const element = open.pop();
      if (!element) {
        stack.pop();
        return;
      }
      if (element.openEnd !== cursor.end) {
        element.closeStart = cursor.start;
        element.end = cursor.end;
      }
      if (open.length === 0) finishUnit(element);
    },
    text(piece) {
      open.at(-1)?.children.push({ text: piece });
    },
    aside(cursor) {
      open.at(-1)?.children.push({ asideStart: cursor.start, asideEnd: cursor.end });
    },
  });
  if (fault) diagnostics.push(fault);
  else if (files.length === 0) diagnostics.push({ code: "xliff-no-file", severity: "warning", line: 1, column: 1 });
  return { version, dialect, files, diagnostics };
}
