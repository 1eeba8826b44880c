/** Versions of texts made by rule, with what belongs together: changed, joined, parted, moved, dropped, exchanged. */

export type ParagraphLink = { readonly base: readonly number[]; readonly other: readonly number[] };

export type PlantedVersions = {
  readonly base: readonly string[];
  readonly other: readonly string[];
  /** Groups with paragraphs on both sides. */
  readonly gold: readonly ParagraphLink[];
};

export type VersionPlan = {
  readonly paragraphs: readonly string[];
  /** Paragraphs that stand nowhere else, to be put in. */
  readonly strangers?: readonly string[];
  readonly random: (below: number) => number;
  /** Share of the characters of each paragraph that is changed. */
  readonly change?: number;
  /** Shares of the paragraphs to which something else is done. */
  readonly part?: number;
  readonly join?: number;
  readonly drop?: number;
  readonly insert?: number;
  readonly move?: number;
  /** Every so many paragraphs a line that is the same each time, on both sides. */
  readonly formulaEvery?: number;
  readonly formula?: string;
  /** The other version has paragraphs [start, start + count) behind the same number that follows them. */
  readonly exchange?: { readonly start: number; readonly count: number };
  readonly omit?: { readonly side: "base" | "other"; readonly start: number; readonly count: number };
  /** Paragraphs of the other version are broken into lines of so many characters. */
  readonly lineLength?: number;
};

/** A paragraph of the base and what stands for it in the other version; several of either where joined or parted. */
type Piece = { readonly base: readonly string[]; readonly other: readonly string[] };

export function plantVersions(plan: VersionPlan): PlantedVersions {
  const { random } = plan;
  const hits = (share: number | undefined): boolean => share !== undefined && random(10_000) < share * 10_000;
  let pieces: Piece[] = [];
  const strangers = [...(plan.strangers ?? [])];
  const words = plan.paragraphs.join("");
  for (let at = 0; at < plan.paragraphs.length; at++) {
    const text = plan.paragraphs[at] ?? "";
    const next = plan.paragraphs[at + 1];
    const change = (one: string): string => changeText(one, { share: plan.change ?? 0, words, random });
    if (next !== undefined && hits(plan.join)) {
      const side = random(2) === 0;
      const joined = side
        ? { base: [text, next], other: [change(text + next)] }
        : { base: [text + next], other: [change(text), change(next)] };
      pieces.push(joined);
      at++;
    } else if (text.length > 30 && hits(plan.part)) {
      const cuts = partText(text, 2 + random(3));
      pieces.push(random(2) === 0 ? { base: [text], other: cuts.map(change) } : { base: cuts, other: [change(text)] });
    } else if (hits(plan.drop)) pieces.push(random(2) === 0 ? { base: [text], other: [] } : { base: [], other: [text] });
    else if (plan.lineLength) pieces.push({ base: [text], other: breakLines(change(text), plan.lineLength) });
    else pieces.push({ base: [text], other: [change(text)] });
    if (plan.formula !== undefined && plan.formulaEvery && at % plan.formulaEvery === plan.formulaEvery - 1)
      pieces.push({ base: [plan.formula], other: [plan.formula] });
    const stranger = hits(plan.insert) ? strangers.pop() : undefined;
    if (stranger !== undefined) pieces.push(random(2) === 0 ? { base: [stranger], other: [] } : { base: [], other: [stranger] });
  }
  if (plan.omit) {
    const { side, start, count } = plan.omit;
    pieces = pieces.map((piece, at) => (at >= start && at < start + count ? { ...piece, [side]: [] } : piece));
  }
  return layOut(pieces, orderOther(pieces.length, plan));
}

function orderOther(count: number, { random, move = 0, exchange }: VersionPlan): readonly number[] {
  let order = Array.from({ length: count }, (_, at) => at);
  if (exchange) {
    const { start, count: size } = exchange;
    order = [
      ...order.slice(0, start),
      ...order.slice(start + size, start + 2 * size),
      ...order.slice(start, start + size),
      ...order.slice(start + 2 * size),
    ];
  }
  for (let turn = 0; turn < Math.round(move * count); turn++) {
    const [moved = 0] = order.splice(random(order.length), 1);
    order.splice(random(order.length + 1), 0, moved);
  }
  return order;
}

function layOut(pieces: readonly Piece[], order: readonly number[]): PlantedVersions {
  const base: string[] = [];
  const other: string[] = [];
  const places = new Map<number, readonly number[]>();
  for (const at of order) {
    const texts = pieces[at]?.other ?? [];
    places.set(
      at,
      texts.map((_, number) => other.length + number),
    );
    other.push(...texts);
  }
  const gold: ParagraphLink[] = [];
  pieces.forEach((piece, at) => {
    const own = piece.base.map((_, number) => base.length + number);
    base.push(...piece.base);
    const others = places.get(at) ?? [];
    if (own.length > 0 && others.length > 0) gold.push({ base: own, other: others });
  });
  return { base, other, gold };
}

/** Pieces of a paragraph, cut behind sentence ends as far as there are any, else behind clauses. */
function partText(text: string, count: number): readonly string[] {
  const ends = [...text.matchAll(/[。！？；，,;.!?]/gu)]
    .map((found) => found.index + 1)
    .filter((end) => end > 8 && end < text.length - 8);
  const cuts = new Set<number>();
  for (let number = 1; number < count; number++) {
    const wanted = (text.length * number) / count;
    const [nearest] = [...ends].sort((one, other) => Math.abs(one - wanted) - Math.abs(other - wanted));
    if (nearest !== undefined) cuts.add(nearest);
  }
  const places = [0, ...[...cuts].sort((one, other) => one - other), text.length];
  return places.slice(1).map((end, number) => text.slice(places[number], end));
}

function breakLines(text: string, length: number): readonly string[] {
  return Array.from({ length: Math.max(1, Math.ceil(text.length / length)) }, (_, at) =>
    text.slice(at * length, (at + 1) * length),
  );
}

type Change = { readonly share: number; readonly words: string; readonly random: (below: number) => number };

/** Replaces, leaves out and puts in runs of one to six characters until the share is reached; words come from the text. */
export function changeText(text: string, { share, words, random }: Change): string {
  const signs = [...text];
  const wanted = Math.round(share * signs.length);
  const changed = new Set<number>();
  const parts: string[] = [...signs];
  for (let turn = 0; changed.size < wanted && turn < 20 * signs.length; turn++) {
    const from = random(signs.length);
    const length = Math.min(1 + random(6), signs.length - from, wanted - changed.size);
    const run = Array.from({ length }, (_, at) => from + at);
    if (run.some((at) => changed.has(at))) continue;
    const kind = random(4);
    const start = random(Math.max(1, words.length - 8));
    const fresh = words.slice(start, start + (kind === 0 ? 0 : length));
    for (const at of run) {
      changed.add(at);
      // Replaced, left out, or (every fourth time) put in before what stays.
      parts[at] = kind === 1 ? (parts[at] ?? "") : "";
    }
    parts[from] = fresh + (parts[from] ?? "");
  }
  return parts.join("") || text;
}

const listLinks = (groups: readonly ParagraphLink[]): ReadonlySet<string> =>
  new Set(groups.flatMap((group) => group.base.flatMap((base) => group.other.map((other) => `${base}:${other}`))));

export type LinkScore = { readonly hits: number; readonly found: number; readonly wanted: number };

/** Links of single paragraphs: a group of two and one has two. */
export function scoreLinks(gold: readonly ParagraphLink[], found: readonly ParagraphLink[]): LinkScore {
  const wanted = listLinks(gold);
  const own = listLinks(found);
  return { hits: [...own].filter((link) => wanted.has(link)).length, found: own.size, wanted: wanted.size };
}

/** Whole groups, right when both sides are. */
export function scoreGroups(gold: readonly ParagraphLink[], found: readonly ParagraphLink[]): LinkScore {
  const name = (group: ParagraphLink): string => `${group.base.join("+")}:${group.other.join("+")}`;
  const wanted = new Set(gold.map(name));
  return { hits: found.filter((group) => wanted.has(name(group))).length, found: found.length, wanted: wanted.size };
}

export function addLinkScores(scores: readonly LinkScore[]): LinkScore {
  return scores.reduce(
    (sum, score) => ({ hits: sum.hits + score.hits, found: sum.found + score.found, wanted: sum.wanted + score.wanted }),
    { hits: 0, found: 0, wanted: 0 },
  );
}
