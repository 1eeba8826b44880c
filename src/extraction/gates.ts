/**
 * Hard gates: candidates that cannot be formulations, whatever their counts. Each refusal has a name.
 * Strings that their writers marked pass all but the first two. See docs/extraction.md, "Method".
 */
import type { Candidate, Material } from "./candidates.ts";
import type { MarkKind } from "./marked.ts";
import { measureSeries } from "./series.ts";
import type { Neighbourhood } from "./neighbours.ts";
import { CONNECTIVES, PHRASE_OPENERS, SPEECH_VERBS, foldScript } from "./word-lists.ts";
import { KIND, isHan } from "./words.ts";

export type Refusal =
  | "unbalanced-marks"
  | "no-han"
  | "grammar-edge"
  | "digit-edge"
  | "inside-word"
  | "absorbed"
  | "negated"
  | "series-goes-on"
  | "cut-series"
  | "cut-coordination"
  | "open-list"
  | "connective"
  | "speech";

/** One content neighbour in so many occurrences: the longer string is the candidate. */
const ABSORBED = 0.9;
const ALWAYS = 0.9;
const INSIDE_WORD = 0.5;
const NEGATED = 0.5;
const MANNER = 0.85;
const LEANING = 0.3;
const MANNER_LEAST = 4;
/** Somebody 说 or 道 before what is said, in so many occurrences: a report of talk. */
const SPEECH = 0.5;

/** Marks that make a string whole whatever stands beside it. */
const PASSING: readonly MarkKind[] = ["quoted", "title", "glossary", "numeral", "parallel"];

export function refuse(material: Material, candidate: Candidate, around: Neighbourhood): Refusal | undefined {
  const { key, marks } = candidate;
  if (!areMarksBalanced(key) || /^[、·]|[、·]$/u.test(key)) return "unbalanced-marks";
  if (![...key].some((character) => isHan(character.codePointAt(0) ?? 0))) return "no-han";
  if (CONNECTIVES.has(foldScript(key))) return "connective";
  if (PASSING.some((kind) => (marks.get(kind) ?? 0) * 2 >= candidate.distinct)) return undefined;
  if (hasDigitEdge(key)) return "digit-edge";
  if (around.before.insideWord >= INSIDE_WORD || around.after.insideWord >= INSIDE_WORD) return "inside-word";
  if (hasGrammarEdge(material, candidate, around)) return "grammar-edge";
  // A title stands before the same person's name wherever it is used.
  const isTitle = (marks.get("name") ?? 0) > 0 && around.before.free >= ALWAYS;
  // 全面动员、全面部署、全面加强 is a whole even where all writers go on with the same noun.
  const isWholeSeries = (marks.get("series") ?? 0) > 0 && measureSeries(key) >= 0.9;
  if (around.before.largest >= ABSORBED || (around.after.largest >= ABSORBED && !isTitle && !isWholeSeries)) return "absorbed";
  // 全面建成小康社会, 集中救治中心: the adverb belongs to them.
  if (around.looked >= MANNER_LEAST && around.before.largestManner >= MANNER) return "absorbed";
  if (around.negated >= NEGATED) return "negated";
  if (key.includes("、") && (around.before.pauses >= ABSORBED || around.after.pauses >= ABSORBED)) return "series-goes-on";
  if (isCutSeries(key)) return "cut-series";
  if (lacksSharedEnding(key) && around.after.largest + around.after.largestFree >= ABSORBED) return "cut-series";
  if (/.[并並]./u.test(key) && around.before.largestFree + around.before.largest >= 0.6) return "cut-coordination";
  if (key.includes("等的")) return "open-list";
  if (around.after.colons >= SPEECH && SPEECH_VERBS.has(lastWord(material, candidate))) return "speech";
  return undefined;
}

function lastWord({ words }: Material, { start, length }: Candidate): string {
  return words.types[words.typeAt[start + length - 1] ?? 0] ?? "";
}

/** 主、防抗结合、统一调度 or 早发现、早报告、早隔: like members, but one at an edge is shorter than all others. */
function isCutSeries(key: string): boolean {
  const lengths = key.split("、").map((member) => [...member].length);
  // 统一指挥、统一: the second member breaks off after what it shares with the first.
  if (lengths.length === 2)
    return key.split("、").some((member, i, both) => member.length <= 2 && (both[1 - i] ?? "").startsWith(member));
  if (lengths.length < 3) return false;
  const isCut = (edge: number, others: readonly number[]): boolean =>
    others.every((length) => length === others[0] && length > edge);
  return isCut(lengths[0] ?? 0, lengths.slice(1)) || isCut(lengths.at(-1) ?? 0, lengths.slice(0, -1));
}

/** 政治建设、文化建设、社会建设、生态文明: the last member lacks what all others end in. */
function lacksSharedEnding(key: string): boolean {
  const members = key.split("、");
  const ending = members[0]?.slice(-2) ?? "";
  const last = members.pop() ?? "";
  return members.length > 1 && members.every((member) => member.length > 2 && member.endsWith(ending)) && !last.endsWith(ending);
}

/** “ ” and 《 》 in pairs, in order. */
export function areMarksBalanced(key: string): boolean {
  const open: string[] = [];
  for (const character of key) {
    if (character === "“" || character === "‘" || character === "《") open.push(character);
    else if (character === "”" && open.pop() !== "“") return false;
    else if (character === "’" && open.pop() !== "‘") return false;
    else if (character === "》" && open.pop() !== "《") return false;
  }
  return open.length === 0;
}

function hasDigitEdge(key: string): boolean {
  return /^[\d%％]|[\d%％]$/u.test(key);
}

/** The first or the last word is a grammar word, and no pattern of the register allows it there. */
function hasGrammarEdge({ words }: Material, { key, start, length }: Candidate, around: Neighbourhood): boolean {
  const end = start + length;
  const firstKind = words.begins[start] === 1 ? (words.kinds[words.typeAt[start] ?? 0] ?? 0) : 0;
  const lastKind = words.begins[end] === 1 ? (words.kinds[words.typeAt[end - 1] ?? 0] ?? 0) : 0;
  const first = words.types[words.typeAt[start] ?? 0] ?? "";
  const last = words.types[words.typeAt[end - 1] ?? 0] ?? "";
  if ((firstKind & KIND.grammar) !== 0) {
    const isOpened = PHRASE_OPENERS.some(
      ([opener, partner]) => first === opener && (partner === "" || key.indexOf(partner, first.length) >= 0),
    );
    // A phrase that opens with a preposition is whole only when it also ends where clauses end.
    if (!isOpened || length < 5) return true;
  }
  // 金管局继续: an adverb that leans on what follows.
  const isLeaning =
    (lastKind & KIND.adverb) !== 0 && (lastKind & KIND.verb) === 0 && words.typeAt[start] !== words.typeAt[end - 1];
  if (isLeaning && around.after.edges < LEANING) return true;
  // 有为, 作为 cut in two: 为 or 有 is no grammar word where the clause always ends.
  if ((lastKind & KIND.grammar) !== 0) return !("为有行".includes(last) && around.after.edges >= ALWAYS && length >= 5);
  // 党中央坚强领导下: a direction may end a phrase that always ends its clause.
  if ((lastKind & KIND.direction) !== 0) return !(last === "下" && around.after.edges >= ALWAYS && length >= 5);
  return false;
}
