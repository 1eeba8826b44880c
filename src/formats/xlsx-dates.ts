/** Days in spreadsheets: numbers that a style shows as a date (ECMA-376 part 1, 18.8.30 and 18.17.4.1). */
import { parseXml } from "./xml.ts";

/** Built-in formats that show a day; 27 to 36 and 50 to 58 are those of Chinese, Japanese and Korean. */
const BUILT_IN: readonly (readonly [from: number, to: number])[] = [
  [14, 17],
  [22, 22],
  [27, 36],
  [50, 58],
];

/** Numbers of the cell styles that show a date. */
export function findDateStyles(xml: string): ReadonlySet<number> {
  const custom = new Map<number, string>();
  const styles = new Set<number>();
  let isInCells = false;
  let style = 0;
  parseXml(xml, {
    open(tag) {
      if (tag.local === "numFmt") {
        custom.set(Number(tag.attributes["numFmtId"]?.value), tag.attributes["formatCode"]?.value ?? "");
      } else if (tag.local === "cellXfs") isInCells = true;
      else if (tag.local === "xf" && isInCells) {
        const id = Number(tag.attributes["numFmtId"]?.value ?? 0);
        const code = custom.get(id);
        if (code === undefined ? BUILT_IN.some(([from, to]) => id >= from && id <= to) : showsDay(code)) styles.add(style);
        style += 1;
      }
    },
    close(tag) {
      if (tag.local === "cellXfs") isInCells = false;
    },
  });
  return styles;
}

/** A format code with a year or day outside quoted text, brackets and escapes. */
function showsDay(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\./gu, "");
  return /[ydYD]/u.test(bare) && !/General/iu.test(bare);
}

/** Days are counted from the end of 1899, or from 1904 in old files of the Mac; 1900 is taken for a leap year, wrongly. */
export function toIsoDay(serial: number, from1904: boolean): string | undefined {
  const whole = Math.floor(serial);
  const days = from1904 ? whole + 1462 : whole < 60 ? whole + 1 : whole;
  const date = new Date(Date.UTC(1899, 11, 30) + days * 86_400_000);
  const year = date.getUTCFullYear();
  return Number.isNaN(date.getTime()) || year < 1900 || year > 9999 ? undefined : date.toISOString().slice(0, 10);
}
