/**
 * XLIFF as a JavaScript object (i18next resources and the like) and back; the only place that knows the `xliff` package.
 *
 * Guard: that package loses text on files that are not simple (docs/decisions/0003-role-of-the-xliff-package.md). So the raw text of every
 * source and target is compared with what it returned, and what it wrote is read again by our own reader: any difference is a refusal
 * that names the unit, never a silent loss. What an object of this shape cannot say at all (states, groups' own notes) is a `Loss`.
 */
import js2xliff from "xliff/js2xliff";
import jsToXliff12 from "xliff/jsToXliff12";
import xliff12ToJs from "xliff/xliff12ToJs";
import xliff2js from "xliff/xliff2js";
import type { Diagnostic, Loss, ReadResult } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import { createIds } from "./xliff-parts.ts";
import { readXliff } from "./xliff.ts";
import { findXmlStart } from "./xml-start.ts";
import { createXmlWriter } from "./xml-write.ts";
import type { XmlTag } from "./xml.ts";
import { parseXml } from "./xml.ts";

/** Text, or text with inline elements as the package shapes them. */
export type JsonText = string | readonly JsonPiece[];
type JsonPiece = string | { readonly [kind: string]: unknown };

export type JsonUnit = { readonly source: JsonText; readonly target?: JsonText; readonly note?: string | readonly string[] };

export type XliffJson = {
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage?: LanguageTag;
  readonly resources: Readonly<Record<string, Readonly<Record<string, JsonUnit>>>>;
};

type RawUnit = { readonly namespace: string; readonly id: string; readonly line: number; sources: string[]; targets: string[] };

/** A key that cannot be an id is written under an id of this form, and kept beside it. */
const STAND_IN = /^key\d+$/u;

function error(code: string, values?: Diagnostic["values"], line?: number): Diagnostic {
  return { code, severity: "error", ...(line === undefined ? {} : { line }), ...(values ? { values } : {}) };
}

/** All text inside each source and target, codes' content too, straight from the XML. */
function rawUnits(text: string): readonly RawUnit[] {
  const units: RawUnit[] = [];
  const path: string[] = [];
  let unit: RawUnit | undefined;
  let unitDepth = 0;
  let namespace = "";
  let side: string[] | undefined;
  let sideDepth = 0;
  parseXml(text, {
    open(tag: XmlTag, cursor) {
      path.push(tag.local);
      if (tag.local === "file") namespace = tag.attributes.original?.value ?? tag.attributes.id?.value ?? "";
      if (!unit && (tag.local === "unit" || tag.local === "trans-unit")) {
        unit = { namespace, id: tag.attributes.id?.value ?? "", line: cursor.line, sources: [], targets: [] };
        unitDepth = path.length;
        units.push(unit);
      }
      const parent = path.at(-2);
      const isOwn = path.length === unitDepth + 1 || (path.length === unitDepth + 2 && parent === "segment");
      if (unit && !side && isOwn && (tag.local === "source" || tag.local === "target")) {
        side = tag.local === "source" ? unit.sources : unit.targets;
        side.push("");
        sideDepth = path.length;
      }
    },
    close() {
      if (path.length === sideDepth) {
        side = undefined;
        sideDepth = 0;
      }
      if (path.length === unitDepth) {
        unit = undefined;
        unitDepth = 0;
      }
      path.pop();
    },
    text(piece) {
      if (side) side[side.length - 1] = (side.at(-1) ?? "") + piece;
    },
  });
  return units;
}

function flatten(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(flatten).join("");
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value)
    .map((inner: unknown) => (typeof inner === "object" && inner !== null && "contents" in inner ? flatten(inner.contents) : ""))
    .join("");
}

type PackageUnit = {
  readonly source?: JsonText;
  readonly target?: JsonText;
  readonly note?: string | string[];
  readonly groupUnits?: Record<string, PackageUnit>;
  readonly additionalAttributes?: Record<string, unknown>;
};
type PackageResult = {
  readonly sourceLanguage?: string;
  readonly targetLanguage?: string;
  readonly resources?: Record<string, Record<string, PackageUnit>>;
};

/** Units with those of groups; ids of units are unique in a file, so groups need no level of their own. */
function* unitsOf(resources: Record<string, PackageUnit>): Generator<readonly [string, PackageUnit]> {
  for (const [key, unit] of Object.entries(resources)) {
    if (unit.groupUnits) yield* unitsOf(unit.groupUnits);
    else yield [key, unit];
  }
}

function keyOf(id: string, unit: PackageUnit): string {
  const name = unit.additionalAttributes?.name ?? unit.additionalAttributes?.resname;
  return STAND_IN.test(id) && typeof name === "string" ? name : id;
}

/** XLIFF to object. Refused when the package's reading differs from the file by a character. */
export async function readXliffJson(text: string): Promise<ReadResult<XliffJson> & { readonly losses: readonly Loss[] }> {
  const own = readXliff(text);
  if (!own.value) return { value: undefined, diagnostics: own.diagnostics, losses: [] };
  const isVersion2 = /\bversion\s*=\s*["']2\./u.test(findXmlStart(text)?.tag ?? "");
  let result: PackageResult;
  try {
    const options = { captureSpacesBetweenElements: true };
    result = (await (isVersion2 ? xliff2js(text, options) : xliff12ToJs(text, options))) as PackageResult;
  } catch {
    return { value: undefined, diagnostics: [error("xliff-json-unreadable")], losses: [] };
  }
  const resources: Record<string, Record<string, JsonUnit>> = Object.create(null) as Record<string, Record<string, JsonUnit>>;
  const diagnostics: Diagnostic[] = [];
  let count = 0;
  const found = new Map<string, PackageUnit>();
  for (const [namespace, units] of Object.entries(result.resources ?? {})) {
    const keyed: Record<string, JsonUnit> = Object.create(null) as Record<string, JsonUnit>;
    resources[namespace] = keyed;
    for (const [id, unit] of unitsOf(units)) {
      count += 1;
      found.set(`${namespace}\u0000${id}`, unit);
      const { source = "", target, note } = unit;
      keyed[keyOf(id, unit)] = { source, ...(target === undefined ? {} : { target }), ...(note === undefined ? {} : { note }) };
    }
  }
  const raw = rawUnits(text);
  for (const unit of raw) {
    const read = found.get(`${unit.namespace}\u0000${unit.id}`);
    const values = { unit: unit.id };
    if (!read || unit.sources.length > 1) diagnostics.push(error("xliff-json-loses-segment", values, unit.line));
    else if (flatten(read.source) !== (unit.sources[0] ?? "") || flatten(read.target) !== (unit.targets[0] ?? "")) {
      diagnostics.push(error("xliff-json-changes-text", values, unit.line));
    }
  }
  if (diagnostics.length === 0 && count !== raw.length) diagnostics.push(error("xliff-json-loses-segment", { unit: "" }));
  if (diagnostics.length > 0) return { value: undefined, diagnostics, losses: [] };
  const states = own.value
    .flatMap((file) => file.units.flatMap((unit) => unit.segments))
    .filter((each) => each.nativeState !== undefined);
  const value: XliffJson = {
    sourceLanguage: result.sourceLanguage ?? "und",
    ...(result.targetLanguage === undefined ? {} : { targetLanguage: result.targetLanguage }),
    resources,
  };
  return { value, diagnostics: own.diagnostics, losses: states.length > 0 ? [{ code: "states", count: states.length }] : [] };
}

/** The package takes one level of `&` away on writing; here it is put on first. */
function shielded(text: JsonText, legal: (text: string) => string): unknown {
  if (typeof text === "string") return legal(text).replaceAll("&", "&amp;");
  return text.map((piece) => (typeof piece === "string" ? legal(piece).replaceAll("&", "&amp;") : piece));
}

function attributeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** Object to XLIFF. Refused when our own reader does not find every text again in what the package wrote. */
export async function writeXliffJson(content: XliffJson, to: "xliff12" | "xliff20"): Promise<ReadResult<string>> {
  const xml = createXmlWriter();
  // Escapes and drops illegal characters in one go; only the dropping is wanted here.
  const legal = (text: string) => text.replace(/[^]/gu, (character) => (xml.text(character) === "" ? "" : character));
  const nameAttribute = to === "xliff12" ? "resname" : "name";
  const ids = createIds("key");
  const fileIds = createIds("f");
  const resources: Record<string, Record<string, unknown>> = {};
  const expected: (readonly [string, string, string])[] = [];
  for (const [namespace, units] of Object.entries(content.resources)) {
    const written: Record<string, unknown> = {};
    resources[to === "xliff12" && !/[&<"]|^\d+$|^__proto__$/u.test(namespace) ? namespace : fileIds(namespace)] = written;
    for (const [key, unit] of Object.entries(units)) {
      // Numbers would be sorted before other keys, and this one name cannot be a key at all.
      const id = ids(/^\d+$|^__proto__$|^key\d+$/u.test(key) ? " " : key);
      const notes = unit.note === undefined ? [] : [unit.note].flat();
      written[id] = {
        source: shielded(unit.source, legal),
        ...(unit.target === undefined ? {} : { target: shielded(unit.target, legal) }),
        ...(notes.length === 0 ? {} : { note: notes.map((note) => shielded(note, legal)) }),
        ...(id === key ? {} : { additionalAttributes: { [nameAttribute]: attributeText(key) } }),
      };
      expected.push([id, legal(flatten(unit.source)), legal(flatten(unit.target))]);
    }
  }
  let text: string;
  try {
    const given = { ...content, resources };
    text = to === "xliff12" ? await jsToXliff12(given, { indent: "" }) : await js2xliff(given, { indent: "" });
  } catch {
    return { value: undefined, diagnostics: [error("xliff-json-unwritable")] };
  }
  const read = readXliff(text);
  const raw = new Map(rawUnits(text).map((unit) => [unit.id, unit]));
  const diagnostics = expected.flatMap(([id, source, target]) => {
    const unit = raw.get(id);
    const isSame = unit?.sources.length === 1 && unit.sources[0] === source && (unit.targets[0] ?? "") === target;
    return isSame ? [] : [error("xliff-json-changes-text", { unit: id })];
  });
  if (!read.value || diagnostics.length > 0) return { value: undefined, diagnostics: [...read.diagnostics, ...diagnostics] };
  return {
    value: text,
    diagnostics: xml.losses().map((loss) => ({ code: loss.code, severity: "warning", values: { count: loss.count } })),
  };
}

function isText(value: unknown): value is JsonText {
  return typeof value === "string" || Array.isArray(value);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The JSON file of such an object, checked for its shape. */
export function parseXliffJson(text: string): ReadResult<XliffJson> {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
  } catch (cause) {
    const found = /position (\d+)(?: \(line (\d+) column (\d+)\))?/u.exec(cause instanceof Error ? cause.message : "");
    const place = found?.[2] === undefined ? {} : { line: Number(found[2]), column: Number(found[3]) };
    return { value: undefined, diagnostics: [{ code: "json-not-well-formed", severity: "error", ...place }] };
  }
  const object = value as Partial<XliffJson> | null;
  const resources = object?.resources;
  if (typeof object?.sourceLanguage !== "string" || !isPlainObject(resources)) {
    return { value: undefined, diagnostics: [error("not-xliff-json")] };
  }
  for (const [namespace, units] of Object.entries<unknown>(resources)) {
    if (!isPlainObject(units)) {
      return { value: undefined, diagnostics: [error("xliff-json-bad-unit", { unit: namespace })] };
    }
    for (const [key, unit] of Object.entries(units)) {
      const given = unit as Partial<JsonUnit> | null;
      if (!isText(given?.source) || (given.target !== undefined && !isText(given.target))) {
        return { value: undefined, diagnostics: [error("xliff-json-bad-unit", { unit: `${namespace}/${key}` })] };
      }
    }
  }
  return { value: object as XliffJson, diagnostics: [] };
}

export function formatXliffJson(content: XliffJson): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
