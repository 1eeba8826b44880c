import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FORMAT_NAMES } from "../../src/cli/commands/convert.ts";
import { CONVERT_FORMATS } from "../../src/workflow/convert.ts";
import { runDingyi, sample, starterGlossary } from "./run-dingyi.ts";

const folder = mkdtempSync(join(tmpdir(), "dingyi-cli-"));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

afterAll(() => rmSync(folder, { recursive: true }));

const COMMANDS = [
  "serve",
  "import",
  "extract",
  "compare",
  "align",
  "lookup",
  "analyse",
  "check",
  "convert",
  "export",
  "glossary",
  "backup",
];

describe("help and wrong use", () => {
  it("names every command, the exit codes and where to start", async () => {
    const { code, out } = await runDingyi(["--help"]);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^ {2}${command}\\b`, "m"));
    expect(out).toContain("Exit codes");
    expect(out).not.toMatch(/\bcli:/);
  });

  it("speaks Chinese on a Chinese terminal", async () => {
    const { out } = await runDingyi(["extract", "--help"], { environment: { LC_ALL: "zh_CN.UTF-8" } });
    expect(out).toContain("提法");
    expect(out).not.toMatch(/\bcli:/);
  });

  it.each(COMMANDS)("explains the options of %s in words", async (command) => {
    const { code, out } = await runDingyi([command, "--help"]);
    expect(code).toBe(0);
    expect(out).not.toMatch(/\b(?:cli|analysis)[:.]/);
  });

  it.each([
    { args: ["frobnicate"] },
    { args: ["extract"] },
    { args: ["extract", "--limit", "many", sample("rural-roads-notice.zh.txt")] },
    { args: ["align", "--format", "pdf", "a", "b"] },
    { args: ["lookup"] },
  ])("ends wrong use with 2: $args", async ({ args }) => {
    const { code, out, err } = await runDingyi(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("dingyi");
  });

  it("ends an unreadable input with 3 and names the file", async () => {
    const { code, err } = await runDingyi(["extract", join(folder, "missing.txt")]);
    expect(code).toBe(3);
    expect(err).toContain("missing.txt: there is no such file");
  });

  it("offers the formats that the converter writes", () => {
    expect(FORMAT_NAMES.split(", ")).toEqual([...CONVERT_FORMATS]);
  });
});

describe("extract", () => {
  it("prints the JSON of the contract", async () => {
    const { code, out } = await runDingyi([
      "extract",
      sample("flood-season-notice.zh.txt"),
      sample("flood-control-speech.zh.txt"),
      "--format",
      "json",
    ]);
    expect(code).toBe(0);
    const { documents, formulations, frames } = JSON.parse(out) as Record<string, readonly Record<string, unknown>[]>;
    expect(Object.keys(documents?.[0] ?? {})).toEqual(expect.arrayContaining(["id", "file", "line", "title", "date"]));
    expect(Object.keys(formulations?.[0] ?? {})).toEqual(
      expect.arrayContaining([
        "text",
        "class",
        "count",
        "distinctCount",
        "documents",
        "firstDate",
        "lastDate",
        "independentCount",
        "parents",
        "children",
        "variants",
        "contrasts",
        "evidence",
        "occurrences",
      ]),
    );
    expect(Array.isArray(frames)).toBe(true);
  });

  it("writes a table with class names in words, and says how much it found beside it", async () => {
    const { out, err } = await runDingyi(["extract", sample("flood-season-notice.zh.txt"), "--limit", "5"]);
    expect(out.split("\n")[0]).toBe("Rank\tText\tClass\tCount\tTexts\tDocuments\tAlone\tFirst\tLast");
    expect(out).not.toContain("evidence:");
    expect(err).toMatch(/formulations and \d+ frames in 1 documents/);
  });
});

describe("align", () => {
  it("prints beads like the gold files", async () => {
    const source = file("zh.txt", "第一句话。\n第二句话。\n");
    const target = file("en.txt", "The first sentence.\nThe second sentence.\n");
    const { code, out } = await runDingyi(["align", source, target, "--lines", "--format", "beads"]);
    expect({ code, out }).toEqual({ code: 0, out: "[0]:[0]\n[1]:[1]\n" });
  });

  it.each(["tsv", "json", "tmx", "xliff", "html"])("writes %s", async (format) => {
    const { code, out } = await runDingyi([
      "align",
      sample("flood-season-notice.zh.txt"),
      sample("flood-season-notice.en.txt"),
      "--format",
      format,
    ]);
    expect(code).toBe(0);
    expect(out).toContain("防汛");
  });
});

describe("lookup", () => {
  it("answers one JSON line for each segment, most similar first", async () => {
    const memory = file(
      "memory.tsv",
      "各地要高度重视防汛工作。\tAll localities must attach importance to flood control.\n无关的一句话\tUnrelated\n",
    );
    const { code, out } = await runDingyi(["lookup", "--memory", memory], { input: "各地要高度重视防汛工作\n什么都没有\n" });
    expect(code).toBe(0);
    const [first, second] = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { query: string; matches: { similarity: number; source: string; id: string }[] });
    expect(first?.matches[0]).toMatchObject({ source: "各地要高度重视防汛工作。", id: "1" });
    expect(first?.matches[0]?.similarity).toBeCloseTo((100 * 11) / 12, 5);
    expect(second?.matches).toEqual([]);
  });
});

describe("check", () => {
  it("ends with 1 when a number is wrong, and with 0 when all is well", async () => {
    const bad = file("bad.csv", 'source,target\n共转移群众3.4万人。,"In all, 3,400 people were moved."\n');
    const good = file("good.csv", 'source,target\n共转移群众3.4万人。,"In all, 34,000 people were moved."\n');
    const { code, out } = await runDingyi(["check", bad, "--format", "json"]);
    const { findings } = JSON.parse(out) as { findings: { rule: string; message: string }[] };
    expect(findings.map(({ rule }) => rule)).toContain("numbers");
    expect(findings[0]?.message).not.toMatch(/^checks:/);
    expect(code).toBe(1);
    expect((await runDingyi(["check", good])).code).toBe(0);
  });
});

describe("convert", () => {
  it("gives a file back byte for byte in its own format", async () => {
    const memory = sample("memory.tmx");
    const out = join(folder, "same.tmx");
    expect((await runDingyi(["convert", memory, out])).code).toBe(0);
    expect(readFileSync(out).equals(readFileSync(memory))).toBe(true);
  });

  it("makes an XLIFF out of a document", async () => {
    const out = join(folder, "notice.xlf");
    const { code } = await runDingyi([
      "convert",
      sample("rural-roads-notice.zh.txt"),
      out,
      "--from",
      "zh",
      "--to-language",
      "en",
      "--allow-loss",
    ]);
    expect(code).toBe(0);
    expect(readFileSync(out, "utf8")).toContain("<xliff");
  });

  it("names line and column of broken XML and writes nothing", async () => {
    const broken = file("broken.tmx", '<?xml version="1.0"?>\n<tmx version="1.4"><header/><body>\n<tu></body></tmx>');
    const { code, err } = await runDingyi(["convert", broken, join(folder, "never.xlf")]);
    expect(code).toBe(3);
    expect(err).toMatch(/broken\.tmx:3:\d+: \S/);
    expect(() => readFileSync(join(folder, "never.xlf"))).toThrow(/ENOENT/);
  });
});

describe("compare", () => {
  it("prints classified differences as text, JSON and a page", async () => {
    const base = file("base.txt", "会议要求加强巡查，转移群众３４００人。\n");
    const other = file("other.txt", "会议要求加强检查，转移群众3400人。\n");
    const text = await runDingyi(["compare", base, other]);
    expect(text.out).toMatch(/wording: .*\[-巡-\]\{\+检\+\}/);
    const json = JSON.parse((await runDingyi(["compare", base, other, "--format", "json"])).out) as {
      pairs: { differences: { class: string }[] }[];
    };
    expect(json.pairs.flatMap(({ differences }) => differences.map((one) => one.class)).sort()).toContain("wording");
    expect((await runDingyi(["compare", base, other, "--format", "html"])).out).toContain("<ins>");
  });
});

describe("a glossary for files", () => {
  it("is accepted by extract, align and check", async () => {
    const source = sample("flood-season-notice.zh.txt");
    expect((await runDingyi(["extract", source, "--glossary", starterGlossary])).code).toBe(0);
    expect((await runDingyi(["align", source, sample("flood-season-notice.en.txt"), "--glossary", starterGlossary])).code).toBe(
      0,
    );
  });

  it("is refused with its line when a quotation is broken", async () => {
    const broken = file("broken.csv", 'zh,en\n"防汛,flood control\n');
    const { code, err } = await runDingyi(["extract", sample("flood-season-notice.zh.txt"), "--glossary", broken]);
    expect(code).toBe(3);
    expect(err).toMatch(/broken\.csv:2/);
  });
});
