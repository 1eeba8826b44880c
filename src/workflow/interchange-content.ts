/** What interchange files hold, in the three shapes that formats have, and the ways between them. */
import type { Concept, Term } from "../model/concept.ts";
import type { Loss } from "../model/diagnostic.ts";
import type { BilingualFile, BilingualSegment, BilingualUnit } from "../model/interchange.ts";
import type { LanguageTag } from "../model/span.ts";
import { languageServes } from "../formats/language-tag.ts";
import type { TmxUnit } from "../formats/tmx-unit.ts";

export type Languages = { readonly source: LanguageTag; readonly target: LanguageTag };

/** `losses`: what reading alone already left behind. */
export type Content =
  | { readonly kind: "bilingual"; readonly files: readonly BilingualFile[]; readonly losses: readonly Loss[] }
  | {
      readonly kind: "memory";
      readonly units: readonly TmxUnit[];
      readonly languages: Languages;
      readonly losses: readonly Loss[];
    }
  | {
      readonly kind: "glossary";
      readonly concepts: readonly Concept[];
      readonly languages: Languages;
      readonly losses: readonly Loss[];
    };

export function loss(code: string, count: number): readonly Loss[] {
  return count > 0 ? [{ code, count }] : [];
}

/** Equal codes are one line in a list of losses. */
export function addLosses(losses: readonly Loss[]): readonly Loss[] {
  const sums = new Map<string, Loss>();
  for (const each of losses) {
    const key = `${each.code}\u0000${JSON.stringify(each.values ?? {})}`;
    sums.set(key, { ...each, count: (sums.get(key)?.count ?? 0) + each.count });
  }
  return [...sums.values()];
}

function segmentsOf(files: readonly BilingualFile[]): readonly BilingualSegment[] {
  return files.flatMap((file) => file.units.flatMap((unit) => unit.segments));
}

function isTranslated(segment: BilingualSegment): boolean {
  return segment.target !== undefined && segment.target !== "";
}

/** Segments with a target become units with their neighbours. What a memory has no place for is counted. */
export function memoryFromBilingual(files: readonly BilingualFile[]): {
  readonly units: readonly TmxUnit[];
  readonly losses: readonly Loss[];
} {
  const units: TmxUnit[] = [];
  for (const file of files) {
    const all = file.units.flatMap((unit) => unit.segments.map((segment) => ({ unit, segment })));
    all.forEach(({ unit, segment }, index) => {
      if (!isTranslated(segment)) return;
      const previous = all[index - 1]?.segment.source;
      const next = all[index + 1]?.segment.source;
      const isFirst = unit.segments[0] === segment;
      units.push({
        id: unit.segments.length === 1 ? unit.id : `${unit.id}/${segment.id}`,
        source: segment.source,
        target: segment.target ?? "",
        sourceLanguage: file.sourceLanguage,
        targetLanguage: file.targetLanguage ?? "und",
        state: segment.state,
        ...(previous === undefined ? {} : { previous }),
        ...(next === undefined ? {} : { next }),
        ...(file.original === "" ? {} : { document: file.original }),
        ...(isFirst && unit.notes.length > 0 ? { notes: unit.notes.map((note) => note.text) } : {}),
        ...(segment.sourceCodes.length > 0 ? { sourceCodes: segment.sourceCodes } : {}),
        ...(segment.targetCodes.length > 0 ? { targetCodes: segment.targetCodes } : {}),
      });
    });
  }
  const segments = segmentsOf(files);
  const notes = files.flatMap((file) => file.units).filter((unit) => unit.notes.some((note) => note.from !== undefined));
  return {
    units,
    losses: [
      ...loss("untranslated-segments", segments.length - units.length),
      ...loss("paragraphs", files.flatMap((file) => file.units).filter((unit) => unit.segments.length > 1).length),
      ...loss("matches", segments.filter((segment) => segment.matches).length),
      ...loss("terms", segments.filter((segment) => segment.terms).length),
      ...loss("note-authors", notes.length),
    ],
  };
}

/** One unit of a memory is one unit of a bilingual file, in order. */
export function bilingualFromMemory(
  units: readonly TmxUnit[],
  languages: Languages,
): { readonly files: readonly BilingualFile[]; readonly losses: readonly Loss[] } {
  const byDocument = new Map<string, BilingualUnit[]>();
  for (const unit of units) {
    const list = byDocument.get(unit.document ?? "") ?? [];
    byDocument.set(unit.document ?? "", list);
    list.push({
      id: unit.id,
      notes: (unit.notes ?? []).map((text) => ({ text })),
      translate: true,
      segments: [
        {
          id: unit.id,
          source: unit.source,
          target: unit.target,
          state: unit.state,
          sourceCodes: unit.sourceCodes ?? [],
          targetCodes: unit.targetCodes ?? [],
        },
      ],
    });
  }
  const files = [...byDocument].map(([original, list], index) => ({
    id: `f${index + 1}`,
    original,
    sourceLanguage: languages.source,
    targetLanguage: languages.target,
    units: list,
  }));
  return {
    files,
    losses: [
      ...loss("context", units.filter((unit) => unit.previous !== undefined || unit.next !== undefined).length),
      ...loss("dates-and-authors", units.filter((unit) => unit.author ?? unit.createdAt ?? unit.changedAt).length),
      ...loss("properties", units.filter((unit) => unit.properties).length),
    ],
  };
}

const ACCEPTED = new Set(["approved", "admitted", "proposed", "candidate"]);

/** Each source term with each target term of its concept that may be used. */
export function memoryFromGlossary(
  concepts: readonly Concept[],
  languages: Languages,
): { readonly units: readonly TmxUnit[]; readonly losses: readonly Loss[] } {
  const units: TmxUnit[] = [];
  const ids = new Set<string>();
  let alone = 0;
  let left = 0;
  let details = 0;
  for (const concept of concepts) {
    const usable = concept.terms.filter((term) => ACCEPTED.has(term.status));
    left += concept.terms.length - usable.length;
    const inLanguage = (language: LanguageTag): readonly Term[] =>
      usable.filter((term) => languageServes(term.language, language));
    const sources = inLanguage(languages.source);
    const targets = inLanguage(languages.target);
    if (sources.length === 0 || targets.length === 0) alone += 1;
    details += usable.filter(
      (term) => term.attestations.length > 0 || term.usage !== undefined || term.validFrom !== undefined,
    ).length;
    for (const source of sources) {
      for (const target of targets) {
        units.push({
          id: ids.has(concept.id) ? `${concept.id}#${units.length + 1}` : concept.id,
          source: source.text,
          target: target.text,
          sourceLanguage: languages.source,
          targetLanguage: languages.target,
          state: target.status === "approved" ? "final" : "translated",
          ...(target.note === undefined ? {} : { notes: [target.note] }),
        });
        ids.add(concept.id);
      }
    }
  }
  return {
    units,
    losses: [
      ...loss("concepts-without-pair", alone),
      ...loss("terms-not-usable", left),
      ...loss("term-details", details),
      ...loss("concept-structure", concepts.length),
    ],
  };
}
