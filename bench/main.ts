/**
 * `npm run bench [-- NAME…] [--large]`: prints size, time, memory and quality of each part, with a slow twin or a
 * peer's figure beside it. Figures are medians of several runs on this machine; quote them with the machine's line.
 */
import { cpus, totalmem } from "node:os";

type Bench = (print: (line: string) => void) => Promise<void>;

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  import: async () => (await import("./import.ts")).benchImport,
  extraction: async () => (await import("./extraction.ts")).benchExtraction,
  alignment: async () => (await import("./alignment.ts")).benchAlignment,
  "alignment-editor": async () => (await import("./alignment-editor.ts")).benchAlignmentEditor,
  memory: async () => (await import("./memory.ts")).benchMemory,
  concordance: async () => (await import("./concordance.ts")).benchConcordance,
  numbers: async () => (await import("./adapted-numbers.ts")).benchAdaptedNumbers,
  versions: async () => (await import("./versions.ts")).benchVersions,
  renderings: async () => (await import("./renderings.ts")).benchRenderings,
  terminology: async () => (await import("./terminology.ts")).benchTerminology,
};

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const asked = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`No such bench: ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}.\n`);
  process.exit(2);
}

print(
  `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`,
);
for (const [name, load] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  print(`\n## ${name}`);
  const bench = await load();
  await bench(print);
}
