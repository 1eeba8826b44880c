/**
 * A TMX of about 100 MB for measuring: 566,508 units, real Chinese sentences and English ones of the corpus that the memory
 * bench uses, or invented ones where it is absent. Written once to the folder for temporary files.
 */
import { createWriteStream, existsSync, readFileSync, renameSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { gunzipSync } from "node:zlib";
import { createTmxWriter } from "../src/formats/tmx-write.ts";
import { createRandom } from "./random.ts";

const CORPUS = join("..", "shared", "corpus", "jiyu-tm");
const UNITS = 566_508;
/** With these the sentences are as long as in the peers' file: 176 bytes a unit. */
const LONGEST = { source: 26, target: 62 };

export type BenchFile = { readonly path: string; readonly bytes: number; readonly units: number; readonly origin: string };

function readLines(name: string): readonly string[] {
  return gunzipSync(readFileSync(join(CORPUS, name)))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

function sentences(): { readonly sources: readonly string[]; readonly targets: readonly string[] } {
  if (existsSync(CORPUS)) {
    const targets = readLines("tm-100k.zh-en.tsv.gz").map((line) => line.slice(line.indexOf("\t") + 1));
    return {
      sources: readLines("zh-944k.txt.gz").filter((line) => line.length <= LONGEST.source),
      targets: targets.filter((line) => line.length <= LONGEST.target),
    };
  }
  const random = createRandom(7);
  const things = ["防汛抗旱", "粮食安全", "基层治理", "营商环境", "公共卫生", "生态环境", "道路交通", "义务教育"];
  const pick = () => things[random(things.length)] ?? "";
  return {
    sources: Array.from({ length: UNITS }, (_, at) => `各地要统筹${pick()}和${pick()}，第${String(at)}条。`),
    targets: Array.from({ length: 1000 }, (_, at) => `Coordinate the work under article ${String(at)}.`),
  };
}

/** Only what every tool writes: two languages, two segments, a line a unit. `full`: with all that our own export writes. */
export async function makeTmxFile(kind: "plain" | "full"): Promise<BenchFile> {
  const origin = existsSync(CORPUS) ? "real sentences" : "invented sentences";
  const path = join(tmpdir(), `dingyi-bench-${kind}-${origin.replace(" ", "-")}.tmx`);
  if (!existsSync(path)) {
    const { sources, targets } = sentences();
    const xml = createTmxWriter({ sourceLanguage: "zh", toolVersion: "1", languageTags: "as-is" });
    const unfinished = `${path}.${process.pid}`;
    const out = createWriteStream(unfinished);
    out.write(xml.open());
    const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    let piece = "";
    for (let at = 0; at < UNITS; at++) {
      const source = sources[at % sources.length] ?? "";
      const target = targets[at % targets.length] ?? "";
      piece +=
        kind === "plain"
          ? `<tu><tuv xml:lang="zh"><seg>${escape(source)}</seg></tuv><tuv xml:lang="en"><seg>${escape(target)}</seg></tuv></tu>\n`
          : xml.unit({
              ...{
                id: String(at),
                tuid: String(at),
                source,
                target,
                sourceLanguage: "zh",
                targetLanguage: "en",
                state: "reviewed",
              },
              ...{
                previous: sources[(at + sources.length - 1) % sources.length] ?? "",
                author: "林岚",
                createdAt: "2026-03-01T08:00:00.000Z",
              },
            });
      if (piece.length > 1 << 20) {
        if (!out.write(piece)) await once(out, "drain");
        piece = "";
      }
    }
    out.end(piece + xml.close());
    await once(out, "finish");
    renameSync(unfinished, path);
  }
  return { path, bytes: statSync(path).size, units: UNITS, origin };
}
