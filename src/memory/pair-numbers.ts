/**
 * Finds which number of a query answers which number of a unit's source.
 *
 * Method: each number becomes one mark for its kind, then the two texts are compared; marks that stay in place are pairs
 * when what stands beside them agrees too (3个县 and 5个县, not 3名 and 5个). Numbers that changed places are paired by
 * kind and measure word when only one of each is left. What finds no partner is given back as such.
 * Cost: that of one comparison of texts.
 */
import type { LanguageTag } from "../model/span.ts";
import { diffTexts } from "../text/difference.ts";
import { matchKey } from "../text/match-key.ts";
import { findNumbers } from "../text/numbers.ts";
import type { NumberMention } from "../text/numbers.ts";

export type NumberPair = { readonly query: NumberMention; readonly unit: NumberMention };

export type PairedNumbers = {
  /** In the order of the unit's source. */
  readonly pairs: readonly NumberPair[];
  readonly queryOnly: readonly NumberMention[];
  readonly unitOnly: readonly NumberMention[];
  /** The texts with one mark for each number. */
  readonly queryMasked: string;
  readonly unitMasked: string;
};

/** Private-use characters, one for each kind: no text that is translated has them. */
const KIND_MARKS = {
  number: "\ue001",
  percent: "\ue002",
  date: "\ue003",
  ordinal: "\ue004",
  fraction: "\ue005",
  multiple: "\ue006",
};
/** Kinds that say by themselves what they are; a bare number needs its measure word. */
const SELF_SUFFICIENT: ReadonlySet<NumberMention["kind"]> = new Set(["percent", "date", "fraction", "multiple"]);
const FOLLOWER_LENGTH = 12;
const LATIN_WORD = /^[\s-]*(\p{Script=Latin}+)/u;

type Side = {
  readonly masked: string;
  readonly mentions: readonly NumberMention[];
  /** Offset of a mark in the masked text -> its mention, and back. */
  readonly at: ReadonlyMap<number, NumberMention>;
  readonly offsets: ReadonlyMap<NumberMention, number>;
};

function maskNumbers(text: string, mentions: readonly NumberMention[]): Side {
  const at = new Map<number, NumberMention>();
  const offsets = new Map<NumberMention, number>();
  let masked = "";
  let end = 0;
  for (const mention of mentions) {
    masked += text.slice(end, mention.start);
    at.set(masked.length, mention);
    offsets.set(mention, masked.length);
    masked += KIND_MARKS[mention.kind];
    end = mention.end;
  }
  return { masked: masked + text.slice(end), mentions, at, offsets };
}

/** What stands right after a number: its measure word or unit, or the mark of another number. */
function followerOf({ masked, offsets }: Side, mention: NumberMention): string {
  const at = (offsets.get(mention) ?? 0) + 1;
  const after = masked.slice(at, at + FOLLOWER_LENGTH);
  const word = LATIN_WORD.exec(after)?.[1];
  if (word !== undefined) return word.toLowerCase();
  const [next = ""] = matchKey(after);
  return next;
}

function predecessorOf({ masked, offsets }: Side, mention: NumberMention): string {
  const at = offsets.get(mention) ?? 0;
  return [...matchKey(masked.slice(Math.max(0, at - 4), at))].at(-1) ?? "";
}

function fits(query: Side, unit: Side, { query: mine, unit: theirs }: NumberPair): boolean {
  if (mine.kind !== theirs.kind) return false;
  const follows = followerOf(query, mine) === followerOf(unit, theirs);
  if (follows) return true;
  return SELF_SUFFICIENT.has(mine.kind) && predecessorOf(query, mine) === predecessorOf(unit, theirs);
}

export function pairNumbers(query: string, unit: string, language: LanguageTag): PairedNumbers {
  const mine = maskNumbers(query, findNumbers(query, language));
  const theirs = maskNumbers(unit, findNumbers(unit, language));
  const partners = new Map<NumberMention, NumberMention>();
  const taken = new Set<NumberMention>();
  const pair = (one: NumberPair) => {
    partners.set(one.unit, one.query);
    taken.add(one.query);
  };
  if (mine.mentions.length > 0 && theirs.mentions.length > 0) {
    for (const { kind, text, baseStart, otherStart } of diffTexts(theirs.masked, mine.masked)) {
      if (kind !== "equal") continue;
      for (let place = 0; place < text.length; place++) {
        const found = { query: mine.at.get(otherStart + place), unit: theirs.at.get(baseStart + place) };
        if (!found.query || !found.unit) continue;
        const candidate = { query: found.query, unit: found.unit };
        if (fits(mine, theirs, candidate)) pair(candidate);
      }
    }
    const keyOf = (side: Side, mention: NumberMention) => `${mention.kind} ${followerOf(side, mention)}`;
    const left = Map.groupBy(
      mine.mentions.filter((mention) => !taken.has(mention)),
      (mention) => keyOf(mine, mention),
    );
    const wanted = Map.groupBy(
      theirs.mentions.filter((mention) => !partners.has(mention)),
      (mention) => keyOf(theirs, mention),
    );
    for (const [key, [unitMention, ...moreUnits]] of wanted) {
      const [queryMention, ...moreQueries] = left.get(key) ?? [];
      if (!unitMention || !queryMention || moreUnits.length > 0 || moreQueries.length > 0) continue;
      pair({ query: queryMention, unit: unitMention });
    }
  }
  return {
    pairs: theirs.mentions.flatMap((mention) => {
      const partner = partners.get(mention);
      return partner ? [{ query: partner, unit: mention }] : [];
    }),
    queryOnly: mine.mentions.filter((mention) => !taken.has(mention)),
    unitOnly: theirs.mentions.filter((mention) => !partners.has(mention)),
    queryMasked: mine.masked,
    unitMasked: theirs.masked,
  };
}
