/** The contract of `dingyi lookup`, by programs that are not ours: a pipe, a client that waits for each answer, Python. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, describe, expect, it } from "vitest";
import { measureSimilarity } from "../../src/text/edit-distance.ts";
import { matchKey } from "../../src/text/match-key.ts";
import { mainFile, runDingyi } from "./run-dingyi.ts";

const folder = mkdtempSync(join(tmpdir(), "dingyi-lookup-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

type Match = {
  readonly similarity: number;
  readonly score: number;
  readonly source: string;
  readonly target: string;
  readonly id: string;
};
type Line = { readonly query: string; readonly matches: readonly Match[] };
const linesOf = (out: string) =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

const SOURCES = [
  "做好防汛工作。",
  "做好抗旱工作。",
  "做好“三防”工作。",
  '做好"三防"工作.',
  "各县（市、区）要压实责任。",
  "各县(市、区)要压实责任。",
  "做好防汛工作。",
  "𠮷林省要做好防汛工作。",
  "Flood prevention work",
];
const TSV = SOURCES.map((source, at) => `${source}\ttarget ${String(at + 1)}`).join("\n");

describe("dingyi lookup", () => {
  it("gives what a look at every unit gives, folded or not, with the least similarity and the limit asked for", async () => {
    const memory = file("memory.tsv", TSV);
    const queries = [
      "做好防汛工作",
      "做好“三防”工作。",
      "各县（市、区）要压实责任。",
      "吉林省要做好防汛工作。",
      "flood prevention works",
      "",
    ];
    const input = queries.join("\r\n");
    for (const [fold, threshold, limit] of [
      ["width", 70, 5],
      ["none", 40, 3],
      ["width", 0, 1000],
    ] as const) {
      const args = ["lookup", "--memory", memory, "--fold", fold, "--threshold", String(threshold), "--limit", String(limit)];
      const { code, out, err } = await runDingyi(args, { input });
      expect({ code, err }).toEqual({ code: 0, err: "" });
      const lines = linesOf(out);
      expect(lines.map(({ query }) => query)).toEqual(queries.slice(0, lines.length));
      expect(lines.length).toBeGreaterThanOrEqual(5);
      for (const { query, matches } of lines) {
        const key = (text: string) => (fold === "width" ? matchKey(text) : text.normalize("NFC"));
        const expected = SOURCES.map((source, at) => ({
          similarity: measureSimilarity(key(query), key(source)),
          id: String(at + 1),
        }))
          .filter(({ similarity }) => similarity >= threshold)
          .sort((one, other) => other.similarity - one.similarity || Number(one.id) - Number(other.id))
          .slice(0, limit);
        expect(matches.map(({ similarity, id }) => ({ similarity, id }))).toEqual(expected);
        for (const match of matches) {
          expect(Object.keys(match).sort()).toEqual(["id", "score", "similarity", "source", "target"]);
          expect(match.target).toBe(`target ${match.id}`);
        }
      }
    }
  });

  it("answers each line when it comes, so that a program can ask one after another", async () => {
    const memory = file("live.tsv", TSV);
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", mainFile, "lookup", "--memory", memory]);
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    for (const query of ["做好防汛工作。", "没有的话", "做好抗旱工作。"]) {
      child.stdin.write(`${query}\n`);
      const answer = await answers.next();
      expect(JSON.parse(String(answer.value))).toMatchObject({ query });
    }
    child.stdin.end();
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
  });

  it("says what it cannot read by file and line, searches the rest, and ends with 3", async () => {
    const good = file("good.tsv", TSV);
    const cut = file("cut.tmx", `<?xml version="1.0"?><tmx version="1.4"><header/><body>\n<tu><tuv xml:lang="zh"><seg>甲`);
    const broken = await runDingyi(["lookup", "--memory", good, "--memory", cut], { input: "做好防汛工作。\n" });
    expect(broken.code).toBe(3);
    expect(broken.err).toMatch(/cut\.tmx:\d+/);
    expect(linesOf(broken.out)[0]?.matches[0]).toMatchObject({ id: expect.stringContaining("good.tsv:1") as string });
    const empty = await runDingyi(["lookup", "--memory", file("empty.tsv", "")], { input: "甲\n" });
    expect([empty.code, empty.out]).toEqual([3, ""]);
    const missing = await runDingyi(["lookup", "--memory", join(folder, "missing.tmx")], { input: "甲\n" });
    expect([missing.code, missing.out]).toEqual([3, ""]);
    expect(missing.err).toContain("missing.tmx: there is no such file");
    for (const args of [
      ["--threshold", "101"],
      ["--limit", "0"],
      ["--fold", "case"],
    ]) {
      expect((await runDingyi(["lookup", "--memory", good, ...args])).code).toBe(2);
    }
  });
});
