/** One unit of an XLIFF file, read from its tree: segments, states, notes, matches and terms, with the offsets for the splice writer. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { BilingualSegment, BilingualUnit } from "../model/interchange.ts";
import type { TranslationState } from "../model/translation-unit.ts";
import type { Dialect } from "./xliff-state.ts";
import { stateFromNative } from "./xliff-state.ts";
import type { Content, TagPlace, XliffElement } from "./xliff-tree.ts";
import {
  attributeOf,
  contentOf,
  descendantsOf,
  elementsOf,
  foreignAttribute,
  isElement,
  placeOfTag,
  plainTextOf,
} from "./xliff-tree.ts";

export type SegmentPlaces = {
  /** 2.x source; 1.2 the `mrk` of seg-source, or the source itself in a unit that is not segmented. */
  readonly source: TagPlace;
  /** 2.x target; 1.2 the `mrk` of the target, or the target itself. Absent: to be made. */
  readonly target: TagPlace | undefined;
  /** The tag whose attribute holds the state: 2.x segment, `sdl:seg`. Absent in 1.2: the target, or the unit for memoQ. */
  readonly state: TagPlace | undefined;
};

export type ScannedUnit = {
  readonly unit: BilingualUnit;
  readonly tag: TagPlace;
  readonly approved: string | undefined;
  /** 1.2 only: where a segmented target stands or is to be made. */
  readonly segmented: { readonly segSource: TagPlace; readonly target: TagPlace | undefined } | undefined;
  /** 1.2 only: a missing target goes behind this tag. */
  readonly insertAfter: TagPlace | undefined;
  readonly places: readonly SegmentPlaces[];
};

export type UnitContext = {
  readonly text: string;
  readonly dialect: Dialect;
  readonly translate: boolean;
  /** 1-based, for units without an id. */
  readonly number: number;
  readonly diagnostics: Diagnostic[];
};

type Matches = NonNullable<BilingualSegment["matches"]>;

function report(context: UnitContext, code: string, element: XliffElement, values?: Diagnostic["values"]): void {
  const place = { line: element.line, column: element.column };
  context.diagnostics.push({ code, severity: "warning", ...place, ...(values ? { values } : {}) });
}

function segmentMarks(parent: XliffElement): readonly XliffElement[] {
  return [...descendantsOf(parent)].filter((element) => element.local === "mrk" && attributeOf(element, "mtype") === "seg");
}

/** White space and other text behind each segment of a seg-source, up to the next. */
function textBetween(segSource: XliffElement): readonly string[] {
  const after: string[] = [];
  const visit = (parent: XliffElement): void => {
    for (const child of parent.children) {
      if (isElement(child)) {
        if (child.local === "mrk" && attributeOf(child, "mtype") === "seg") after.push("");
        else visit(child);
      } else if ("text" in child && after.length > 0) after[after.length - 1] = (after.at(-1) ?? "") + child.text;
    }
  };
  visit(segSource);
  return after;
}

function similarityFrom(value: string | undefined): number {
  const number = Number.parseFloat(value ?? "");
  return Number.isFinite(number) ? Math.min(100, Math.max(0, number)) : 0;
}

/** Alternatives that are proposals, by the `mid` they belong to ("" for the whole unit). */
function alternatives(unit: XliffElement): ReadonlyMap<string, Matches> {
  const found = new Map<string, Matches>();
  for (const element of elementsOf(unit, "alt-trans")) {
    const kind = attributeOf(element, "alttranstype");
    const target = elementsOf(element, "target")[0];
    if (!target || (kind !== undefined && kind !== "proposal")) continue;
    const source = elementsOf(element, "source")[0];
    const origin = attributeOf(element, "origin");
    const mid = attributeOf(element, "mid") ?? "";
    const match = {
      source: source ? plainTextOf(source) : "",
      target: plainTextOf(target),
      similarity: similarityFrom(attributeOf(element, "match-quality")),
      ...(origin ? { origin } : {}),
    };
    found.set(mid, [...(found.get(mid) ?? []), match]);
  }
  return found;
}

function state12(
  context: UnitContext,
  native: string | undefined,
  approved: boolean,
  target: string | undefined,
): TranslationState {
  if (target === undefined || target === "") return "initial";
  const state = stateFromNative(context.dialect, native);
  if (state === undefined) return approved ? "reviewed" : context.dialect === "xliff12" ? "translated" : "initial";
  return approved && state === "translated" ? "reviewed" : state;
}

export function readUnit12(element: XliffElement, context: UnitContext): ScannedUnit {
  const { text: file, dialect } = context;
  const id = attributeOf(element, "id");
  if (id === undefined) report(context, "xliff-unit-without-id", element);
  const source = elementsOf(element, "source")[0];
  const target = elementsOf(element, "target")[0];
  const segSource = elementsOf(element, "seg-source")[0];
  if (!source) report(context, "xliff-unit-without-source", element, { unit: id ?? "" });
  const approved = attributeOf(element, "approved");
  const isApproved = approved === "yes";
  const name = attributeOf(element, "resname");
  const matches = alternatives(element);
  const marks = segSource ? segmentMarks(segSource) : [];
  const mids = marks.map((mark) => attributeOf(mark, "mid") ?? "");
  const targetMarks = target ? segmentMarks(target) : [];
  const targetText = target ? plainTextOf(target) : "";
  // A target that is text without marks belongs to the unit as a whole; repeated mids name no segment.
  const isSegmented =
    marks.length > 0 && new Set(mids).size === mids.length && (targetMarks.length > 0 || targetText.trim() === "");

  const segments: BilingualSegment[] = [];
  const places: SegmentPlaces[] = [];
  const targetState = target ? attributeOf(target, "state") : undefined;
  const unitNative = dialect === "mqxliff" ? (foreignAttribute(element, "status") ?? targetState) : targetState;
  const isLocked = dialect === "mqxliff" && /^locked$|^true$/u.test(foreignAttribute(element, "locked") ?? "");

  function add(
    segmentId: string,
    sourceContent: Content,
    mark: XliffElement,
    own: XliffElement | undefined,
    after: string,
  ): void {
    const definition =
      dialect === "sdlxliff"
        ? [...descendantsOf(element)].find((child) => child.local === "seg" && attributeOf(child, "id") === segmentId)
        : undefined;
    const native = dialect === "sdlxliff" ? definition && attributeOf(definition, "conf") : unitNative;
    const locked = isLocked || (definition !== undefined && attributeOf(definition, "locked") === "true");
    const content = own ? contentOf(own, file) : undefined;
    const found = [...(matches.get(segmentId) ?? []), ...(segments.length === 0 ? (matches.get("") ?? []) : [])];
    segments.push({
      id: segmentId,
      source: sourceContent.text,
      ...(content ? { target: content.text } : {}),
      state: state12(context, native, isApproved, content?.text),
      ...(native === undefined ? {} : { nativeState: native }),
      ...(locked ? { locked } : {}),
      sourceCodes: sourceContent.codes,
      targetCodes: content?.codes ?? [],
      ...(after === "" ? {} : { after }),
      ...(found.length > 0 ? { matches: found } : {}),
    });
    places.push({
      source: placeOfTag(mark),
      target: own ? placeOfTag(own) : undefined,
      state: definition ? placeOfTag(definition) : undefined,
    });
  }

  if (isSegmented && segSource) {
    const after = textBetween(segSource);
    marks.forEach((mark, index) => {
      const mid = mids[index] ?? "";
      const own = targetMarks.find((each) => attributeOf(each, "mid") === mid);
      add(mid, contentOf(mark, file), mark, own, after[index] ?? "");
    });
  } else if (source) add(id ?? String(context.number), contentOf(source, file), source, target, "");

  return {
    unit: {
      id: id ?? `u${context.number}`,
      ...(name === undefined ? {} : { name }),
      notes: elementsOf(element, "note").map((note) => {
        const from = attributeOf(note, "from");
        return { text: plainTextOf(note), ...(from ? { from } : {}) };
      }),
      segments,
      translate: context.translate,
    },
    tag: placeOfTag(element),
    approved,
    segmented: isSegmented && segSource ? { segSource: placeOfTag(segSource), target: target && placeOfTag(target) } : undefined,
    insertAfter: segSource ? placeOfTag(segSource) : source ? placeOfTag(source) : undefined,
    places,
  };
}

/** Matches and terms of the modules, by the id of the segment or marker they refer to. */
function modulesOf(unit: XliffElement): {
  readonly matches: readonly { readonly ref: string; readonly match: Matches[number] }[];
  readonly terms: readonly { readonly ref: string; readonly source: string; readonly targets: readonly string[] }[];
} {
  const leaf = (ref: string | undefined) => (ref ?? "").replace(/^#.*[/=]|^#/u, "");
  const matches = elementsOf(unit, "matches").flatMap((parent) =>
    elementsOf(parent, "match").map((element) => {
      const [source] = elementsOf(element, "source");
      const [target] = elementsOf(element, "target");
      const origin = attributeOf(element, "origin");
      const similarity = similarityFrom(attributeOf(element, "similarity") ?? attributeOf(element, "matchQuality"));
      const texts = { source: source ? plainTextOf(source) : "", target: target ? plainTextOf(target) : "" };
      return { ref: leaf(attributeOf(element, "ref")), match: { ...texts, similarity, ...(origin ? { origin } : {}) } };
    }),
  );
  const terms = elementsOf(unit, "glossary").flatMap((parent) =>
    elementsOf(parent, "glossEntry").map((element) => ({
      ref: leaf(attributeOf(element, "ref")),
      source: elementsOf(element, "term").map(plainTextOf).join(""),
      targets: elementsOf(element, "translation").map(plainTextOf),
    })),
  );
  return { matches, terms };
}

export function readUnit2(element: XliffElement, context: UnitContext): ScannedUnit {
  const { text: file } = context;
  const id = attributeOf(element, "id");
  if (id === undefined) report(context, "xliff-unit-without-id", element);
  const name = attributeOf(element, "name");
  const modules = modulesOf(element);
  const segments: BilingualSegment[] = [];
  const places: SegmentPlaces[] = [];

  for (const part of elementsOf(element)) {
    if (part.local !== "segment" && part.local !== "ignorable") continue;
    const source = elementsOf(part, "source")[0];
    const target = elementsOf(part, "target")[0];
    if (!source) {
      report(context, "xliff-segment-without-source", part, { unit: id ?? "" });
      continue;
    }
    if (part.local === "ignorable") {
      const last = segments.at(-1);
      if (last) segments[segments.length - 1] = { ...last, after: (last.after ?? "") + plainTextOf(source) };
      continue;
    }
    const segmentId = attributeOf(part, "id") ?? String(segments.length + 1);
    const markers = new Set([segmentId]);
    for (const marker of descendantsOf(source)) markers.add(attributeOf(marker, "id") ?? "");
    const isHere = (ref: string) => markers.has(ref) || (ref === "" && segments.length === 0);
    const matches = modules.matches.filter(({ ref }) => isHere(ref)).map(({ match }) => match);
    const terms = modules.terms.filter(({ ref }) => isHere(ref)).map(({ source: term, targets }) => ({ source: term, targets }));
    const sourceContent = contentOf(source, file);
    const content = target ? contentOf(target, file) : undefined;
    const native = attributeOf(part, "state");
    segments.push({
      id: segmentId,
      source: sourceContent.text,
      ...(content ? { target: content.text } : {}),
      state: stateFromNative("xliff2", native) ?? "initial",
      ...(native === undefined ? {} : { nativeState: native }),
      sourceCodes: sourceContent.codes,
      targetCodes: content?.codes ?? [],
      ...(matches.length > 0 ? { matches } : {}),
      ...(terms.length > 0 ? { terms } : {}),
    });
    places.push({ source: placeOfTag(source), target: target && placeOfTag(target), state: placeOfTag(part) });
  }
  if (segments.length === 0) report(context, "xliff-unit-without-segment", element, { unit: id ?? "" });

  return {
    unit: {
      id: id ?? `u${context.number}`,
      ...(name === undefined ? {} : { name }),
      notes: elementsOf(element, "notes").flatMap((notes) =>
        elementsOf(notes, "note").map((note) => ({ text: plainTextOf(note) })),
      ),
      segments,
      translate: context.translate,
    },
    tag: placeOfTag(element),
    approved: undefined,
    segmented: undefined,
    insertAfter: undefined,
    places,
  };
}
