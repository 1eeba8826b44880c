import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "papaparse";
import { afterAll, describe, expect, it } from "vitest";
import { runDingyi, sample } from "./run-dingyi.ts";

const folder = mkdtempSync(join(tmpdir(), "dingyi-analyse-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

type Counted = {
  readonly bands: Readonly<Record<string, { readonly segments: number; readonly words: number }>>;
  readonly total: { readonly segments: number };
};
type Report = { readonly files: readonly (Counted & { readonly name: string })[]; readonly total: Counted };
const bandsOf = ({ bands }: Counted) =>
  Object.fromEntries(Object.entries(bands).flatMap(([band, { segments }]) => (segments > 0 ? [[band, segments]] : [])));

const XLIFF = `<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh" target-language="en" datatype="plaintext"><body>
<trans-unit id="1"><source>各村要立即修复受损道路。</source></trans-unit>
<trans-unit id="2" translate="no"><source>不译的一句话。</source></trans-unit>
<trans-unit id="3"><source>第一条，防汛工作由县级负责。</source></trans-unit>
</body></file></xliff>`;
const TMX = `<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="zh" datatype="plaintext"/><body>
<tu><prop type="x-context-pre">各村要立即修复受损道路。</prop><prop type="x-context-post">第二条，新的规定。</prop>
<tuv xml:lang="zh"><seg>第一条，防汛工作由县级负责。</seg></tuv><tuv xml:lang="en"><seg>Article 1</seg></tuv></tu>
</body></tmx>`;

describe("dingyi analyse", () => {
  it("counts documents and bilingual files in folders against memories, each segment once", async () => {
    mkdirSync(join(folder, "texts"), { recursive: true });
    const text = file(
      "texts/a.txt",
      "各村要立即修复受损道路。\n\n第一条，防汛工作由县级负责。\n\n第二条，新的规定。\n\n第二条，新的规定。\n",
    );
    const xliff = file("b.xlf", XLIFF);
    const memory = file("memory.tmx", TMX);
    const table = file("memory.tsv", "各村要尽快修复受损道路。\tRepair the roads.\n");
    const args = ["analyse", join(folder, "texts"), xliff, "--memory", memory, "--memory", table, "--format", "json"];
    const { code, out, err } = await runDingyi(args);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const report = JSON.parse(out) as Report;
    expect(report.files.map(({ name }) => name)).toEqual([text, xliff]);
    expect(report.files.map(bandsOf)).toEqual([
      { icm: 1, repetition: 1, "fuzzy-75": 1, new: 1 },
      { locked: 1, exact: 1, "cross-file-repetition": 1 },
    ]);
    expect(report.total.total.segments).toBe(6);
  });

  it("writes a table for people and CSV for spreadsheets, in the language of the terminal", async () => {
    const table = await runDingyi(["analyse", sample("rural-roads-notice.zh.txt"), "--memory", sample("memory.tmx")]);
    expect(table.out).toMatch(/^Total +\d+ +\d+/m);
    expect(table.err).toContain("Compared with");
    const chinese = await runDingyi(["analyse", sample("rural-roads-notice.zh.txt"), "--no-internal"], {
      environment: { LC_ALL: "zh_CN.UTF-8" },
    });
    expect(chinese.out).toContain("合计");
    expect(chinese.out).not.toContain("内部匹配");
    const csv = await runDingyi(["analyse", sample("rural-roads-notice.zh.txt"), "--format", "csv"]);
    const { data } = parse<Record<string, string>>(csv.out.replace("\ufeff", ""), { header: true, skipEmptyLines: true });
    expect(data).toHaveLength(1);
    expect(Number(data[0]?.["Total Words"])).toBeGreaterThan(100);
  });

  it("ends with 3 when something could not be read, and counts the rest; with 2 when it is used wrongly", async () => {
    const text = file("c.txt", "各村要立即修复受损道路。\n");
    const partly = await runDingyi(["analyse", text, join(folder, "missing.docx"), "--format", "json"]);
    expect(partly.code).toBe(3);
    expect((JSON.parse(partly.out) as Report).files).toHaveLength(1);
    const broken = await runDingyi(["analyse", file("broken.xlf", XLIFF.slice(0, 400))]);
    expect(broken.code).toBe(3);
    expect(broken.err).toMatch(/broken\.xlf:\d+:\d+: /);
    expect((await runDingyi(["analyse", text, "--memory", join(folder, "missing.tmx")])).code).toBe(3);
    expect((await runDingyi(["analyse", text, "--memory", text, "--project", "x"])).code).toBe(2);
    const data = join(folder, "data");
    expect((await runDingyi(["analyse", text, "--project", "x", "--data", data])).code).toBe(2);
  });
});
