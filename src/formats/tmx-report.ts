/**
 * What a reader of TMX has to say about a file: units that were left out, by line; dates and ids that cannot be right, summed up.
 *
 * Policy: the first twenty units that lack something are named, then their number. Wrong dates and repeated ids are
 * information: the units are read, and what stood there is kept.
 */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { IsoInstant } from "../model/span.ts";

const MAX_NAMED = 20;
/** A clock that is a day ahead is a time zone. */
const DAY = 24 * 3600 * 1000;

export type TmxReport = {
  readonly warn: (code: string, line: number, values?: Diagnostic["values"]) => void;
  readonly date: (date: string, instant: IsoInstant | undefined, line: number) => void;
  readonly id: (tuid: string, line: number) => void;
  readonly list: () => readonly Diagnostic[];
};

/** How often something was seen, and where first. */
type Sum = { count: number; readonly line: number; readonly example: string };

/** Texts seen, as 52 bits of a hash: a repeated one is always known, one in a billion files knows one too many. */
class SeenTexts {
  #slots = new Float64Array(1024);
  #count = 0;

  /** Adds a text; says whether it was there. */
  add(text: string): boolean {
    let low = 0x811c9dc5;
    let high = 0x2f0b4c47;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul(high ^ unit, 0x5bd1e995) ^ (high >>> 15);
    }
    const key = (high & 0xfffff) * 0x100000000 + (low >>> 0) + 1;
    const isNew = this.#put(key);
    if (isNew && ++this.#count * 2 > this.#slots.length) {
      const keys = this.#slots.filter((slot) => slot !== 0);
      this.#slots = new Float64Array(this.#slots.length * 2);
      for (const each of keys) this.#put(each);
    }
    return !isNew;
  }

  #put(key: number): boolean {
    const mask = this.#slots.length - 1;
    let slot = (key ^ (key / 0x100000)) & mask;
    for (;;) {
      const found = this.#slots[slot];
      if (found === key) return false;
      if (found === 0) {
        this.#slots[slot] = key;
        return true;
      }
      slot = (slot + 1) & mask;
    }
  }
}

export function createTmxReport(now: IsoInstant | undefined): TmxReport {
  const named: Diagnostic[] = [];
  const latest = now === undefined ? undefined : new Date(Date.parse(now) + DAY).toISOString();
  const sums: Partial<Record<"tmx-dates-not-valid" | "tmx-dates-ahead" | "tmx-ids-repeated", Sum>> = {};
  const ids = new SeenTexts();
  let incomplete = 0;
  const count = (code: keyof typeof sums, line: number, example: string) => {
    (sums[code] ??= { count: 0, line, example }).count += 1;
  };
  return {
    warn(code, line, values) {
      incomplete += 1;
      if (incomplete <= MAX_NAMED) named.push({ code, severity: "warning", line, ...(values ? { values } : {}) });
    },
    date(date, instant, line) {
      if (instant === undefined) count("tmx-dates-not-valid", line, date);
      else if (latest !== undefined && instant > latest) count("tmx-dates-ahead", line, date);
    },
    id(tuid, line) {
      if (ids.add(tuid)) count("tmx-ids-repeated", line, tuid);
    },
    list() {
      const left: Diagnostic[] =
        incomplete > MAX_NAMED ? [{ code: "tmx-units-left-out", severity: "warning", values: { count: incomplete } }] : [];
      const more = Object.entries(sums).map(([code, sum]): Diagnostic => ({
        ...{ code, severity: "information", line: sum.line },
        values: { count: sum.count, example: sum.example },
      }));
      return [...named, ...left, ...more];
    },
  };
}
