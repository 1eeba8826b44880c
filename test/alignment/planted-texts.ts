/** Texts with known beads, tampered with: what is left out, added, exchanged or moved, and which beads stay right. */
import type { AlignmentText } from "../../src/model/alignment.ts";

export type KnownBead = { readonly source: readonly number[]; readonly target: readonly number[] };

/** Beads of sentence texts; a null side is empty. */
export type TextBead = { readonly source: readonly string[]; readonly target: readonly string[] };

export type Planted = {
  readonly source: AlignmentText;
  readonly target: AlignmentText;
  /** What was not tampered with, with its new numbers. */
  readonly kept: readonly KnownBead[];
  readonly tampered: readonly KnownBead[];
};

type Languages = { readonly from: string; readonly to: string };

/** Deals out texts whose sides come in different orders: a bead's place on each side is its place in that list. */
export function plantOrders(
  beads: readonly TextBead[],
  orders: { readonly source: readonly number[]; readonly target: readonly number[]; readonly tampered: ReadonlySet<number> },
  { from, to }: Languages,
): Planted {
  const lay = (side: "source" | "target", order: readonly number[]) => {
    const segments: { text: string; paragraph: number }[] = [];
    const places = new Map<number, number[]>();
    for (const bead of order) {
      const texts = beads[bead]?.[side] ?? [];
      places.set(
        bead,
        texts.map((_, at) => segments.length + at),
      );
      segments.push(...texts.map((text) => ({ text, paragraph: 0 })));
    }
    return { segments, places };
  };
  const source = lay("source", orders.source);
  const target = lay("target", orders.target);
  const kept: KnownBead[] = [];
  const tampered: KnownBead[] = [];
  for (const bead of beads.keys()) {
    const known = { source: source.places.get(bead) ?? [], target: target.places.get(bead) ?? [] };
    if (known.source.length + known.target.length === 0) continue;
    (orders.tampered.has(bead) ? tampered : kept).push(known);
  }
  return {
    source: { language: from, segments: source.segments },
    target: { language: to, segments: target.segments },
    kept,
    tampered,
  };
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

/** One side lacks the beads [start, start + count). */
export function plantOmission(
  beads: readonly TextBead[],
  { side, start, count, ...languages }: Languages & { side: "source" | "target"; start: number; count: number },
): Planted {
  const all = range(0, beads.length);
  const left = [...range(0, start), ...range(start + count, beads.length)];
  const tampered = new Set(range(start, start + count));
  return plantOrders(
    beads,
    side === "source" ? { source: left, target: all, tampered } : { source: all, target: left, tampered },
    languages,
  );
}

/** The second text has the beads [start, start + count) at another place: before bead `to`. */
export function plantMove(
  beads: readonly TextBead[],
  { start, count, before, ...languages }: Languages & { start: number; count: number; before: number },
): Planted {
  const moved = new Set(range(start, start + count));
  const rest = range(0, beads.length).filter((bead) => !moved.has(bead));
  const at = rest.findIndex((bead) => bead >= before);
  const place = at < 0 ? rest.length : at;
  const target = [...rest.slice(0, place), ...moved, ...rest.slice(place)];
  return plantOrders(beads, { source: range(0, beads.length), target, tampered: moved }, languages);
}

/** In the second text the beads [start, start + count) and the same number behind them have changed places. */
export function plantExchange(
  beads: readonly TextBead[],
  { start, count, ...languages }: Languages & { start: number; count: number },
): Planted {
  const [middle, end] = [start + count, start + 2 * count];
  const target = [...range(0, start), ...range(middle, end), ...range(start, middle), ...range(end, beads.length)];
  return plantOrders(beads, { source: range(0, beads.length), target, tampered: new Set(range(start, end)) }, languages);
}

const format = (bead: KnownBead): string => `${bead.source.join(",")}:${bead.target.join(",")}`;

/** F1 of the beads that were not tampered with, counting only found beads that touch none of the tampered sentences. */
export function measureKept(planted: Planted, found: readonly KnownBead[]): number {
  const lost = {
    source: new Set(planted.tampered.flatMap((bead) => bead.source)),
    target: new Set(planted.tampered.flatMap((bead) => bead.target)),
  };
  // A sentence glued to a tampered one is a miss, for its own bead is not found.
  const own = found.filter(
    (bead) => !bead.source.some((at) => lost.source.has(at)) && !bead.target.some((at) => lost.target.has(at)),
  );
  const gold = new Set(planted.kept.map(format));
  const hits = own.filter((bead) => gold.has(format(bead))).length;
  return (2 * hits) / Math.max(1, own.length + gold.size);
}

/** Share of tampered sentences that stand alone. */
export function measureAlone(planted: Planted, found: readonly KnownBead[]): number {
  const wanted = planted.tampered.flatMap((bead) => [...bead.source.map((at) => `s${at}`), ...bead.target.map((at) => `t${at}`)]);
  const alone = new Set(
    found.flatMap((bead) =>
      bead.target.length === 0
        ? bead.source.map((at) => `s${at}`)
        : bead.source.length === 0
          ? bead.target.map((at) => `t${at}`)
          : [],
    ),
  );
  return wanted.filter((name) => alone.has(name)).length / Math.max(1, wanted.length);
}
