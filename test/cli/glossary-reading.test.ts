/** `glossary list` and `glossary why` on a file, without any store. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runDingyi, starterGlossary } from "./run-dingyi.ts";

const folder = mkdtempSync(join(tmpdir(), "dingyi-cli-glossary-"));
const file = join(folder, "own.csv");
writeFileSync(
  file,
  "concept,kind,language,term,status,source,place\nq1,phrase,zh,严防死守,approved,house,\nq1,phrase,en,hold every line,approved,YX,item 3\nq1,phrase,en,\u001b[31mred,forbidden,,\nq2,term,zh,值守,proposed,,\n",
);
writeFileSync(
  join(folder, "sources.csv"),
  "id,body,title,date,locator,kind\nYX,Yunxi Province,Bulletin,2024-03-02,https://yunxi.example/3,law\n",
);
afterAll(() => rmSync(folder, { recursive: true }));

describe("a glossary file", () => {
  it("is listed by words and standing as a table, as JSON and as CSV", async () => {
    const table = await runDingyi(["glossary", "list", "--glossary", file, "--search", "LINE"]);
    expect([table.code, table.err]).toEqual([0, ""]);
    expect(table.out).toContain("严防死守 (approved)");
    expect(table.out).not.toContain("\u001b");
    expect(table.out.trimEnd().split("\n")).toHaveLength(1);
    const json = await runDingyi(["glossary", "list", "--glossary", file, "--status", "proposed", "--format", "json"]);
    expect((JSON.parse(json.out) as { concepts: { id: string }[] }).concepts.map(({ id }) => id)).toEqual(["q2"]);
    expect(
      (await runDingyi(["glossary", "list", "--glossary", starterGlossary, "--format", "csv"])).out.split("\n").length,
    ).toBeGreaterThan(500);
  });

  it("explains a wording with where its sources can be found, and says what it does not know", async () => {
    const text = await runDingyi(["glossary", "why", "Hold every line", "--glossary", file]);
    expect(text.code).toBe(0);
    for (const words of [
      "Yunxi Province, Bulletin, 2024-03-02; https://yunxi.example/3, item 3",
      "not on record",
      "No decisions are on record",
    ]) {
      expect(text.out).toContain(words);
    }
    const json = await runDingyi(["glossary", "why", "严防死守", "--glossary", file, "--format", "json"]);
    expect(JSON.parse(json.out)).toMatchObject({ entries: [{ rendering: { text: "hold every line" }, decisions: [] }] });
  });

  it("that cannot be read, and a wording of no entry, have their exit codes", async () => {
    expect((await runDingyi(["glossary", "list", "--glossary", join(folder, "none.csv")])).code).toBe(3);
    expect((await runDingyi(["glossary", "why", "没有", "--glossary", file])).code).toBe(2);
  });
});
