/**
 * Dates documents: finds the day that a text gives for itself and completes days without a year or a month.
 *
 * Where a day is looked for, best first: brackets or a date line in the head, the dateline, the signature at the end, the
 * first 110 characters, the file's own metadata, the file's name. A day without a month takes the month of the same day
 * elsewhere in the document, else the month that keeps the order of the file; a day without a year takes the year that
 * brings it nearest to the dated documents of the file, else a year in its own head.
 * Failure policy: a day that cannot be completed is kept as `partial` and the document stays undated; how a date came
 * about is said in `evidence`. Cost: linear.
 */
import type { DateEvidence, PartialDay } from "../model/document.ts";
import type { IsoDay } from "../model/span.ts";
import type { DateMention } from "./date-mentions.ts";
import { findDates, toIsoDay } from "./date-mentions.ts";
import type { LineShape } from "./line-shape.ts";
import { DATELINE_START } from "../text/dateline.ts";
import { isTitleLine } from "./line-shape.ts";
import { LEAD_LENGTH } from "./starts.ts";

export type DatedRange = { readonly first: number; readonly body: number; readonly end: number };
export type FoundDate = { readonly partial?: PartialDay; readonly date?: IsoDay; readonly evidence?: DateEvidence };

const DAY_IN_MS = 86_400_000;
const FULL_YEAR = /(?<!\d)((?:19|20)\d{2})\s?年/gu;

function toPartial(mention: DateMention): PartialDay {
  return {
    day: mention.day,
    ...(mention.month === undefined ? {} : { month: mention.month }),
    ...(mention.year === undefined ? {} : { year: mention.year }),
  };
}

function complete(partial: PartialDay): IsoDay | undefined {
  const { year, month, day } = partial;
  return year === undefined || month === undefined ? undefined : toIsoDay({ year, month, day });
}

function found(mention: DateMention, code: string): FoundDate {
  const partial = toPartial(mention);
  const date = complete(partial);
  return { partial, evidence: { code }, ...(date ? { date } : {}) };
}

/** What the document says of its own day, as far as it says it. */
function findOwnDate(shapes: readonly LineShape[], range: DatedRange): FoundDate {
  const head = shapes.slice(range.first, range.body);
  for (const shape of head) {
    if (shape.kind !== "date-line" && shape.reason !== "credit" && shape.reason !== "dateline") continue;
    const [mention] = findDates(shape.text);
    if (mention) return found(mention, "head");
  }
  for (const shape of head.filter(isTitleLine)) {
    const bracketed = /[（(][^（()）]*\d{1,2}月\d{1,2}日[^（()）]*[）)]/u.exec(shape.text);
    const [mention] = bracketed ? findDates(bracketed[0]) : [];
    if (mention) return found(mention, "head");
  }
  const opening = shapes.slice(range.body, Math.min(range.end, range.body + 5));
  for (const shape of opening) {
    if (!DATELINE_START.test(shape.text)) continue;
    // 本报讯 记者某某报道 2月3日，……: the day stands a little after the dateline.
    const mention = findDates(shape.text.slice(0, LEAD_LENGTH)).find((date) => !date.isLimit);
    if (mention) return found(mention, "dateline");
  }
  for (let at = range.end - 1; at >= Math.max(range.body, range.end - 6); at--) {
    const shape = shapes[at];
    const [mention] = shape?.kind === "date-line" ? findDates(shape.text) : [];
    if (mention) return found(mention, "signature");
  }
  for (const shape of opening.slice(0, 4)) {
    const mention = findDates(shape.text.slice(0, LEAD_LENGTH)).find((date) => !date.isLimit);
    if (mention) return found(mention, "lead");
    if (shape.kind === "numbered-heading" || shape.kind === "heading-like" || shape.kind === "heading") break;
  }
  return {};
}

/** The month of a day without one: where the same document names the same day of a month. */
function findMonth(shapes: readonly LineShape[], range: DatedRange, day: number): number | undefined {
  for (let at = range.first; at < range.end; at++) {
    const same = findDates(shapes[at]?.text ?? "").find((date) => date.day === day && date.month !== undefined && !date.isLimit);
    if (same) return same.month;
  }
  return undefined;
}

function toTime(date: IsoDay): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** The full day nearest to `anchor` that fits what is known; with `forward` the first on or after it. */
function fitNear(partial: PartialDay, anchor: IsoDay, forward: boolean): IsoDay | undefined {
  const anchorYear = Number(anchor.slice(0, 4));
  const months = partial.month === undefined ? Array.from({ length: 12 }, (_, at) => at + 1) : [partial.month];
  let best: IsoDay | undefined;
  let bestDistance = Infinity;
  for (const year of partial.year === undefined ? [anchorYear - 1, anchorYear, anchorYear + 1] : [partial.year]) {
    for (const month of months) {
      const date = toIsoDay({ year, month, day: partial.day });
      if (!date) continue;
      const difference = toTime(date) - toTime(anchor);
      if (forward && difference < 0) continue;
      if (Math.abs(difference) < bestDistance) {
        bestDistance = Math.abs(difference);
        best = date;
      }
    }
  }
  return bestDistance <= 366 * DAY_IN_MS ? best : undefined;
}

function nearestDated(dates: readonly FoundDate[], from: number): IsoDay | undefined {
  for (let distance = 1; distance < dates.length; distance++) {
    const date = dates[from - distance]?.date ?? dates[from + distance]?.date;
    if (date) return date;
  }
  return undefined;
}

function findHeadYear(shapes: readonly LineShape[], range: DatedRange): number | undefined {
  for (let at = range.first; at < range.body; at++) {
    const [year] = [...(shapes[at]?.text ?? "").matchAll(FULL_YEAR)];
    if (year?.[1]) return Number(year[1]);
  }
  return undefined;
}

/** A day known from elsewhere, to which those of a file are near; `source` says from where. */
export type DateAnchor = { readonly date: IsoDay; readonly source: "text" | "batch" };

/** Completes the days of the documents of one file from each other, else from the anchor. */
export function completeDates(dates: readonly FoundDate[], anchor?: DateAnchor): FoundDate[] {
  const completed = [...dates];
  // Months first run in file order, then years spread outward from what is dated.
  for (const needsMonth of [false, true]) {
    for (let round = 0; round < 2; round++) {
      completed.forEach((one, at) => {
        if (one.date || !one.partial || (one.partial.month === undefined) !== needsMonth) return;
        const previous = needsMonth ? completed[at - 1]?.date : undefined;
        const neighbour = previous ?? nearestDated(completed, at);
        const near = neighbour ?? anchor?.date;
        const date = near ? fitNear(one.partial, near, previous !== undefined) : undefined;
        if (!date || !near) return;
        const source = neighbour ? "neighbours" : (anchor?.source ?? "");
        const code = `${needsMonth ? "month" : "year"}-from-${source}`;
        completed[at] = { ...one, date, evidence: { code, values: { found: one.evidence?.code ?? "", near } } };
      });
    }
  }
  return completed;
}

/** The latest full date that the text names, when all it names lie close together; a text about history gives none. */
function findTextAnchor(shapes: readonly LineShape[]): DateAnchor | undefined {
  const dates: IsoDay[] = [];
  for (const shape of shapes) {
    for (const { year, month, day } of findDates(shape.text)) {
      const date = year === undefined || month === undefined ? undefined : toIsoDay({ year, month, day });
      if (date) dates.push(date);
    }
  }
  dates.sort();
  const [first] = dates;
  const last = dates.at(-1);
  return first && last && toTime(last) - toTime(first) <= 366 * DAY_IN_MS ? { date: last, source: "text" } : undefined;
}

/** Dates every document of a file. */
export function dateDocuments(shapes: readonly LineShape[], ranges: readonly DatedRange[]): FoundDate[] {
  const own = ranges.map((range): FoundDate => {
    const one = findOwnDate(shapes, range);
    if (!one.partial || one.date) return one;
    const month = one.partial.month ?? findMonth(shapes, range, one.partial.day);
    const year = one.partial.year ?? findHeadYear(shapes, range);
    const partial = { ...one.partial, ...(month === undefined ? {} : { month }), ...(year === undefined ? {} : { year }) };
    const date = complete(partial);
    return date
      ? { partial, date, evidence: { code: "year-from-head", values: { found: one.evidence?.code ?? "" } } }
      : { ...one, partial };
  });
  const isOpen = own.some((one) => one.partial && !one.date) && !own.some((one) => one.date);
  return completeDates(own, isOpen ? findTextAnchor(shapes) : undefined);
}
