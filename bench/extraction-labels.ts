/**
 * Judged strings: the graded formulations of the shared folder, and our own judgement of lists that the extractor
 * printed (`bench/extraction/*.tsv`, described in the README beside them).
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Gold } from "../test/extraction/gold.ts";
import { loosen } from "../test/extraction/gold.ts";

/** good: a terminologist would keep it; generic: complete, but nothing to decide; bad: a fragment. */
export type Judgement = "good" | "generic" | "bad";
export type Label = { readonly judgement: Judgement; readonly reason: string };
export type Labels = ReadonlyMap<string, Label>;

const FOLDER = join(import.meta.dirname, "extraction");

export function readLabels(name: string): Labels {
  const path = join(FOLDER, `${name}.tsv`);
  if (!existsSync(path)) return new Map();
  const rows = readFileSync(path, "utf8").trim().split("\n").slice(1);
  return new Map(
    rows.map((row): [string, Label] => {
      const [text = "", judgement = "", reason = ""] = row.split("\t");
      if (judgement !== "good" && judgement !== "generic" && judgement !== "bad") throw new Error(`${path}: ${row}`);
      return [text, { judgement, reason }];
    }),
  );
}

/** The judgement of any string; undefined where nobody has looked at it. The graded list goes before our own. */
export function judgeBy(gold: Gold | undefined, labels: Labels): (text: string) => Judgement | undefined {
  const listed = new Set(
    (gold?.entries ?? []).filter(({ isFrame }) => !isFrame).flatMap(({ text, variants }) => [text, ...variants].map(loosen)),
  );
  return (text) => {
    if (gold?.negatives.has(text)) return "bad";
    if (listed.has(loosen(text))) return "good";
    return labels.get(text)?.judgement;
  };
}

export type Precision = { readonly strict: number; readonly lenient: number; readonly unjudged: number };

/** Strings nobody has judged count as wrong. */
export function measurePrecision(texts: readonly string[], judge: (text: string) => Judgement | undefined): Precision {
  const judged = texts.map(judge);
  const share = (wanted: (judgement: Judgement | undefined) => boolean): number =>
    judged.filter(wanted).length / Math.max(1, judged.length);
  return {
    strict: share((judgement) => judgement === "good"),
    lenient: share((judgement) => judgement === "good" || judgement === "generic"),
    unjudged: judged.filter((judgement) => judgement === undefined).length,
  };
}
