/**
 * From the ranked list to formulations with everything a person looks at: exact occurrences, counts, dates, the
 * nesting tree with counts outside longer formulations, variants, contrasts, class and reasons.
 */
import type { Formulation, Occurrence, Variant, VariantKind } from "../model/formulation.ts";
import type { IsoDay } from "../model/span.ts";
import type { Candidate, Material } from "./candidates.ts";
import { classify } from "./classes.ts";
import { textAt } from "./corpus.ts";
import { explain } from "./evidence.ts";
import { countIndependent, coverCorpus, findParents } from "./nesting.ts";
import { locate } from "../text/maximal-repeats.ts";
import { findAttestedForms } from "./attested-forms.ts";
import type { Folded } from "./variants.ts";
import { findContrasts } from "./contrasts.ts";
import { findOtherNames, findUnlistedNames } from "./short-forms.ts";
import { foldVariants } from "./variants.ts";
import type { Scored } from "./score.ts";

export function describeFormulations(material: Material, ranked: readonly Scored[], limit: number): readonly Formulation[] {
  // Variants may follow their head from far below, so more than the limit are folded.
  const folded = foldVariants(material.words, ranked.slice(0, limit * 2)).slice(0, limit);
  const keys = folded.map(({ head }) => head.candidate.key);
  const texts = new Map(folded.map(({ head }) => [head.candidate.key, textOf(material, head.candidate)]));
  const parents = findParents(keys, keys);
  const children = invert(parents);
  const heads = folded.map(({ head }) => head);
  const otherNames = findOtherNames(material, heads);
  const unlistedNames = findUnlistedNames(material, heads);
  const contrasts = findContrasts(material.words, heads);
  const byKey = new Map(heads.map((head) => [head.candidate.key, head]));
  const known = new Set(
    folded.flatMap(({ head, variants }) => [head.candidate.key, ...variants.map(({ scored }) => scored.candidate.key)]),
  );
  const isCovered = coverCorpus(
    material,
    heads.map((head) => head.candidate),
  );
  const named = (list: readonly string[] | undefined): readonly string[] => (list ?? []).map((key) => texts.get(key) ?? key);
  return folded.map((item) => {
    const key = item.head.candidate.key;
    const independent = countIndependent(material, item.head.candidate, isCovered);
    const names = otherNames.get(key) ?? [];
    return describe(material, item, {
      independent,
      forms: findAttestedForms(material, key, known),
      names: [...names.flatMap((name) => byKey.get(name)?.candidate ?? []), ...(unlistedNames.get(key) ?? [])],
      text: texts.get(key) ?? key,
      parents: named(parents.get(key)),
      children: named(children.get(key)),
      contrasts: named((contrasts.get(key) ?? []).filter((other) => !names.includes(other))),
    });
  });
}

type Relations = {
  readonly text: string;
  readonly independent: number;
  readonly parents: readonly string[];
  readonly children: readonly string[];
  readonly contrasts: readonly string[];
  /** Full and short names of the same thing; most are entries of their own as well. */
  readonly names: readonly Candidate[];
  /** Forms that are no candidates. */
  readonly forms: readonly Candidate[];
};

function describe(material: Material, { head, variants }: Folded, relations: Relations): Formulation {
  const { candidate } = head;
  const occurrences = listOccurrences(material, candidate);
  const dates = listDates(material, candidate);
  const first = dates[0];
  const last = dates.at(-1);
  return {
    text: relations.text,
    class: classify(material, head),
    count: occurrences.length,
    distinctCount: candidate.distinct,
    documents: head.documents,
    ...(first === undefined ? {} : { firstDate: first }),
    ...(last === undefined ? {} : { lastDate: last }),
    independentCount: relations.independent,
    parents: relations.parents,
    children: relations.children,
    variants: [
      ...variants.map(({ scored, kind }) => describeVariant(material, scored.candidate, kind)),
      ...relations.forms.map((form) => describeVariant(material, form, "marks")),
      ...relations.names.map((name) => describeVariant(material, name, "short-form")),
    ],
    contrasts: relations.contrasts,
    evidence: explain(material, head, {
      all: occurrences.length,
      independent: relations.independent,
      parents: relations.parents.length,
      bodies: countBodies(material, candidate),
    }),
    occurrences,
  };
}

function describeVariant(material: Material, candidate: Candidate, kind: VariantKind): Variant {
  const dates = listDates(material, candidate);
  const [firstDate] = dates;
  const lastDate = dates.at(-1);
  return {
    text: textOf(material, candidate),
    count: candidate.distinct,
    kind,
    ...(firstDate === undefined ? {} : { firstDate }),
    ...(lastDate === undefined ? {} : { lastDate }),
  };
}

function invert(parents: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const [key, longer] of parents) for (const parent of longer) children.set(parent, [...(children.get(parent) ?? []), key]);
  return children;
}

/** As it stands in the first counted place: damaged copies are the last to be asked. */
function textOf({ corpus, copies }: Material, candidate: Candidate): string {
  let earliest = -1;
  let counted = -1;
  for (let i = candidate.first; i < candidate.end; i++) {
    const start = corpus.suffixes[i] ?? 0;
    if (earliest < 0 || start < earliest) earliest = start;
    if (copies.counted[start] === 1 && (counted < 0 || start < counted)) counted = start;
  }
  const start = counted >= 0 ? counted : earliest;
  return textAt(corpus, start, start + candidate.length);
}

/** All places, also in copies, in the order of the documents as they were given. */
function listOccurrences({ corpus }: Material, { start, length }: Candidate): readonly Occurrence[] {
  const { symbols, all, paragraphs, paragraphOf, given, offsets } = corpus;
  const { first, end } = locate(all, symbols.subarray(start, start + length));
  const documentAt = (place: number): number => given[paragraphs[paragraphOf[place] ?? 0]?.document ?? 0] ?? 0;
  const starts = all.suffixes.slice(first, end);
  starts.sort((one, other) => documentAt(one) - documentAt(other) || one - other);
  return Array.from(starts, (place): Occurrence => {
    const paragraph = paragraphs[paragraphOf[place] ?? 0];
    return {
      document: corpus.documents[paragraph?.document ?? 0]?.id ?? "",
      paragraph: paragraph?.paragraph ?? 0,
      start: offsets[place] ?? 0,
      end: offsets[place + length] ?? 0,
    };
  });
}

/** Bodies that issued the texts that hold it. */
function countBodies({ corpus, copies }: Material, { first, end }: Candidate): number {
  const bodies = new Set<string>();
  for (let i = first; i < end; i++) {
    const start = corpus.suffixes[i] ?? 0;
    const body = corpus.documents[corpus.paragraphs[corpus.paragraphOf[start] ?? 0]?.document ?? 0]?.body;
    if (body !== undefined && copies.counted[start] === 1) bodies.add(body);
  }
  return bodies.size;
}

/** Days of the texts that hold it, in order; copies only when nothing else has a date. */
function listDates({ corpus, copies }: Material, { first, end }: Candidate): readonly IsoDay[] {
  const counted = new Set<IsoDay>();
  const all = new Set<IsoDay>();
  for (let i = first; i < end; i++) {
    const start = corpus.suffixes[i] ?? 0;
    const date = copies.dayOf[corpus.paragraphOf[start] ?? 0];
    if (date === undefined) continue;
    all.add(date);
    if (copies.counted[start] === 1) counted.add(date);
  }
  return [...(counted.size > 0 ? counted : all)].sort();
}
