import {
  mkdirSync,
  mkdtempSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { makeDocx } from "../formats/docx-sample.ts";
import type { Ended } from "./run-dingyi.ts";
import { mainFile, runDingyi, sample } from "./run-dingyi.ts";

const folder = mkdtempSync(join(tmpdir(), "dingyi-bad-"));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
afterAll(() => rmSync(folder, { recursive: true }));

const XLIFF = (inner: string, doctype = "") =>
  `<?xml version="1.0"?>\n${doctype}<xliff version="1.2"><file original="a" source-language="zh" target-language="en" datatype="plaintext"><body>\n` +
  `<trans-unit id="1"><source>${inner}</source><target>x</target></trans-unit></body></file></xliff>`;
const TMX = (units: string) =>
  `<tmx version="1.4"><header srclang="zh" segtype="sentence" adminlang="en" datatype="plaintext" creationtool="t" creationtoolversion="1" o-tmf="t"/><body>\n${units}</body></tmx>`;
const UNIT = (zh: string, en: string) =>
  `<tu><tuv xml:lang="zh"><seg>${zh}</seg></tuv><tuv xml:lang="en"><seg>${en}</seg></tuv></tu>\n`;
const good = file("good.txt", "各地要全力抓好防汛工作。\n".repeat(12));

/** Nothing of a stack, no source file of ours, no key of a catalogue. */
function expectCalm({ err }: Ended): void {
  expect(err).not.toMatch(/\n\s+at |\.ts:\d+|\bnode:internal|\b(?:cli|diagnostics|losses):[a-z]/);
}

describe("XML that means harm", () => {
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join("");
  it.each([
    ["billion laughs", XLIFF("&e9;", `<!DOCTYPE xliff [<!ENTITY e0 "ha">${laughs}]>\n`), ":2:1:"],
    ["one long entity often", XLIFF("&e;".repeat(9999), `<!DOCTYPE xliff [<!ENTITY e "${"x".repeat(9999)}">]>\n`), ":2:1:"],
    ["an entity from a file", XLIFF("&e;", `<!DOCTYPE xliff [<!ENTITY e SYSTEM "file:///etc/hostname">]>\n`), ":2:1:"],
    ["an entity from an outer DTD", XLIFF("&e;", `<!DOCTYPE xliff SYSTEM "file:///none.dtd">\n`), ":4:"],
    ["200,000 elements inside each other", XLIFF(`${'<g id="1">'.repeat(200_000)}${"</g>".repeat(200_000)}`), ":3:"],
    ["an attribute of 8 MB", XLIFF("一").replace('original="a"', `original="${"a".repeat(8_000_000)}"`), ":2:"],
    ["the end missing", XLIFF("一").slice(0, -30), ":3:"],
  ])("refuses %s with its place, and writes nothing", async (_, content, place) => {
    const path = file("harm.xlf", content);
    const out = join(folder, "harm.tmx");
    const ended = await runDingyi(["convert", path, out, "--allow-loss"]);
    expect(ended.code).toBe(3);
    expect(ended.err).toContain(`harm.xlf${place}`);
    expectCalm(ended);
    expect(existsSync(out)).toBe(false);
  });

  it("does not take exponential time over comments before the root", async () => {
    const ended = await runDingyi([
      "convert",
      file("comments.txt", `${"<!---->".repeat(500)}x 各地`),
      "-",
      "--to",
      "tmx",
      "--allow-loss",
    ]);
    expect(ended.code).toBe(0);
  });

  it("does not read an XLIFF without declaration as prose", async () => {
    const ended = await runDingyi(["extract", file("plain.xlf", XLIFF("一").replace(/^.*\n/, ""))]);
    expect({ code: ended.code, out: ended.out }).toEqual({ code: 3, out: "" });
  });
});

describe("a batch with bad files", () => {
  it("names each on a line of its own, goes on, and ends with 3", async () => {
    const bad = [
      file("empty.txt", ""),
      file(
        "binary.txt",
        Uint8Array.from({ length: 5000 }, (_, at) => (at * 7) % 256),
      ),
      file("nul.txt", "防汛\u0000工作\u0000"),
      file("cut.docx", makeDocx({ body: "<w:p><w:r><w:t>甲</w:t></w:r></w:p>" }).slice(0, 300)),
      file("line\nend\u202e\u001b[31m.txt", "\u0000"),
      file("nested.md", `${"- ".repeat(20_000)}甲`),
      join(folder, "missing.txt"),
    ];
    const ended = await runDingyi(["extract", ...bad, good, "--format", "json"]);
    expect(ended.code).toBe(3);
    const { documents } = JSON.parse(ended.out) as { documents: readonly { readonly file: string }[] };
    expect(documents.map((document) => document.file)).toEqual([good]);
    const lines = ended.err.trim().split("\n");
    expect(lines).toHaveLength(bad.length + 1);
    for (const name of [
      "empty.txt: ",
      "binary.txt:",
      "nul.txt:1:3: ",
      "cut.docx: ",
      "line\\u{a}end\\u{202e}\\u{1b}[31m.txt:1:1: ",
      "nested.md:1: ",
      "missing.txt: ",
    ]) {
      expect(lines.filter((line) => line.includes(name))).toHaveLength(1);
    }
    expectCalm(ended);
  });

  it("goes on over a folder and an absent file in check", async () => {
    const inner = join(folder, "folder.xlf");
    mkdirSync(inner);
    const ended = await runDingyi(["check", inner, join(folder, "none.xlf"), file("ok.xlf", XLIFF("一"))]);
    expect(ended.code).toBe(3);
    expect(ended.err).toMatch(/folder\.xlf: is a folder.*\n.*none\.xlf: there is no such/);
    expect(ended.out).not.toBe("");
    expectCalm(ended);
  });

  it("ends with 3 when a memory or table is damaged half-way", async () => {
    const cut = file("cut.tmx", TMX(UNIT("甲", "A") + UNIT("乙", "B")).slice(0, -30));
    const quote = file("quote.csv", 'source,target\n甲,A\n"乙"丙,B\n丁,D\n');
    const checked = await runDingyi(["check", cut, quote]);
    expect(checked.code).toBe(3);
    expect(checked.err).toMatch(/cut\.tmx:\d+:\d+: /);
    expect(checked.err).toContain("quote.csv:3:1: ");
    const looked = await runDingyi(["lookup", "--memory", cut], { input: "甲\n" });
    expect(looked.code).toBe(3);
    expect(JSON.parse(looked.out)).toMatchObject({ query: "甲", matches: [{ target: "A" }] });
    const aligned = await runDingyi(["align", good, good, "--memory", cut]);
    expect({ code: aligned.code, out: aligned.out }).toEqual({ code: 3, out: "" });
    for (const ended of [checked, looked, aligned]) expectCalm(ended);
  });

  it.each(['{"sourceLanguage":"zh","resources":null}', '{"sourceLanguage":"zh","resources":{"a":null}}', "[".repeat(50_000)])(
    "refuses an object of the wrong shape (%#)",
    async (content) => {
      const ended = await runDingyi(["convert", file("odd.json", content), join(folder, "odd.xlf")]);
      expect(ended.code).toBe(3);
      expect(ended.err).toContain("odd.json");
      expectCalm(ended);
    },
  );
});

describe("output that cannot be written", () => {
  it.each([
    ["a folder that is not there", join(folder, "none", "out.tmx")],
    ["a folder", folder],
    ["a path through a file", join(good, "out.tmx")],
  ])("says so in words for %s", async (_, out) => {
    const ended = await runDingyi(["convert", file("ok.xlf", XLIFF("一")), out, "--to", "tmx", "--allow-loss"]);
    expect(ended.code).toBe(3);
    expect(ended.err).toContain(folder);
    expectCalm(ended);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("keeps links and permissions of a file that it replaces", async () => {
    const real = file("real.tmx", "old");
    const link = join(folder, "link.tmx");
    symlinkSync(real, link);
    const { mode } = statSync(real);
    expect((await runDingyi(["convert", file("ok.xlf", XLIFF("一")), link, "--allow-loss"])).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, "utf8")).toContain("<tmx");
    expect(statSync(real).mode).toBe(mode);
  });

  it.skipIf(!existsSync("/dev/full"))(
    "ends with 3 when standard output is full, and writes into a device without replacing it",
    async () => {
      const full = await runShell('exec "$0" "$@" > /dev/full', [
        "align",
        sample("flood-season-notice.zh.txt"),
        sample("flood-season-notice.en.txt"),
      ]);
      expect(full.code).toBe(3);
      expectCalm(full);
      const device = await runDingyi(["convert", file("ok.xlf", XLIFF("一")), "/dev/null", "--to", "tmx", "--allow-loss"]);
      expect(device.code).toBe(0);
      expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    },
  );

  it.skipIf(process.platform === "win32")(
    "ends quietly when the reader of the results, or of what is said, goes away",
    async () => {
      const results = await runShell('"$0" "$@" | head -c 10', [
        "extract",
        good,
        sample("flood-control-speech.zh.txt"),
        "--format",
        "json",
      ]);
      expect(results.err).not.toMatch(/EPIPE|\n\s+at /);
      const said = await runShell('"$0" "$@" 2>&1 >/dev/null | true; echo "${PIPESTATUS[0]}"', [
        "convert",
        good,
        "-",
        "--to",
        "tmx",
      ]);
      expect(said.out.trim()).toBe("2");
    },
  );

  it.skipIf(process.platform === "win32")("says so when standard input cannot be read", async () => {
    const memory = file("memory.tmx", TMX(UNIT("甲", "A")));
    const ended = await runShell('exec "$0" "$@" < /', ["lookup", "--memory", memory]);
    expect(ended.code).toBe(3);
    expectCalm(ended);
    const closed = await runShell('exec "$0" "$@" <&-', ["lookup", "--memory", memory]);
    expect({ code: closed.code, out: closed.out }).toEqual({ code: 0, out: "" });
  });
});

/** The command inside a line of shell: `$0` is a script that starts it, `$@` its arguments. */
function runShell(line: string, args: readonly string[]): Promise<Ended> {
  const starter = join(folder, "dingyi.sh");
  writeFileSync(starter, `#!/bin/sh\nexec "${process.execPath}" --disable-warning=ExperimentalWarning "${mainFile}" "$@"\n`, {
    mode: 0o755,
  });
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-c", line, starter, ...args], {
      env: { ...process.env, LC_ALL: "en_US.UTF-8" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (piece: Buffer) => (out += piece.toString()));
    child.stderr.on("data", (piece: Buffer) => (err += piece.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}
