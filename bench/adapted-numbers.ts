/**
 * Numbers adapted on real pairs: one number of the source is changed, the target adapted, and the value looked for in it.
 *
 * Pairs are those of the shared corpus whose changed number stands in the target by value. `right`: the new value stands
 * there and the old one no more, all other numbers are as they were; `left`: not adapted, the number is named; `wrong`: the rest.
 * Run by itself with `--show` it prints what it counted as wrong.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { adaptNumbers } from "../src/memory/adapt-numbers.ts";
import { findNumbers } from "../src/text/numbers.ts";
import type { NumberMention } from "../src/text/numbers.ts";
import { createRandom } from "./random.ts";

const CORPUS = join("..", "shared", "corpus");
const MOST_SHOWN = 25;

/** Another number of the same kind and the same look. */
function changeText(text: string, { kind }: NumberMention, random: (below: number) => number): string | undefined {
  if (kind === "date" && !/\d/.test(text)) return undefined;
  if (/\d/.test(text)) {
    const digits = [...text.matchAll(/\d+/g)].at(-1);
    if (!digits) return undefined;
    const [run] = digits;
    const last = Number(run.at(-1));
    const next = run.slice(0, -1) + String((last + 1 + random(8)) % 10 || 3);
    return text.slice(0, digits.index) + next + text.slice(digits.index + run.length);
  }
  const found = [...text.matchAll(/[二三四五六七八九]/g)];
  const digit = found[random(Math.max(1, found.length))];
  if (!digit) return undefined;
  const others = [..."二三四五六七八九"].filter((other) => other !== digit[0]);
  return text.slice(0, digit.index) + (others[random(others.length)] ?? "") + text.slice(digit.index + 1);
}

type Pair = { readonly source: string; readonly target: string };

function readPairs(): { readonly name: string; readonly pairs: readonly Pair[] }[] {
  const sets: { name: string; pairs: Pair[] }[] = [];
  const memory = join(CORPUS, "jiyu-tm", "tm-100k.zh-en.tsv.gz");
  if (existsSync(memory)) {
    const lines = gunzipSync(readFileSync(memory)).toString("utf8").split("\n");
    sets.push({ name: "jiyu-tm", pairs: lines.flatMap((line) => toPair(line.split("\t"))) });
  }
  const news = join(CORPUS, "wmt-news-2021");
  if (existsSync(news)) {
    const read = (name: string) => readFileSync(join(news, name), "utf8").split("\n");
    const english = read("newstest2021.zh-en.ref.A.en");
    const pairs = read("newstest2021.zh-en.src.zh").flatMap((source, at) => toPair([source, english[at] ?? ""]));
    sets.push({ name: "wmt-news-2021", pairs });
  }
  return sets;
}

function toPair([source = "", target = ""]: readonly string[]): Pair[] {
  return source === "" || target === "" ? [] : [{ source, target }];
}

const valuesOf = (mentions: readonly NumberMention[]) => mentions.map(({ value }) => value.replace("%", ""));

export function benchAdaptedNumbers(print: (line: string) => void, shows = false): Promise<void> {
  for (const { name, pairs } of readPairs()) {
    for (const [from, to] of [
      ["zh", "en"],
      ["en", "zh"],
    ] as const) {
      const random = createRandom(7);
      const counts = { right: 0, left: 0, wrong: 0 };
      const reasons = new Map<string, number>();
      const shown: string[] = [];
      const start = process.cpuUsage();
      let asked = 0;
      for (const pair of pairs) {
        const [source, target] = from === "zh" ? [pair.source, pair.target] : [pair.target, pair.source];
        const mentions = findNumbers(source, from).filter(({ form }) => form !== "code");
        const inTarget = valuesOf(findNumbers(target, to));
        const candidates = mentions.filter(({ value }) => inTarget.includes(value.replace("%", "")));
        const mention = candidates[random(Math.max(1, candidates.length))];
        const changed = mention && changeText(source.slice(mention.start, mention.end), mention, random);
        if (!mention || changed === undefined) continue;
        const query = source.slice(0, mention.start) + changed + source.slice(mention.end);
        const wanted = findNumbers(query, from);
        const next = wanted.find(({ start: at }) => at === mention.start);
        // The change made another kind of number of it, or changed its neighbours.
        if (
          !next ||
          next.kind !== mention.kind ||
          next.value === mention.value ||
          wanted.length !== findNumbers(source, from).length
        )
          continue;
        asked++;
        const adapted = adaptNumbers({ query, source, target, sourceLanguage: from, targetLanguage: to });
        if (!adapted.target) {
          counts.left++;
          for (const { reason } of adapted.doubts) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
          continue;
        }
        const now = valuesOf(findNumbers(adapted.target.text, to));
        const [old, fresh] = [mention.value.replace("%", ""), next.value.replace("%", "")];
        const rest = (values: readonly string[], without: string) => values.filter((value) => value !== without).join(" ");
        const isRight = now.includes(fresh) && (!now.includes(old) || old === fresh) && rest(now, fresh) === rest(inTarget, old);
        counts[isRight || inTarget.includes(fresh) ? "right" : "wrong"]++;
        if (!isRight && shown.length < MOST_SHOWN) shown.push([query, source, target, adapted.target.text].join("\n    "));
      }
      const { user } = process.cpuUsage(start);
      const share = (count: number) => `${((100 * count) / Math.max(1, asked)).toFixed(1)} %`;
      const why = [...reasons].map(([reason, count]) => `${reason} ${count}`).join(", ");
      print(
        `${name} ${from}-${to}: ${asked} pairs, right ${share(counts.right)}, left out ${share(counts.left)} (${why}), ` +
          `wrong ${share(counts.wrong)} (${counts.wrong}), ${(user / 1000 / Math.max(1, asked)).toFixed(3)} ms each`,
      );
      if (shows) for (const one of shown) print(`  ${one}`);
    }
  }
  return Promise.resolve();
}

if (import.meta.main) {
  await benchAdaptedNumbers((line) => process.stdout.write(`${line}\n`), process.argv.includes("--show"));
}
