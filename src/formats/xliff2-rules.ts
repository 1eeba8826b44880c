/**
 * Rules of XLIFF 2 that no parser sees, checked unit by unit: ids, references, pairs, values. What they find is a warning with its place:
 * the file is read all the same, since files that break them are in daily use.
 * Left out: fragment identifiers, size restriction, validation and change tracking modules, reordering constraints.
 */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { XliffElement } from "./xliff-tree.ts";
import { attributeOf, descendantsOf, elementsOf } from "./xliff-tree.ts";

type Report = (code: string, element: XliffElement, values?: Diagnostic["values"]) => void;

const CORE = /:document:2\.\d$/u;
const STATES = new Set(["initial", "translated", "reviewed", "final"]);
const PARTS = new Set(["segment", "ignorable"]);
const NMTOKEN = /^[\p{L}\p{N}\p{M}._:·-]+$/u;
const CODES = new Set(["ph", "pc", "sc", "ec", "mrk", "sm"]);
/** Attributes that the core allows where tools like to put others. */
const ALLOWED: Readonly<Record<string, ReadonlySet<string>>> = {
  segment: new Set(["id", "canResegment", "state", "subState"]),
  ignorable: new Set(["id"]),
  source: new Set(["xml:lang", "xml:space"]),
  target: new Set(["xml:lang", "xml:space", "order"]),
  note: new Set(["id", "appliesTo", "category", "priority", "ref"]),
};
const PAIRED = ["canCopy", "canDelete", "canOverlap", "dir", "type", "subType"] as const;

function repeated(elements: readonly XliffElement[], report: Report): void {
  const seen = new Set<string>();
  for (const element of elements) {
    const id = attributeOf(element, "id");
    if (id === undefined) continue;
    if (seen.has(id)) report("xliff-id-repeated", element, { id });
    seen.add(id);
  }
}

function checkAttributes(element: XliffElement, report: Report): void {
  const allowed = ALLOWED[element.local];
  for (const name in element.attributes) {
    const attribute = element.attributes[name];
    if (!attribute || name.startsWith("xmlns")) continue;
    const isCore = attribute.uri === "" || name.startsWith("xml:");
    const isClosed = element.local !== "note" && allowed !== undefined;
    if (allowed && !allowed.has(name) && (isCore || isClosed)) report("xliff-attribute-not-allowed", element, { name });
  }
  const id = attributeOf(element, "id");
  if (id !== undefined && !NMTOKEN.test(id)) report("xliff-id-not-a-token", element, { id });
}

function checkCodes(side: XliffElement, unitCodes: readonly XliffElement[], data: ReadonlySet<string>, report: Report): void {
  const codes = [...descendantsOf(side)];
  const closed = new Set(codes.map((code) => attributeOf(code, "startRef")).filter((ref) => ref !== undefined));
  const opened = new Map<string, XliffElement>();
  const known = new Map(unitCodes.map((code) => [attributeOf(code, "id") ?? "", code]));
  for (const code of codes) {
    const id = attributeOf(code, "id");
    if (CODES.has(code.local) && code.local !== "ec" && id === undefined)
      report("xliff-code-without-id", code, { name: code.name });
    for (const name of ["dataRef", "dataRefStart", "dataRefEnd"]) {
      const ref = attributeOf(code, name);
      if (ref !== undefined && !data.has(ref)) report("xliff-reference-to-nothing", code, { reference: ref });
    }
    const copyOf = attributeOf(code, "copyOf");
    if (copyOf !== undefined) {
      const copied = known.get(copyOf);
      if (!copied) report("xliff-reference-to-nothing", code, { reference: copyOf });
      else if (
        attributeOf(code, "dataRef") !== undefined ||
        attributeOf(copied, "dataRef") !== undefined ||
        attributeOf(copied, "canCopy") === "no"
      ) {
        report("xliff-code-not-to-be-copied", code, { id: copyOf });
      }
    }
    if (code.local === "sc" || code.local === "sm") opened.set(id ?? "", code);
    if (code.local === "sc" && attributeOf(code, "isolated") !== "yes" && !isClosed(code, unitCodes, closed))
      report("xliff-code-unpaired", code, { id: id ?? "" });
    if (code.local === "sm" && !isClosed(code, unitCodes, closed)) report("xliff-code-unpaired", code, { id: id ?? "" });
    if (code.local === "em" || code.local === "ec") checkClosing(code, { side, opened, known }, report);
    if (code.local === "mrk" || code.local === "sm") {
      const both = [attributeOf(code, "value"), attributeOf(code, "ref")].filter((value) => value !== undefined).length;
      if (attributeOf(code, "type") === "comment" && both !== 1) report("xliff-comment-without-text", code);
    }
    const type = attributeOf(code, "type");
    const subType = attributeOf(code, "subType");
    if (subType !== undefined && type === undefined) report("xliff-subtype-without-type", code, { name: subType });
    if (subType?.startsWith("xlf:") && type !== "fmt" && /^xlf:(?:b|i|u|lb|pb)$/u.test(subType))
      report("xliff-subtype-without-type", code, { name: subType });
    if (
      attributeOf(code, "canReorder") === "firstNo" &&
      (attributeOf(code, "canCopy") !== "no" || attributeOf(code, "canDelete") !== "no")
    ) {
      report("xliff-code-not-fixed", code, { id: id ?? "" });
    }
  }
}

function isClosed(code: XliffElement, unitCodes: readonly XliffElement[], here: ReadonlySet<string>): boolean {
  const id = attributeOf(code, "id") ?? "";
  return here.has(id) || unitCodes.some((each) => attributeOf(each, "startRef") === id);
}

function checkClosing(
  code: XliffElement,
  around: {
    readonly side: XliffElement;
    readonly opened: ReadonlyMap<string, XliffElement>;
    readonly known: ReadonlyMap<string, XliffElement>;
  },
  report: Report,
): void {
  const ref = attributeOf(code, "startRef");
  const isIsolated = attributeOf(code, "isolated") === "yes";
  if (code.local === "ec" && isIsolated === (ref !== undefined)) {
    report("xliff-code-unpaired", code, { id: ref ?? attributeOf(code, "id") ?? "" });
    return;
  }
  if (ref === undefined) return;
  const opening = around.opened.get(ref) ?? around.known.get(ref);
  // Targets of a unit may stand in another order than their sources: only inside one of them does order count.
  const isLater = opening !== undefined && opening.start > code.start && opening.start < around.side.end;
  if (!opening || isLater) report("xliff-code-unpaired", code, { id: ref });
  else if (code.local === "ec") {
    if (attributeOf(code, "dir") !== undefined) report("xliff-code-pair-differs", code, { name: "dir" });
    for (const name of PAIRED) {
      const own = attributeOf(code, name);
      const other = attributeOf(opening, name);
      if (name.startsWith("can") && (own ?? "yes") !== (other ?? "yes")) report("xliff-code-pair-differs", code, { name });
    }
    const reorder = attributeOf(opening, "canReorder");
    if (reorder === "firstNo" && attributeOf(code, "canReorder") !== "no")
      report("xliff-code-pair-differs", code, { name: "canReorder" });
  }
}

export function checkUnit2(unit: XliffElement, context: { readonly hasTargetLanguage: boolean }, report: Report): void {
  const parts = elementsOf(unit).filter((element) => PARTS.has(element.local) && CORE.test(element.uri));
  const sources = parts.flatMap((part) => elementsOf(part, "source"));
  const targets = parts.flatMap((part) => elementsOf(part, "target"));
  const codes = sources
    .flatMap((source) => [...descendantsOf(source)])
    .filter((code) => CODES.has(code.local) || code.local === "em");
  const original = elementsOf(unit, "originalData")[0];
  const data = original ? elementsOf(original, "data") : [];
  if (original && data.length === 0) report("xliff-element-empty", original, { name: original.name });
  repeated(data, report);
  repeated([...parts, ...codes], report);
  for (const notes of elementsOf(unit, "notes")) {
    repeated(elementsOf(notes, "note"), report);
    if (elementsOf(notes, "note").length === 0) report("xliff-element-empty", notes, { name: notes.name });
  }
  for (const group of ["matches", "glossary", "metadata"].flatMap((name) => elementsOf(unit, name))) {
    repeated(
      [...descendantsOf(group)].filter((each) => each.uri === group.uri),
      report,
    );
  }
  if (targets[0] && !context.hasTargetLanguage) report("xliff-no-target-language", targets[0]);
  checkAttributes(unit, report);
  const orders = new Set<string>();
  for (const part of parts) {
    checkAttributes(part, report);
    const state = attributeOf(part, "state");
    if (state !== undefined && !STATES.has(state)) report("xliff-state-unknown", part, { state });
    if (attributeOf(part, "subState") !== undefined && state === undefined) report("xliff-substate-without-state", part);
    if (part.local === "ignorable" && elementsOf(part, "source").length === 0)
      report("xliff-segment-without-source", part, { unit: attributeOf(unit, "id") ?? "" });
    const [source] = elementsOf(part, "source");
    const [target] = elementsOf(part, "target");
    for (const side of [source, target]) {
      if (!side) continue;
      checkAttributes(side, report);
      const dataIds = new Set(data.map((each) => attributeOf(each, "id") ?? ""));
      checkCodes(
        side,
        side === source ? codes : [...codes, ...targets.flatMap((each) => [...descendantsOf(each)])],
        dataIds,
        report,
      );
    }
    const order = target && attributeOf(target, "order");
    if (target && order !== undefined) {
      if (orders.has(order)) report("xliff-order-repeated", target, { order });
      orders.add(order);
    }
  }
}
