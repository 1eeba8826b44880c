/**
 * Whether a number of the source and one of the target can stand for each other. Dates agree in the parts that both
 * give; a quarter may be 25 percent; "tripled" may be 增长两倍; the afternoon may be left out of a time.
 */
import type { NumberMention } from "../text/numbers.ts";

/** Figures rounded in translation still agree: 34,126 and "some 34,100". */
const ROUNDING = 0.005;

export function agreeInValue(source: NumberMention, target: NumberMention): boolean {
  if (source.value === target.value) return true;
  if (source.kind === "date" || target.kind === "date") return agreeAsDates(source, target);
  const [one, other] = [readValue(source.value), readValue(target.value)];
  if (one === undefined || other === undefined) return false;
  if (one === other) return true;
  if (source.kind === "multiple" || target.kind === "multiple") return agreeAsMultiples(source, target);
  // "by 10, 12 and 15 percent": only the last bears the sign.
  if ((source.kind === "percent") !== (target.kind === "percent") && (one === other * 100 || one * 100 === other)) {
    return source.kind !== "fraction" && target.kind !== "fraction";
  }
  return (source.approximate === true || target.approximate === true) && one >= 100 && Math.abs(one - other) <= one * ROUNDING;
}

/** A percentage is a hundredth, so that 25% and a quarter are one value. */
function readValue(value: string): number | undefined {
  const percent = value.endsWith("%");
  const [top = "", bottom] = (percent ? value.slice(0, -1) : value).split("/");
  const number = Number(top) / (bottom === undefined ? 1 : Number(bottom));
  if (!Number.isFinite(number)) return undefined;
  return percent ? Number((number / 100).toPrecision(15)) : number;
}

/** 增长两倍 is "tripled" and 翻一番 "grew by 100 percent": usage wavers, so a factor and its increase both agree. */
function agreeAsMultiples(source: NumberMention, target: NumberMention): boolean {
  const one = readValue(source.value);
  const other = readValue(target.value);
  if (one === undefined || other === undefined) return false;
  return Math.abs(one - other) === 1 || one + 1 === other || one - 1 === other;
}

type DateParts = { readonly year?: string; readonly month?: string; readonly day?: string; readonly time?: string };

function agreeAsDates(source: NumberMention, target: NumberMention): boolean {
  const [one, other] = [readDate(source), readDate(target)];
  let shared = 0;
  for (const part of ["year", "month", "day"] as const) {
    if (one[part] === undefined || other[part] === undefined) continue;
    if (one[part] !== other[part]) return false;
    shared++;
  }
  if (one.time !== undefined && other.time !== undefined) return agreeAsTimes(one.time, other.time);
  return shared > 0 || agreeAsDecades(source.value, target.value);
}

/** A plain number may be a day (June 17 and 19) or a year. */
function readDate({ kind, value }: NumberMention): DateParts {
  if (value.startsWith("T")) return { time: value };
  if (value.startsWith("---")) return { day: value.slice(3) };
  const parts = /^(\d{4}|-)?(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(value);
  if (kind !== "date") {
    if (/^[12]\d{3}$/.test(value)) return { year: value };
    return /^(?:[12]?\d|3[01])$/.test(value) ? { day: value.padStart(2, "0") } : {};
  }
  const [, year, month, day] = parts ?? [];
  return {
    ...(year === undefined || year === "-" ? {} : { year }),
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
  };
}

function agreeAsTimes(one: string, other: string): boolean {
  const minutes = (time: string): number => (Number(time.slice(1, 3)) % 12) * 60 + Number(time.slice(4, 6) || "0");
  return minutes(one) === minutes(other);
}

/** 90年代 and "the 1990s". */
function agreeAsDecades(one: string, other: string): boolean {
  return one.endsWith("s") && other.endsWith("s") && (one.endsWith(other) || other.endsWith(one));
}
