import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runDingyi } from "./run-dingyi.ts";

const folder = mkdtempSync(join(tmpdir(), "dingyi-align-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, lines: readonly string[] | Uint8Array): void {
  const whole = join(folder, path);
  mkdirSync(join(whole, ".."), { recursive: true });
  writeFileSync(whole, lines instanceof Uint8Array ? lines : lines.map((line) => `${line}\n`).join(""));
}

/** German and French, so that no dictionary is built: numbers decide. */
const german = Array.from({ length: 30 }, (_, at) => `Im Jahr ${1900 + at} wurden ${at * 37 + 11} Brücken gebaut.`);
const french = Array.from({ length: 30 }, (_, at) => `En ${1900 + at}, on a construit ${at * 37 + 11} ponts.`);

type Report = {
  pairs: {
    file: string;
    beads: number;
    alone: number;
    confidence: number;
    doubtful: { reason: string; source: { from: number; to: number } }[];
  }[];
  unpaired: string[];
  unreadable: string[];
};

describe("align over two folders", () => {
  write("de/eins.de.txt", german);
  write("fr/eins.fr.txt", french);
  write("de/teil/zwei.txt", german);
  write("fr/teil/zwei.txt", [...french.slice(0, 10), ...french.slice(18)]);
  write("de/allein.txt", german);
  write("de/leer.txt", new Uint8Array());
  write("fr/leer.txt", french);
  const run = (...more: string[]) =>
    runDingyi(["align", join(folder, "de"), join(folder, "fr"), "--from", "de", "--to", "fr", "--lines", ...more]);

  it("writes each alignment and one report of what to look at, names the rest, and ends with 3 for what cannot be read", async () => {
    const out = join(folder, "out");
    const { code, out: text, err } = await run("--out", out, "--format", "beads", "--report-format", "json");
    expect(code).toBe(3);
    expect(readFileSync(join(out, "eins.align"), "utf8")).toBe(german.map((_, at) => `[${at}]:[${at}]\n`).join(""));
    expect(readFileSync(join(out, "teil/zwei.align"), "utf8")).toContain("[12]:[]\n[13]:[]\n[14]:[]\n");
    expect(readdirSync(out).sort()).toEqual(["eins.align", "teil"]);
    const report = JSON.parse(text) as Report;
    expect(report.unpaired).toEqual(["allein.txt"]);
    expect(report.unreadable).toEqual(["leer"]);
    expect(report.pairs.map(({ file }) => file)).toEqual(["eins.align", "teil/zwei.align"]);
    expect(report.pairs[0]).toMatchObject({ beads: 30, alone: 0, doubtful: [] });
    const gap = report.pairs[1]?.doubtful.find(({ reason }) => reason === "alone");
    expect(gap?.source.from).toBeLessThanOrEqual(12);
    expect(gap?.source.to).toBeGreaterThanOrEqual(15);
    expect(err).toContain("allein.txt: has no counterpart");
    expect(err).toMatch(/teil\/zwei\.align: \d+ groups, \d+ without counterpart/u);
  });

  it("writes the report as a table or a page of its own", async () => {
    const page = join(folder, "report.html");
    await run("--out", join(folder, "again"), "--report", page, "--report-format", "html");
    expect(readFileSync(page, "utf8")).toContain("<h2>teil/zwei.tsv</h2>");
    const { out } = await run("--out", join(folder, "again"));
    expect(out.split("\n")[0]).toBe("file\tsource\ttranslation\tconfidence\twhy\tsource text\ttranslation text");
    expect(out).toMatch(/^teil\/zwei\.tsv\t\d+-\d+\t\t0\.\d\d\twithout counterpart\t/mu);
  });

  it("says what is missing", async () => {
    expect((await run()).code).toBe(2);
    expect((await runDingyi(["align", folder, join(folder, "de/eins.de.txt"), "--out", folder])).code).toBe(2);
    const { code, err } = await runDingyi(["align", join(folder, "de/teil"), join(folder, "out"), "--out", folder]);
    expect({ code, said: err.includes("No file of the one folder") }).toEqual({ code: 3, said: true });
  });
});
