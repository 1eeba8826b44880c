/** What other programs make of the memories that we write: validators, translate-toolkit, OmegaT. Skipped where these are absent. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { DtdValidator, XmlDocument, XmlDtd } from "libxml2-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTmxReader } from "../../src/formats/tmx.ts";
import type { TmxUnit } from "../../src/formats/tmx.ts";
import { writeTmx } from "../../src/formats/tmx-write.ts";
import { findToolkitPython } from "../translate-toolkit.ts";

const run = promisify(execFile);
const checks = resolve("../shared/checks");
const samples = resolve("../shared/samples/tmx");
const has = (path: string) => {
  if (existsSync(path)) return true;
  console.log(`skipped: ${path} is not here`);
  return false;
};
const dtd = resolve("../shared/schemas/tmx/tmx14.dtd");
const toolkit = findToolkitPython();
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "dingyi-tmx-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shared = { sourceLanguage: "zh", targetLanguage: "en", state: "reviewed" as const };
const UNITS: readonly TmxUnit[] = [
  {
    ...{ ...shared, id: "1", source: "云溪省加强防汛工作。", target: "Yunxi is stepping up flood control." },
    ...{ author: "林岚", createdAt: "2026-03-01T08:00:00.000Z", changedAt: "2026-03-02T08:00:00.000Z" },
    ...{ previous: "前文。", next: "后文。", document: "通知", notes: ["备注"] },
    properties: [
      { type: "x-domain", value: "水利" },
      { type: "x-tmx-creationid", value: "周" },
      { type: "x-tmx-segtype", value: "nonsense" },
    ],
  },
  {
    ...{ ...shared, id: "2", source: "保障粮食安全。", target: "Safeguard <food> & security." },
    sourceCodes: [
      { at: 2, xml: '<bpt i="1">&lt;b&gt;</bpt>' },
      { at: 4, xml: '<ept i="1">&lt;/b&gt;</ept>' },
      { at: 4, xml: '<x id="7"/>' },
      { at: 5, xml: "</g>" },
      { at: 6, xml: '<bpt i="9"/>' },
      { at: 6, xml: '<it pos="middle"/>' },
    ],
  },
];

function writeFile(name: string): string {
  const path = join(folder, name);
  const { text, losses } = writeTmx(UNITS, { sourceLanguage: "zh", toolVersion: "1" });
  expect(losses).toEqual([{ code: "codes-as-placeholders", count: 4 }]);
  writeFileSync(path, text);
  return path;
}

/** A file as it comes out again after it was read. */
function writeAgain(content: string | Uint8Array, known?: string) {
  const units: TmxUnit[] = [];
  const reader = createTmxReader({}, (unit) => units.push(unit));
  reader.write(content);
  const sourceLanguage = known ?? reader.end().header?.sourceLanguage ?? "en";
  return { ...writeTmx(units, { sourceLanguage, toolVersion: "1", languageTags: "as-is" }), sourceLanguage };
}

describe("memories that are written", () => {
  it.skipIf(!has("/usr/bin/xmllint") || !has(checks))("are valid for the validator of all formats", async () => {
    const { stdout } = await run(join(checks, "validate.sh"), ["--fast", writeFile("ours.tmx")]);
    expect(stdout).toMatch(/^VALID tmx14 /);
  });

  it.skipIf(!has(dtd) || !has(samples))(
    "are valid also when they come from the files of others, and the same when written again",
    () => {
      const validator = new DtdValidator(XmlDtd.fromString(readFileSync(dtd, "utf8")));
      for (const set of ["valid", "foreign"]) {
        for (const name of readdirSync(join(samples, set))) {
          const { text, sourceLanguage } = writeAgain(readFileSync(join(samples, set, name)));
          const document = XmlDocument.fromString(text.replace(/<!DOCTYPE[^>]*>/u, ""));
          expect(() => validator.validate(document), name).not.toThrow();
          document.dispose();
          expect(writeAgain(text, sourceLanguage).text, name).toBe(text);
        }
      }
      validator.dispose();
    },
  );

  it.skipIf(toolkit === undefined || !has(checks))("are read by translate-toolkit", async () => {
    const { stdout } = await run(toolkit ?? "", [join(checks, "client-translate-toolkit.py"), writeFile("toolkit.tmx")]);
    expect(stdout).toContain("2 units");
    expect(stdout).toContain("云溪省加强防汛工作。\tYunxi is stepping up flood control.");
    expect(stdout).toContain("\tSafeguard <food> & security.");
  });

  it.skipIf(!has("/usr/bin/omegat") || !has(checks))(
    "are taken by OmegaT as matches",
    async () => {
      const document = join(folder, "document.xlf");
      const text = "云溪省加强防汛工作。";
      writeFileSync(
        document,
        '<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="d" datatype="plaintext" source-language="zh-CN" target-language="en-US"><body>' +
          `<trans-unit id="1"><source>${text}</source><target>${text}</target></trans-unit></body></file></xliff>`,
      );
      const memory = writeFile("omegat.tmx");
      const { stdout } = await run(join(checks, "client-omegat.sh"), ["zh-CN", "en-US", document, memory]);
      expect(stdout).toContain("Reading of TMX file complete");
      // OmegaT writes the units that have a translation now.
      expect(stdout).toContain("OmegaT TMX units: 1");
    },
    120_000,
  );
});
