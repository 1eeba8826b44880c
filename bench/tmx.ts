/**
 * A TMX of 100 MB: parsed, parsed and searchable, stored with all indexes. Every run is a process of its own; figures are
 * medians of processor time of the working thread, which other work on the machine changes least.
 *
 * Beside them the peers (another machine, the same two cores): translate-toolkit (lxml, no index) and OmegaT (no index).
 * Where translate-toolkit is installed it parses the same file here.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { makeTmxFile } from "./tmx-file.ts";
import type { TmxRun } from "./tmx-run.ts";

const run = promisify(execFile);
const RUNS = 3;
const TOOLKIT = "/usr/lib/python3/dist-packages/translate";
const TOOLKIT_SCRIPT = `import sys, time, resource
from translate.storage import tmx
start = time.process_time()
tmx.tmxfile.parsefile(sys.argv[1])
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)`;

async function measure(kind: string, path: string): Promise<TmxRun> {
  const runs: TmxRun[] = [];
  for (let at = 0; at < RUNS; at++) {
    const { stdout } = await run(process.execPath, ["bench/tmx-run.ts", kind, path]);
    runs.push(JSON.parse(stdout) as TmxRun);
  }
  return runs.toSorted((one, other) => one.thread - other.thread)[Math.floor(RUNS / 2)] as TmxRun;
}

export async function benchTmx(print: (line: string) => void): Promise<void> {
  const { path, bytes, units, origin } = await makeTmxFile("plain");
  const speed = (ms: number) => `${(bytes / 1000 / ms).toFixed(0)} MB/s`;
  const say = (label: string, one: TmxRun, more: string) =>
    print(
      `${label}: ${(one.thread / 1000).toFixed(2)} s of processor (all threads ${(one.process / 1000).toFixed(2)}, wall ${(one.wall / 1000).toFixed(2)}), ${more}, at most ${one.peak.toFixed(0)} MB`,
    );
  print(`TMX of ${(bytes / 1e6).toFixed(0)} MB, ${units} units (${origin})`);
  for (const [kind, label] of [
    ["parse", "parsed"],
    ["strict", "parsed by the strict parser alone (the slow twin)"],
    ["index", "parsed and searchable (bar: 47 MB/s, 500 MB)"],
  ] as const) {
    const one = await measure(kind, path);
    say(label, one, speed(one.thread));
  }
  const stored = await measure("store", path);
  const rate = ((stored.units / stored.thread) * 1000).toFixed(0);
  const held = `event loop held ${stored.held.toFixed(0)} ms at most`;
  say("into the store with its indexes (bar: 60000 units/s)", stored, `${rate} units/s, ${held}`);
  if (existsSync(TOOLKIT)) {
    const { stdout } = await run("/usr/bin/python3", ["-c", TOOLKIT_SCRIPT, path]);
    const [seconds = 0, megabytes = 0] = stdout.trim().split(" ").map(Number);
    print(`translate-toolkit here, parsed, not searchable: ${seconds.toFixed(2)} s, ${speed(seconds * 1000)}, ${megabytes} MB`);
  }
  print(
    "peers, 100 MB: translate-toolkit parses 47 MB/s at 1,113 MB, to a matcher 6 MB/s; OmegaT 29 MB/s at 1,739 MB; neither has an index",
  );
}
