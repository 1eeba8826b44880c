/**
 * Versions of one text: which paragraphs belong together, in links of single paragraphs and in whole groups, on copies
 * read by hand, on two translations of one text and on planted versions; beside it the greedy matcher of stage 1.
 */
import { matchVersions } from "../src/alignment/match-versions.ts";
import { addLinkScores, changeText, plantVersions, scoreGroups, scoreLinks } from "../test/alignment/planted-versions.ts";
import type { LinkScore, ParagraphLink } from "../test/alignment/planted-versions.ts";
import { matchGreedily } from "../test/alignment/greedy-versions.ts";
import { listPlantings, plant, readCopies, readMaterials, readTranslations } from "./version-sets.ts";
import { createRandom } from "./random.ts";
import type { Material, VersionSet } from "./version-sets.ts";

type Print = (line: string) => void;
type Method = {
  readonly name: string;
  readonly match: (base: readonly string[], other: readonly string[]) => readonly ParagraphLink[];
};

const METHODS: readonly Method[] = [
  { name: "dingyi", match: matchVersions },
  { name: "greedy", match: matchGreedily },
];

/** A long text with all that is planted, made of the materials; the greedy matcher is given a third of it. */
function benchLength(print: Print, materials: readonly Material[]): void {
  const random = createRandom(3);
  const pool = materials.flatMap(({ paragraphs }) => paragraphs);
  const words = pool.join("");
  if (pool.length === 0) return;
  const lengths: readonly (readonly [number, readonly Method[]])[] = [
    [10_000, METHODS.slice(0, 1)],
    [3000, METHODS],
  ];
  for (const [count, methods] of lengths) {
    const paragraphs = Array.from({ length: count }, () =>
      changeText(pool[random(pool.length)] ?? "", { share: 0.5, words, random }),
    );
    const [, plan] = listPlantings(count).find(([name]) => name === "everything") ?? ["", {}];
    const { base, other, gold } = plantVersions({ ...plan, paragraphs, random });
    for (const { name, match } of methods) {
      const before = process.cpuUsage();
      const links = scoreLinks(gold, match(base, other));
      const used = process.cpuUsage(before);
      const seconds = ((used.user + used.system) / 1e6).toFixed(1);
      print(
        `${base.length} × ${other.length} paragraphs, ${base.join("").length} characters: ${name} ${format(links)}  ${seconds} s`,
      );
    }
  }
}

export async function benchVersions(print: Print): Promise<void> {
  const materials = await readMaterials();
  const sets: (readonly [string, readonly VersionSet[]])[] = [
    ["copies", await readCopies()],
    ["two translations", readTranslations()],
    ...listPlantings(1).map(([name], number) => {
      const planted = materials.map((material) => {
        const [, plan] = listPlantings(material.paragraphs.length)[number] ?? ["", {}];
        return plant(material, name, plan);
      });
      return [name, planted] as const;
    }),
  ];
  print("P, R, F1 of linked paragraphs; F1 of whole groups; seconds of processor time");
  for (const [name, versions] of sets) {
    if (versions.length === 0) continue;
    for (const method of METHODS) {
      const before = process.cpuUsage();
      const found = versions.map(({ base, other }) => method.match(base, other));
      const used = process.cpuUsage(before);
      const links = addLinkScores(versions.map(({ gold }, at) => scoreLinks(gold, found[at] ?? [])));
      const groups = addLinkScores(versions.map(({ gold }, at) => scoreGroups(gold, found[at] ?? [])));
      const seconds = ((used.user + used.system) / 1e6).toFixed(2);
      print(`${name.padEnd(24)} ${method.name.padEnd(10)} ${format(links)}  ${measure(groups).f1.toFixed(3)}  ${seconds}`);
    }
  }
  benchLength(print, materials);
}

function measure({ hits, found, wanted }: LinkScore) {
  return {
    precision: hits / Math.max(1, found),
    recall: hits / Math.max(1, wanted),
    f1: (2 * hits) / Math.max(1, found + wanted),
  };
}

function format(score: LinkScore): string {
  const { precision, recall, f1 } = measure(score);
  return [precision, recall, f1].map((share) => share.toFixed(3)).join("  ");
}
