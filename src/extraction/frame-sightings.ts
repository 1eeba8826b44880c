/**
 * The places where a frame may stand, one clause or two neighbouring clauses at a time.
 * The kinds are those of EXTRACTION.md, section 3; nothing is counted here.
 */
import type { Material } from "./candidates.ts";
import { keyAt } from "./corpus.ts";
import { REPORTING_VERBS } from "./word-lists.ts";
import { FREE_KINDS, KIND, isHan, nextBegin } from "./words.ts";

export type FrameSighting = {
  /** With slots: 把{X}作为{Y}. */
  readonly pattern: string;
  /** The fixed parts that are set against chance. */
  readonly opening: string;
  readonly closing: string;
  readonly start: number;
  readonly end: number;
  /** The first slot. */
  readonly slotStart: number;
  readonly slotEnd: number;
  /** Its form alone shows that it is meant (a repeated part, a numbered list): one text is enough. */
  readonly isDeliberate: boolean;
};

type Sight = (sighting: FrameSighting) => void;
type Clause = { readonly start: number; readonly end: number };

const SLOT_LONGEST = 22;
const COMMA = 0xff0c;
const PAUSE = 0x3001;
const PREPOSITIONS: ReadonlySet<string> = new Set([
  "把",
  "将",
  "为",
  "以",
  "对",
  "从",
  "由",
  "在",
  "让",
  "使",
  "向",
  "与",
  "同",
  "给",
  "围绕",
  "按照",
  "坚持",
]);

export function sightFrames(material: Material, sight: Sight): void {
  const { corpus, copies } = material;
  corpus.paragraphs.forEach((place, i) => {
    if (copies.counts[i] !== 1) return;
    let previous: Clause | undefined;
    for (let at = place.start; at < place.end;) {
      const length = corpus.reach[at] ?? 0;
      if (length === 0) {
        if (corpus.codes[at] !== COMMA) previous = undefined;
        at++;
        continue;
      }
      const clause = { start: at, end: at + length };
      sightInClause(material, clause, sight);
      sightRepeats(material, clause, sight);
      sightInside(material, clause, sight);
      if (previous) sightPair(material, previous, clause, sight);
      previous = clause;
      at = clause.end;
    }
  });
  sightOrdinals(material, sight);
}

function beginsOf({ words }: Material, { start, end }: Clause): readonly number[] {
  const begins: number[] = [];
  for (let at = start; at < end; at = nextBegin(words.begins, at)) begins.push(at);
  return begins;
}

/** Verb … last words of the clause, preposition … verb (… last words). */
function sightInClause(material: Material, clause: Clause, sight: Sight): void {
  const { words, corpus } = material;
  const begins = beginsOf(material, clause);
  const wordAt = (i: number): string => words.types[words.typeAt[begins[i] ?? 0] ?? 0] ?? "";
  const kindAt = (i: number): number => words.kinds[words.typeAt[begins[i] ?? 0] ?? 0] ?? 0;
  const endOf = (i: number): number => begins[i + 1] ?? clause.end;
  const lastIndex = begins.length - 1;
  const show = (from: number, to: number): string => keyAt(corpus, begins[from] ?? clause.start, endOf(to));
  for (let left = 0; left < lastIndex; left++) {
    const isPreposition = PREPOSITIONS.has(wordAt(left));
    if (!isPreposition && (kindAt(left) & KIND.verb) === 0) continue;
    const slotStart = endOf(left);
    for (const closingLength of [1, 2]) {
      const right = lastIndex - closingLength + 1;
      const slotEnd = begins[right] ?? clause.end;
      if (right <= left + 1 || slotEnd - slotStart > SLOT_LONGEST) continue;
      if (clause.end - slotEnd < 2 && !(isPreposition && wordAt(right) === "下")) continue;
      if (closingLength === 2 && ((kindAt(right) & KIND.verb) === 0 || (kindAt(right + 1) & KIND.mark) !== 0)) continue;
      const opening = show(left, left);
      const closing = show(right, lastIndex);
      sight({
        pattern: `${opening}{X}${closing}`,
        opening,
        closing,
        start: begins[left] ?? 0,
        end: clause.end,
        slotStart,
        slotEnd,
        isDeliberate: false,
      });
    }
    if (!isPreposition) continue;
    for (let middle = left + 2; middle < lastIndex; middle++) {
      const middleStart = begins[middle] ?? 0;
      const isLinked = (kindAt(middle) & KIND.verb) !== 0 || wordAt(middle) === "为" || wordAt(middle) === "到";
      if (!isLinked || middleStart - slotStart > SLOT_LONGEST) continue;
      const opening = show(left, left);
      const link = show(middle, middle);
      const common = { opening, start: begins[left] ?? 0, end: clause.end, slotStart, slotEnd: middleStart, isDeliberate: false };
      sight({ ...common, pattern: `${opening}{X}${link}{Y}`, closing: link });
      for (const closingLength of [1, 2]) {
        const right = lastIndex - closingLength + 1;
        if (right <= middle + 1 || clause.end - (begins[right] ?? 0) < 2) continue;
        const closing = show(right, lastIndex);
        sight({ ...common, pattern: `${opening}{X}${link}{Y}${closing}`, opening: `${opening} ${link}`, closing });
      }
    }
  }
  // 会议强调, 习近平指出: who says it is the slot.
  const last = wordAt(lastIndex);
  const lastStart = begins[lastIndex] ?? 0;
  if (lastIndex > 0 && REPORTING_VERBS.has(last) && clause.end - clause.start <= 12 && corpus.reach[clause.end] === 0) {
    const closing = show(lastIndex, lastIndex);
    sight({
      pattern: `{X}${closing}`,
      opening: "",
      closing,
      start: clause.start,
      end: clause.end,
      slotStart: clause.start,
      slotEnd: lastStart,
      isDeliberate: false,
    });
  }
}

/** 应检尽检, 该管的管, 集中患者、集中专家: something stands twice. */
function sightRepeats({ corpus, words }: Material, clause: Clause, sight: Sight): void {
  const { codes } = corpus;
  const character = (at: number): string => String.fromCodePoint(codes[at] ?? 0);
  const isFree = (at: number): boolean =>
    at < clause.start || at >= clause.end || ((words.kinds[words.typeAt[at] ?? 0] ?? 0) & FREE_KINDS) !== 0;
  for (let at = clause.start; at + 4 <= clause.end; at++) {
    if (codes[at] === OUGHT) sightOught(codes, at, clause.end, sight);
    if (words.begins[at] !== 1 || !codes.subarray(at, at + 4).every(isHan)) continue;
    const common = { start: at, end: at + 4, slotStart: at + 1, slotEnd: at + 2, isDeliberate: true };
    if (words.begins[at + 4] === 1 && codes[at + 1] === codes[at + 3] && codes[at] !== codes[at + 2]) {
      const pattern = `${character(at)}{X}${character(at + 2)}{X}`;
      sight({ ...common, pattern, opening: character(at), closing: character(at + 2) });
    }
    const stands = words.begins[at + 4] === 1 && isFree(at - 1) && isFree(at + 4);
    if (stands && codes[at] === codes[at + 2] && codes[at + 1] !== codes[at + 3]) {
      sight({ ...common, pattern: `${character(at)}{X}${character(at)}{Y}`, opening: character(at), closing: character(at) });
    }
  }
  const members: Clause[] = [];
  let from = clause.start;
  for (let at = clause.start; at <= clause.end; at++) {
    if (at < clause.end && codes[at] !== PAUSE) continue;
    members.push({ start: from, end: at });
    from = at + 1;
  }
  for (let i = 0; i + 1 < members.length; i++) sightLikeMembers(corpus.codes, words.begins, members, i, sight);
}

const OUGHT = "该".charCodeAt(0);
const PARTICLE = "的".charCodeAt(0);

/** 该管的管, 该投入的投入. */
function sightOught(codes: Int32Array, start: number, clauseEnd: number, sight: Sight): void {
  for (let length = 1; length <= 4; length++) {
    const particle = start + 1 + length;
    const end = particle + 1 + length;
    if (end > clauseEnd || codes[particle] !== PARTICLE) continue;
    if (codes.subarray(start + 1, particle).some((code, step) => code !== codes[particle + 1 + step])) continue;
    sight({
      pattern: "该{X}的{X}",
      opening: "该",
      closing: "的",
      start,
      end,
      slotStart: start + 1,
      slotEnd: particle,
      isDeliberate: true,
    });
    return;
  }
}

function sightLikeMembers(codes: Int32Array, begins: Uint8Array, members: readonly Clause[], i: number, sight: Sight): void {
  const first = members[i];
  const second = members[i + 1];
  if (!first || !second) return;
  const show = (from: number, to: number): string =>
    Array.from(codes.subarray(from, to), (code) => String.fromCodePoint(code)).join("");
  const prefixEnd = nextBegin(begins, second.start);
  const prefix = show(second.start, prefixEnd);
  if (second.end - prefixEnd < 1 || second.end - prefixEnd > 8 || !isHan(codes[second.start] ?? 0)) return;
  // The first member may follow other words of its clause: its prefix is looked for from the end.
  for (let at = first.end - 2; at >= first.start && first.end - at <= 10; at--) {
    if (begins[at] !== 1 || show(at, at + prefix.length) !== prefix || at + prefix.length >= first.end) continue;
    const slotStart = at + prefix.length;
    const common = {
      opening: prefix,
      closing: prefix,
      start: at,
      end: second.end,
      slotStart,
      slotEnd: first.end,
      isDeliberate: true,
    };
    sight({ ...common, pattern: `${prefix}{X}、${prefix}{Y}` });
    return;
  }
}

const LINKING = KIND.grammar | KIND.adverb | KIND.pronoun | KIND.verb;

/** First halves of correlatives, which need not begin their clause: 这既是{X}，也是{Y}. */
const CORRELATIVES: ReadonlySet<string> = new Set([
  ..."既 既是 既要 不仅 不仅是 不但 不只 不是 只有 只要 越 越是 无论 不论 与其 宁可 因为 虽然 尽管 如果 即使 一方面 一边 有的 要么 或者 哪里".split(
    " ",
  ),
]);

/** The beginnings of two clauses: 越是{X}，越要{Y}; the same beginning twice: 有的{X}，有的{Y}. */
function sightPair(material: Material, first: Clause, second: Clause, sight: Sight): void {
  const { words, corpus } = material;
  const typeOf = (at: number): number => words.typeAt[at] ?? 0;
  const openings = headsOf(material, first);
  for (const start of beginsOf(material, first)) {
    if (start > first.start && CORRELATIVES.has(words.types[typeOf(start)] ?? "")) {
      openings.push(...headsOf(material, { start, end: first.end }));
    }
  }
  for (const opening of openings) {
    for (const closing of headsOf(material, second)) {
      const before = keyAt(corpus, opening.start, opening.end);
      const after = keyAt(corpus, closing.start, closing.end);
      const areLinks = [opening, closing].every(({ start }) => ((words.kinds[typeOf(start)] ?? 0) & LINKING) !== 0);
      const isParallel = before.endsWith(after) || after.endsWith(before);
      const isCorrelative = CORRELATIVES.has(words.types[typeOf(opening.start)] ?? "");
      if (!areLinks || !(isParallel || isCorrelative)) continue;
      sight({
        pattern: `${before}{X}，${after}{Y}`,
        opening: `${before}…`,
        closing: `…${after}`,
        start: opening.start,
        end: second.end,
        slotStart: opening.end,
        slotEnd: first.end,
        isDeliberate: false,
      });
    }
  }
}

const ANSWERS: ReadonlySet<string> = new Set("也 也是 也要 又 又要 就 才 都 还 还要 而且 越 越要".split(" "));

/** 既是{X}也是{Y} within one clause is the same frame as over two. */
function sightInside(material: Material, clause: Clause, sight: Sight): void {
  const { words, corpus } = material;
  const begins = beginsOf(material, clause);
  for (const start of begins) {
    if (!CORRELATIVES.has(words.types[words.typeAt[start] ?? 0] ?? "")) continue;
    const answer = begins.find((at) => at > start + 1 && ANSWERS.has(words.types[words.typeAt[at] ?? 0] ?? ""));
    if (answer === undefined) return;
    for (const opening of headsOf(material, { start, end: answer })) {
      for (const closing of headsOf(material, { start: answer, end: clause.end })) {
        const before = keyAt(corpus, opening.start, opening.end);
        const after = keyAt(corpus, closing.start, closing.end);
        const slot = { slotStart: opening.end, slotEnd: answer, isDeliberate: false };
        sight({
          pattern: `${before}{X}，${after}{Y}`,
          opening: `${before}…`,
          closing: `…${after}`,
          start,
          end: clause.end,
          ...slot,
        });
      }
    }
    return;
  }
}

/** The first word and the first two words of a clause, without 到 or 了 behind a verb. */
function headsOf({ corpus, words }: Material, { start, end }: Clause): Clause[] {
  const one = nextBegin(words.begins, start);
  const two = one < end ? nextBegin(words.begins, one) : one;
  return [one, two]
    .filter((head, i) => head < end && (i === 0 || head > one))
    .map((head) => ({ start, end: head - start > 2 && TRAILING.has(corpus.codes[head - 1] ?? 0) ? head - 1 : head }));
}
const TRAILING: ReadonlySet<number> = new Set([..."到了着"].map((mark) => mark.charCodeAt(0)));

const ORDINALS = [..."一二三四五六七八九十"].map((numeral) => numeral.charCodeAt(0));
const ORDINAL_FORMS: readonly { readonly before: string; readonly after: string }[] = [
  { before: "", after: "是" },
  { before: "", after: "要" },
  { before: "第", after: "，" },
  { before: "第", after: "是" },
];

/** 一是…二是…三是…, 第一，…第二，…: the items of a list, from one paragraph of a document on to the next. */
function sightOrdinals({ corpus, copies }: Material, sight: Sight): void {
  for (const { before, after } of ORDINAL_FORMS) {
    let items: Clause[] = [];
    const flush = (): void => {
      const [first, second] = items;
      if (first && second) items.forEach((item) => sight(makeItem(item, before, after, items.length)));
      items = [];
    };
    let document = -1;
    corpus.paragraphs.forEach((place, i) => {
      if (copies.counts[i] !== 1) return;
      if (place.document !== document) flush();
      document = place.document;
      for (let at = place.start; at < place.end; at++) {
        const isStart = at === place.start || (corpus.reach[at - 1] ?? 0) === 0;
        if (!isStart || (before !== "" && corpus.codes[at] !== before.charCodeAt(0))) continue;
        const numeral = at + before.length;
        const step = ORDINALS.indexOf(corpus.codes[numeral] ?? 0);
        if (step < 0 || corpus.codes[numeral + 1] !== after.charCodeAt(0)) continue;
        if (step === 0) flush();
        if (step === items.length) items.push({ start: at, end: numeral + 2 + (corpus.reach[numeral + 2] ?? 0) });
      }
    });
    flush();
  }
}

function makeItem({ start, end }: Clause, before: string, after: string, count: number): FrameSighting {
  const label = (step: number): string => `${before}${String.fromCharCode(ORDINALS[step] ?? 0)}${after}`;
  const shown = ["X", "Y", "Z"].slice(0, Math.min(3, count)).map((slot, step) => `${label(step)}{${slot}}`);
  const slotStart = start + before.length + 2;
  return {
    pattern: shown.join(""),
    opening: label(0),
    closing: label(1),
    start,
    end,
    slotStart,
    slotEnd: end,
    isDeliberate: true,
  };
}
