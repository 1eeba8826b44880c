/** Numbers, days and times as a reader of the interface language expects them. */
import type { IsoDay, IsoInstant } from "../model/span.ts";
import type { InterfaceLanguage } from "./i18n.ts";

export type Formats = {
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
  readonly bytes: (size: number) => string;
  /** The day as it stands in the text: 2025-06-17. */
  readonly day: (day: IsoDay | undefined) => string;
  readonly dayAndTime: (instant: IsoInstant) => string;
  /** The value of a `lang` attribute for a text in that language. */
  readonly lang: (tag: string) => string;
};

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

export function createFormats(language: InterfaceLanguage): Formats {
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const instant = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    bytes: (size) => {
      const unit = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, size)) / Math.log(1000)));
      return new Intl.NumberFormat(language, {
        style: "unit",
        unit: UNITS[unit] ?? "byte",
        unitDisplay: "short",
        maximumFractionDigits: unit > 1 ? 1 : 0,
      }).format(size / 1000 ** unit);
    },
    day: (day) => day ?? "",
    dayAndTime: (value) => instant.format(new Date(value)),
    lang: (tag) => (tag === "zh" || tag === "zh-CN" ? "zh-Hans" : tag),
  };
}
