/** Glossary files of others, and what the schemas and other tools say of ours. Each part is skipped, with a reason, where it is missing. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readGlossaryCsv } from "../../src/formats/glossary-csv.ts";
import { TBX_FORMS } from "../../src/formats/tbx-dialect.ts";
import { readGlossaryFile } from "../../src/workflow/glossary-file.ts";
import { writeGlossary } from "../../src/workflow/glossary-export.ts";
import { findToolkitPython } from "../translate-toolkit.ts";

const samples = "../shared/samples";
const hasSamples = existsSync(samples);
const drivers = "../shared/checks/drivers";
const runs = (command: string, ...args: readonly string[]) => spawnSync(command, args).status === 0;
const canValidate = existsSync(drivers) && runs("xmllint", "--version") && runs("sh", "-c", "command -v jing");
const toolkit = findToolkitPython();
if (!hasSamples) console.log("skipped: ../shared/samples is not here");
if (!canValidate) console.log("skipped: the schemas, xmllint or jing are not here");

function filesOf(set: string): readonly string[] {
  return ["tbx2", "tbx3", "glossary"].flatMap((kind) => {
    const folder = `${samples}/${kind}/${set}`;
    return existsSync(folder) ? readdirSync(folder).map((name) => `${folder}/${name}`) : [];
  });
}

const read = (file: string) =>
  readGlossaryFile({ name: file, bytes: readFileSync(file) }, { languages: { source: "en", target: "de" } });

describe.skipIf(!hasSamples)("glossary files of others", () => {
  it("are read when they are valid or in use", () => {
    for (const file of [...filesOf("valid"), ...filesOf("foreign")]) {
      const { value, diagnostics } = read(file);
      expect(value, file).toBeDefined();
      expect(
        diagnostics.filter(({ severity }) => severity === "error"),
        file,
      ).toEqual([]);
      // One holds a remark and nothing else.
      if (!file.includes("magiccomment")) expect(value?.length, file).toBeGreaterThan(0);
    }
  });

  it("are refused with line and column when they are not", () => {
    for (const file of filesOf("invalid")) {
      const errors = read(file).diagnostics.filter(({ severity }) => severity === "error");
      expect(errors.length, file).toBeGreaterThan(0);
      for (const { line, column } of errors) expect([line, column], file).toEqual([expect.any(Number), expect.any(Number)]);
    }
  });
});

describe("our glossary files", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "dingyi-glossary-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const { value: concepts = [] } = readGlossaryCsv(readFileSync(new URL("../../glossary/starter.csv", import.meta.url), "utf8"));
  const some = concepts.slice(0, 60);
  const languages = { source: "zh", target: "en" };

  it.skipIf(!canValidate)("are valid TBX in every dialect and style", () => {
    const write = (style: string, version: number) =>
      Object.entries(TBX_FORMS).flatMap(([name, form]) => {
        if (form.style !== style || form.version !== version) return [];
        const path = join(folder, `${name}.tbx`);
        writeFileSync(path, writeGlossary(some, { format: name as keyof typeof TBX_FORMS, languages }).bytes);
        return [path];
      });
    const schema = resolve("../shared/schemas/tbx3");
    const modules = join(folder, "dct.nvdl");
    writeFileSync(modules, readFileSync(`${drivers}/tbx-dct.nvdl.in`, "utf8").replaceAll("@S@", `file://${schema}`));
    const dtd = resolve("../shared/schemas/tbx2/TBXcoreStructV02.dtd");
    const said = [
      spawnSync("jing", [`${schema}/TBXcoreStructV03.rng`, ...write("dca", 3)], { encoding: "utf8" }),
      spawnSync("jing", [modules, ...write("dct", 3)], { encoding: "utf8" }),
      spawnSync("xmllint", ["--nonet", "--noout", "--dtdvalid", dtd, ...write("dca", 2)], { encoding: "utf8" }),
    ].map(({ status, stdout }) => [status, stdout]);
    expect(said).toEqual(said.map(() => [0, ""]));
  });

  it.skipIf(toolkit === undefined)("are opened by translate-toolkit: TBX 2 and UTX with every unit", () => {
    const paths = (["tbx2", "utx"] as const).map((format) => {
      const path = join(folder, `toolkit.${format === "utx" ? "utx" : "tbx"}`);
      writeFileSync(path, writeGlossary(some, { format, languages }).bytes);
      return path;
    });
    const script = `
import sys
from translate.storage import factory
for path in sys.argv[1:]:
    units = factory.getobject(path).units
    print(len(units), units[0].source, '|', units[0].target)
`;
    const { stdout } = spawnSync(toolkit ?? "", ["-c", script, ...paths], { encoding: "utf8" });
    const [tbx = "", utx = ""] = stdout.split("\n");
    expect(tbx).toMatch(new RegExp(`^${some.length} .*\\p{Script=Han}.* \\| .*[a-z]`, "u"));
    expect(utx).toMatch(/^\d+ .*\p{Script=Han}.* \| .*[a-z]/u);
  });

  it("come back equal, byte for byte as CSV, from every format that holds all", () => {
    const csv = writeGlossary(concepts, { format: "csv", languages }).bytes;
    for (const format of ["tsv", "xlsx", ...(Object.keys(TBX_FORMS) as (keyof typeof TBX_FORMS)[])] as const) {
      const { bytes, losses } = writeGlossary(concepts, { format, languages });
      const back = readGlossaryFile({ name: `x.${format}`, bytes });
      expect([format, losses, back.diagnostics]).toEqual([format, [], []]);
      expect(Buffer.compare(writeGlossary(back.value ?? [], { format: "csv", languages }).bytes, csv), format).toBe(0);
    }
  });

  it("differ in one place when one term differs", () => {
    const [first] = concepts;
    const term = first?.terms[0];
    if (!first || !term) throw new Error("the starter glossary is empty");
    const changed = concepts.map((one) =>
      one === first ? { ...one, terms: [{ ...term, note: "changed" }, ...one.terms.slice(1)] } : one,
    );
    for (const format of ["csv", "tbx-basic", "tbx2"] as const) {
      const lines = [concepts, changed].map((each) =>
        Buffer.from(writeGlossary(each, { format, languages }).bytes).toString().split("\n"),
      );
      const [before = [], after = []] = lines;
      const reversed = after.toReversed();
      const start = before.findIndex((line, at) => line !== after[at]);
      const tail = before.toReversed().findIndex((line, at) => line !== reversed[at]);
      expect([format, start >= 0, before.length - start - tail <= 2]).toEqual([format, true, true]);
    }
  });
});
