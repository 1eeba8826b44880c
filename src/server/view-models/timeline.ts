/**
 * A small bar chart of uses over time as geometry: the page only draws it, and sizes stay SVG attributes.
 * Months as long as their bars can be told apart, then quarters, then years.
 */
import { scaleBand, scaleLinear } from "d3-scale";
import type { IsoDay } from "../../model/span.ts";

export type TimelineUse = { readonly date: IsoDay; readonly alone: boolean };

export type TimelineBar = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type TimelineUnit = "month" | "quarter" | "year";

export type Timeline = {
  readonly width: number;
  readonly height: number;
  readonly unit: TimelineUnit;
  /** A thin mark where there is nothing. */
  readonly empty: readonly TimelineBar[];
  readonly all: readonly TimelineBar[];
  readonly alone: readonly TimelineBar[];
  /** Heights of the lines behind the bars. */
  readonly rules: readonly { readonly y: number; readonly count: number }[];
  readonly years: readonly { readonly x: number; readonly year: string }[];
  readonly baseline: number;
  /** For the sentence that names the chart. */
  readonly total: number;
  readonly first: IsoDay;
  readonly last: IsoDay;
  readonly most: { readonly period: string; readonly count: number };
};

const WIDTH = 340;
const HEIGHT = 92;
const TOP = 14;
const BASELINE = 72;
const LABELS = 20;
const MOST_BARS = 60;
const WIDEST_BAR = 18;
/** A year's label needs so much room. */
const LABEL_ROOM = 34;
const MONTHS: Readonly<Record<TimelineUnit, number>> = { month: 1, quarter: 3, year: 12 };

/** Undefined when no use has a date. */
export function layOutTimeline(uses: readonly TimelineUse[]): Timeline | undefined {
  const days = uses.map(({ date }) => date).sort();
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const unit = chooseUnit(first, last);
  const begin = periodOf(first, unit);
  const periods = Array.from({ length: periodOf(last, unit) - begin + 1 }, (_, at) => begin + at);
  const all = new Map<number, number>();
  const alone = new Map<number, number>();
  for (const use of uses) {
    const period = periodOf(use.date, unit);
    all.set(period, (all.get(period) ?? 0) + 1);
    if (use.alone) alone.set(period, (alone.get(period) ?? 0) + 1);
  }
  const highest = Math.max(...all.values());
  // Few periods stand at the left with bars of a usual width, not as one slab.
  const span = Math.min(WIDTH - LABELS, periods.length * (WIDEST_BAR + 4));
  const x = scaleBand<number>()
    .domain(periods)
    .range([LABELS, LABELS + span])
    .paddingInner(0.25)
    .paddingOuter(0.1);
  const y = scaleLinear().domain([0, highest]).nice(3).range([BASELINE, TOP]);
  const bar = (period: number, count: number): TimelineBar => ({
    x: round(x(period) ?? 0),
    y: round(y(count)),
    width: round(x.bandwidth()),
    height: round(BASELINE - y(count)),
  });
  const most = [...all].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
  return {
    width: WIDTH,
    height: HEIGHT,
    unit,
    empty: periods.filter((period) => !all.has(period)).map((period) => ({ ...bar(period, 0), y: BASELINE - 1, height: 1 })),
    all: [...all].map(([period, count]) => bar(period, count)),
    alone: [...alone].map(([period, count]) => bar(period, count)),
    rules: y
      .ticks(3)
      .filter((count) => count > 0 && Number.isInteger(count))
      .map((count) => ({ y: round(y(count)), count })),
    years: labelYears(periods, unit, (period) => round(x(period) ?? 0)),
    baseline: BASELINE,
    total: uses.length,
    first,
    last,
    most: { period: nameOf(most[0], unit), count: most[1] },
  };
}

function chooseUnit(first: IsoDay, last: IsoDay): TimelineUnit {
  const units = ["month", "quarter"] as const;
  return units.find((unit) => periodOf(last, unit) - periodOf(first, unit) < MOST_BARS) ?? "year";
}

/** Periods since year 0. */
function periodOf(day: IsoDay, unit: TimelineUnit): number {
  return Math.floor((Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1) / MONTHS[unit]);
}

/** 2024-06, 2024-Q2, 2024. */
function nameOf(period: number, unit: TimelineUnit): string {
  const months = period * MONTHS[unit];
  const year = String(Math.floor(months / 12));
  if (unit === "year") return year;
  return unit === "month" ? `${year}-${String((months % 12) + 1).padStart(2, "0")}` : `${year}-Q${String((months % 12) / 3 + 1)}`;
}

function labelYears(
  periods: readonly number[],
  unit: TimelineUnit,
  xOf: (period: number) => number,
): readonly { readonly x: number; readonly year: string }[] {
  const labels: { readonly x: number; readonly year: string }[] = [];
  let named = "";
  for (const period of periods) {
    const year = nameOf(period, unit).slice(0, 4);
    const x = xOf(period);
    if (year === named || x - (labels.at(-1)?.x ?? -LABEL_ROOM) < LABEL_ROOM) continue;
    labels.push({ x, year });
    named = year;
  }
  return labels;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
