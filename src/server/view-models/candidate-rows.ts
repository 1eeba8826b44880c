/**
 * The list as JSON, best first, with the reasons as codes with values; then what the run before had and this one has not.
 *
 * A list of 10,000 rows is asked for at every visit, and all but the decisions stays as the run has it: what is fixed of
 * a row is written once and kept with it, and the rest is put behind it. Long lists are written in turns.
 */
import { takeTurns } from "../../workflow/take-turns.ts";
import type { CandidateList, ListChanges, ListedCandidate } from "../../workflow/candidate-list.ts";
import { markDifference, showDecision, showPairs } from "./candidates.ts";
import type { Decision, Pairs } from "./candidates.ts";

export type ListParts = {
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly pairs: Pairs;
  readonly changes: ListChanges | undefined;
  /** Of the library, for the filter by document. */
  readonly documents: ReadonlyMap<string, { readonly title: string; readonly date?: string }>;
  readonly sequence: number;
};

const ROWS_PER_STEP = 100;

export async function writeList(list: CandidateList, parts: ListParts): Promise<string> {
  const { changes, documents } = parts;
  const rows = await takeTurns(writeRows(list, parts));
  const head = JSON.stringify({
    run: list.run.id,
    codes: [...codes.keys()],
    pairs: showPairs(parts.pairs),
    documents: list.run.documentIds.map((id) => documents.get(id) ?? {}),
    sequence: parts.sequence,
    ...(changes ? { before: { run: changes.before.id, at: changes.before.createdAt } } : {}),
  });
  return `${head.slice(0, -1)},"rows":[${rows.join(",")}]}`;
}

function* writeRows(list: CandidateList, { decisions, changes }: ListParts): Generator<void, readonly string[]> {
  const written: string[] = [];
  const write = (candidate: ListedCandidate, isGone: boolean): void => {
    const { text, places } = candidate;
    const decision = decisions.get(text);
    const before = changes?.changed.get(text);
    const rest = JSON.stringify({
      ...(decision ? { decision: showDecision(decision) } : {}),
      ...(changes?.added.has(text) === true ? { isNew: true } : {}),
      ...(before === undefined ? {} : { before }),
      // The places of what is gone are numbers in another run.
      ...(isGone ? { isGone } : places ? { places } : {}),
    });
    written.push(rest === "{}" ? writeFixed(candidate) : `${writeFixed(candidate).slice(0, -1)},${rest.slice(1)}`);
  };
  for (const candidate of list.candidates) {
    write(candidate, false);
    if (written.length % ROWS_PER_STEP === 0) yield;
  }
  for (const candidate of changes?.gone ?? []) {
    write(candidate, true);
    if (written.length % ROWS_PER_STEP === 0) yield;
  }
  return written;
}

/** Codes of reasons are few and the same in every list; rows name them by number. */
const codes = new Map<string, number>();

function numberOf(code: string): number {
  const known = codes.get(code) ?? codes.size;
  codes.set(code, known);
  return known;
}

const fixed = new WeakMap<ListedCandidate, string>();

function writeFixed(candidate: ListedCandidate): string {
  const known = fixed.get(candidate);
  if (known !== undefined) return known;
  const { contrasts, evidence, ...row } = candidate;
  const [contrast] = contrasts;
  const written = JSON.stringify({
    ...row,
    places: undefined,
    evidence: evidence.map(numberOf),
    ...(contrast === undefined ? {} : { contrast: markDifference(row.text, contrast) }),
  });
  fixed.set(candidate, written);
  return written;
}
