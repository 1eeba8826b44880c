/**
 * Frames in which something stands twice: 应检尽检, 抓实抓细, 该管的管, 摘帽不摘责任, members with one beginning
 * (集中患者、集中专家), and the items of a list (一是…二是…).
 * Cost: O(length); members are compared with their neighbours only.
 */
import type { Span } from "../model/span.ts";
import type { Material } from "./candidates.ts";
import { keyAt } from "./corpus.ts";
import { PREPOSITIONS } from "./frame-words.ts";
import type { Clause, Sight } from "./frame-sighting.ts";
import { visitClauses } from "./frame-sighting.ts";
import { FREE_KINDS, KIND, isHan, nextBegin } from "./words.ts";

const PAUSE = 0x3001;
const OUGHT = new Set([..."该應应"].map((sign) => sign.charCodeAt(0)));
const PARTICLE = "的".charCodeAt(0);
const NOT = "不".charCodeAt(0);
const MUST: ReadonlySet<string> = new Set(["必须", "必須", "要", "就"]);

export function sightRepeats(material: Material, sight: Sight): void {
  visitClauses(material, (clause) => {
    sightUnits(material, clause, sight);
    sightMembers(material, clause, sight);
  });
  sightOrdinals(material, sight);
}

function sightUnits({ corpus, words }: Material, clause: Clause, sight: Sight): void {
  const { codes } = corpus;
  const isFree = (at: number): boolean =>
    at < clause.start || at >= clause.end || ((words.kinds[words.typeAt[at] ?? 0] ?? 0) & FREE_KINDS) !== 0;
  for (let at = clause.start; at + 4 <= clause.end; at++) {
    if (OUGHT.has(codes[at] ?? 0)) sightOught(corpus, clause, at, sight);
    if (words.begins[at] !== 1 || !codes.subarray(at, at + 4).every(isHan)) continue;
    const [one, two, three, four] = [codes[at], codes[at + 1], codes[at + 2], codes[at + 3]];
    const text = (place: number): string => keyAt(corpus, at + place, at + place + 1);
    const common = { kind: "repeat", start: at, end: at + 4, isDeliberate: true, worth: 1 } as const;
    const slot = (place: number): Span => ({ start: at + place, end: at + place + 1 });
    const isUnit = words.begins[at + 4] === 1;
    if (isUnit && two === four && one !== three && three !== NOT) {
      const parts = [text(0), text(2), ""];
      sight({ ...common, group: `repeat ${parts.join(" ")}`, parts, slotNames: "XX", slots: [slot(1), slot(3)] });
    }
    // 摘帽不摘责任: what is left behind the repeated verb is the slot.
    if (three === NOT && one === four && one !== two && words.begins[at + 4] === 1) {
      const end = memberEnd(codes, at + 4, clause.end);
      if (end > at + 4 && end - at <= 12) {
        const parts = [keyAt(corpus, at, at + 4), ""];
        sight({
          ...common,
          end,
          group: `repeat ${parts.join(" ")}`,
          parts,
          slotNames: "X",
          slots: [{ start: at + 4, end }],
          worth: 1.5,
        });
      }
    }
    if (isUnit && one === three && two !== four && isFree(at - 1) && isFree(at + 4)) {
      const parts = [text(0), text(2), ""];
      sight({ ...common, group: `repeat ${parts.join(" ")}`, parts, slotNames: "XY", slots: [slot(1), slot(3)], worth: 0.7 });
    }
  }
}

function memberEnd(codes: Int32Array, from: number, clauseEnd: number): number {
  let end = from;
  while (end < clauseEnd && isHan(codes[end] ?? 0)) end++;
  return end;
}

/** 该管的管, 该投入的必须投入. */
function sightOught(corpus: Material["corpus"], clause: Clause, start: number, sight: Sight): void {
  const { codes } = corpus;
  for (let length = 1; length <= 4; length++) {
    const particle = start + 1 + length;
    if (particle >= clause.end || codes[particle] !== PARTICLE) continue;
    for (const must of ["", ...MUST]) {
      const again = particle + 1 + must.length;
      const end = again + length;
      if (end > clause.end || keyAt(corpus, particle + 1, again) !== must) continue;
      if (codes.subarray(start + 1, particle).some((code, step) => code !== codes[again + step])) continue;
      const parts = [keyAt(corpus, start, start + 1), "的", ""];
      const slots = [
        { start: start + 1, end: particle },
        { start: again, end },
      ];
      const common = { kind: "repeat", parts, slotNames: "XX", start, end, slots, isDeliberate: true, worth: 1.5 } as const;
      sight({ ...common, group: `repeat ${parts.join(" ")}` });
      return;
    }
  }
}

const NO_PREFIX = KIND.number | KIND.pronoun;
const PREFIX_LONGEST = 6;
const MEMBER_LONGEST = 10;

/** Neighbouring members with the same words at their beginning, from the first to the last of them. */
function sightMembers(material: Material, clause: Clause, sight: Sight): void {
  const { corpus, words } = material;
  const { codes } = corpus;
  const members: Span[] = [];
  let from = clause.start;
  for (let at = clause.start; at <= clause.end; at++) {
    if (at < clause.end && codes[at] !== PAUSE) continue;
    members.push({ start: from, end: at });
    from = at + 1;
  }
  for (let i = 0; i + 1 < members.length;) {
    const run = readRun(material, members, i);
    if (!run) {
      i++;
      continue;
    }
    const { prefix, slots } = run;
    const first = slots[0];
    const last = slots.at(-1);
    const kind = words.kinds[words.typeAt[(first?.start ?? 1) - 1] ?? 0] ?? 0;
    const isRepeat = slots.every(({ start, end }) => end - start === 3 && corpus.codes[start] === corpus.codes[end - 1]);
    const isEven = slots.every(({ start, end }) => first !== undefined && end - start === first.end - first.start);
    if (first && last && isEven && !isRepeat && !prefix.includes("不") && (kind & NO_PREFIX) === 0 && !PREPOSITIONS.has(prefix)) {
      sight({
        kind: "series",
        group: `series ${prefix}`,
        parts: [prefix, prefix, ""],
        slotNames: "XY",
        start: first.start - [...prefix].length,
        end: last.end,
        slots,
        isDeliberate: true,
        worth: slots.length >= 3 ? 1.5 : 1,
      });
    }
    i += slots.length;
  }
}

function readRun(
  { corpus, words }: Material,
  members: readonly Span[],
  at: number,
): { prefix: string; slots: readonly Span[] } | undefined {
  const first = members[at];
  const second = members[at + 1];
  if (!first || !second || !isHan(corpus.codes[second.start] ?? 0)) return undefined;
  // The longest beginning, at a word's end, that the second member shares with the end of what stands before its 、.
  for (
    let end = nextBegin(words.begins, second.start), best: { prefix: string; slots: Span[] } | undefined;
    ;
    end = nextBegin(words.begins, end)
  ) {
    const found =
      end < second.end && end - second.start <= PREFIX_LONGEST
        ? shareOf(corpus, words.begins, first, { start: second.start, end })
        : undefined;
    if (!found) return best && best.slots.length >= 2 ? best : undefined;
    const prefix = keyAt(corpus, second.start, end);
    const length = end - second.start;
    const slots: Span[] = [{ start: found + length, end: first.end }];
    for (const member of members.slice(at + 1)) {
      if (keyAt(corpus, member.start, member.start + length) !== prefix || member.end <= member.start + length) break;
      slots.push({ start: member.start + length, end: trimMember(words, member.start + length, member.end) });
    }
    best = { prefix, slots };
  }
}

/** Where the first member begins: before it other words of its clause may stand. */
function shareOf({ codes }: Material["corpus"], begins: Uint8Array, first: Span, prefix: Span): number | undefined {
  const length = prefix.end - prefix.start;
  for (let at = first.end - length - 1; at >= first.start && first.end - at <= MEMBER_LONGEST; at--) {
    if (begins[at] !== 1) continue;
    if (codes.subarray(at, at + length).every((code, step) => code === codes[prefix.start + step])) return at;
  }
  return undefined;
}

/** The last member ends before a particle or a mark: 早发现、早报告的要求. */
function trimMember({ begins, typeAt, kinds }: Material["words"], start: number, end: number): number {
  for (let at = nextBegin(begins, start); at < end; at = nextBegin(begins, at)) {
    if (((kinds[typeAt[at] ?? 0] ?? 0) & (KIND.grammar | KIND.mark)) !== 0) return at;
  }
  return end - start > MEMBER_LONGEST ? Math.max(start + 1, start + MEMBER_LONGEST) : end;
}

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
    let items: Span[] = [];
    const label = (step: number): string => `${before}${String.fromCharCode(ORDINALS[step] ?? 0)}${after}`;
    const flush = (): void => {
      if (items.length >= 2) {
        for (const { start, end } of items) {
          const slots = [{ start: start + label(0).length, end }];
          const parts = [label(0), label(1), label(2), ""];
          const group = `ordinal ${before} ${after}`;
          sight({ kind: "ordinal", group, parts, slotNames: "XYZ", start, end, slots, isDeliberate: true, worth: 0.6 });
        }
      }
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
        const end = numeral + 2 + (corpus.reach[numeral + 2] ?? 0);
        if (step === items.length && end > numeral + 2) items.push({ start: at, end });
      }
    });
    flush();
  }
}
