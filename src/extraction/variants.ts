/**
 * Variants of one formulation are folded under one head: they differ in 的, in 、 or ， or marks, in 和 or 与, in the
 * spelling, in the order of members, in an ending that says the same (接触者 / 接触人员), or in a word that only presses.
 *
 * Guarantee: only forms of the same words are folded. What differs in a word that means something is a contrast
 * (contrasts.ts); a full name and its short form stay two entries that name each other (short-forms.ts).
 * Cost: O(total length of the strings).
 */
import type { VariantKind } from "../model/formulation.ts";
import { toSimplifiedKey } from "../text/traditional.ts";
import type { Scored } from "./score.ts";
import { KIND } from "./words.ts";
import type { Words } from "./words.ts";

export type FoldedVariant = { readonly scored: Scored; readonly kind: VariantKind };
export type Folded = { readonly head: Scored; readonly variants: readonly FoldedVariant[] };

/** Characters that are written one for the other in the same words. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  [..."帐账惟唯飘漂佔占臺台裏里裡里佈布"].flatMap((sign, i, all) => (i % 2 === 0 ? [[sign, all[i + 1] ?? sign]] : [])),
);

const MARKS = /[“”‘’《》·「」『』]/gu;
const SEPARATORS = /[、，]/u;

/** Without marks and spelling, with 的 inside phrases left out; members stay apart. */
function readMembers(key: string): readonly string[] {
  const bare = toSimplifiedKey(key).replace(MARKS, "");
  const spelt = [...bare].map((sign) => SPELLINGS.get(sign) ?? sign).join("");
  // One 的 inside a phrase is a matter of style; one at an edge would not have passed the gates.
  return spelt
    .split(SEPARATORS)
    .filter((member) => member !== "")
    .map((member) => ([...member].length > 4 ? member.replace(/(?<=..)的(?=..)/gu, "") : member));
}

/** What variants in 的, marks and spelling have in common. */
export function foldMarks(key: string): string {
  return readMembers(key).join("");
}

/** 先…、后… says that the order matters. */
const ORDERED = /^[先后再首然最]/u;

/** What variants in the order of members have in common; the halves of 有力有序 are members as well. */
export function foldOrder(key: string): string {
  const members = readMembers(key);
  const [only = ""] = members;
  const halves = members.length === 1 && /^(.).\1.$/u.test(only) ? [only.slice(0, 2), only.slice(2)] : members;
  return halves.some((member) => ORDERED.test(member)) ? halves.join("、") : [...halves].sort().join("、");
}

/** Adverbs that only press: 坚决打赢 is 打赢. Others (全面, 依法, 集中) may belong to the wording. */
const PRESSING: ReadonlySet<string> = new Set(
  "坚决 进一步 切实 始终 努力 不断 继续 更好 尽快 大力 认真 必须 积极 着力 加快".split(" "),
);

/** Endings that say the same behind the same stem, the first for all. */
const ENDINGS: readonly (readonly [string, string])[] = [
  ["人员", "者"],
  ["患者", "病人"],
  ["第一位", "首位"],
  ["之中", "中"],
];
/** A shorter stem may change its meaning with its ending: 医者 is no 医务人员. */
const STEM_SHORTEST = 4;
/** 和, 与, 及 and 以及 between two nouns. */
const AND = /(?<=..)(?:以及|与|及)(?=..)/u;
const AND_WORDS: ReadonlySet<string> = new Set(["和", "与", "及", "以及"]);

function foldEnding(key: string): string | undefined {
  for (const [ending, other] of ENDINGS) {
    if (key.endsWith(other) && !key.endsWith(ending) && [...key].length - other.length >= STEM_SHORTEST) {
      return key.slice(0, -other.length) + ending;
    }
  }
  return undefined;
}

/** 产品及服务 as 产品和服务, when the word between is the conjunction and not a part of 及时 or 涉及. */
function foldAnd({ typeAt, types }: Words, { candidate }: Scored, key: string): string | undefined {
  let hasAnd = false;
  for (let at = candidate.start; at < candidate.start + candidate.length; at++) {
    const word = types[typeAt[at] ?? 0] ?? "";
    if (AND_WORDS.has(word)) hasAnd = true;
  }
  return hasAnd && AND.test(key) ? key.replace(AND, "和") : undefined;
}

type Cluster = { readonly head: Scored; readonly variants: FoldedVariant[] };

/** The list in its order, each head with the later ones that say the same. */
export function foldVariants(words: Words, ranked: readonly Scored[]): readonly Folded[] {
  const clusters: Cluster[] = [];
  const known = new Map<string, Cluster>();
  for (const scored of ranked) {
    const folded = foldMarks(scored.candidate.key);
    const ending = foldEnding(folded) ?? foldAnd(words, scored, folded) ?? folded;
    const order = foldOrder(scored.candidate.key);
    const found =
      pick(known.get(folded), "marks") ??
      pick(known.get(`order ${order}`), "order") ??
      pick(known.get(`ending ${ending}`), "ending") ??
      pick(findUnpressed(words, scored, known), "pressing");
    const cluster = found?.cluster ?? { head: scored, variants: [] };
    if (found) cluster.variants.push({ scored, kind: found.kind });
    else clusters.push(cluster);
    for (const key of [folded, `order ${order}`, `ending ${ending}`]) if (!known.has(key)) known.set(key, cluster);
  }
  return clusters;
}

function pick(
  cluster: Cluster | undefined,
  kind: VariantKind,
): { readonly cluster: Cluster; readonly kind: VariantKind } | undefined {
  return cluster ? { cluster, kind } : undefined;
}

function findUnpressed(words: Words, { candidate }: Scored, known: ReadonlyMap<string, Cluster>): Cluster | undefined {
  const { start, length, key, distinct } = candidate;
  let first = 1;
  while (first < length && words.begins[start + first] !== 1) first++;
  const type = words.typeAt[start] ?? 0;
  if (((words.kinds[type] ?? 0) & KIND.adverb) === 0 || !PRESSING.has(words.types[type] ?? "")) return undefined;
  const found = known.get(foldMarks([...key].slice(first).join("")));
  return found && found.head.candidate.distinct > distinct ? found : undefined;
}
