/** Files of other tools and of the standards' own suites. They stay where they are; only what our readers say of them is tested. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readGlossaryCsv } from "../../src/formats/glossary-csv.ts";
import { readTmx } from "../../src/formats/tmx.ts";
import { readXliff } from "../../src/formats/xliff.ts";
import { decodeText } from "../../src/formats/encoding.ts";

const samples = "../shared/samples";
if (!existsSync(samples)) console.log("skipped: ../shared/samples is not here");

function filesOf(kind: string, set: string): readonly string[] {
  const folder = `${samples}/${kind}/${set}`;
  return existsSync(folder) ? readdirSync(folder).map((name) => `${folder}/${name}`) : [];
}

describe.skipIf(!existsSync(samples))("XLIFF files of others", () => {
  const kinds = ["xliff12", "sdlxliff", "xliff20", "xliff21", "xliff22"];

  it.each(kinds)("reads every valid %s without a word", (kind) => {
    for (const file of filesOf(kind, "valid")) {
      const bytes = readFileSync(file);
      // One "valid" file holds a byte-order mark and nothing else.
      if (bytes.length < 4) continue;
      const { value, diagnostics } = readXliff(bytes);
      expect(diagnostics, file).toEqual([]);
      expect(value?.length, file).toBeGreaterThan(0);
    }
  });

  it.each(kinds)("reads every %s that breaks the schema and is in use", (kind) => {
    for (const file of filesOf(kind, "foreign")) {
      const { value, diagnostics } = readXliff(readFileSync(file));
      expect(value, file).toBeDefined();
      expect(
        diagnostics.filter((diagnostic) => diagnostic.severity === "error"),
        file,
      ).toEqual([]);
    }
  });

  it.each(kinds)("never crashes on an invalid %s, and names line and column of what it finds", (kind) => {
    const files = filesOf(kind, "invalid");
    let refused = 0;
    let reported = 0;
    for (const file of files) {
      const { value, diagnostics } = readXliff(readFileSync(file));
      if (!value) refused += 1;
      else if (diagnostics.length > 0) reported += 1;
      for (const { line, column } of diagnostics) {
        expect(line, file).toBeGreaterThan(0);
        expect(column, file).toBeGreaterThan(0);
      }
    }
    // The rest breaks rules of modules and fragment identifiers that only schemas and Schematron hold; see xliff2-rules.ts.
    if (files.length > 0)
      console.log(`${kind}: of ${files.length} invalid files ${refused} refused, ${reported} read with warnings`);
    if (kind === "xliff12") expect(refused).toBe(files.length);
  });
});

describe.skipIf(!existsSync(samples))("tables of others", () => {
  it.each(filesOf("glossary", "valid"))("does not crash on %s", (file) => {
    const decoded = decodeText(readFileSync(file));
    expect(decoded.value).toBeDefined();
    readGlossaryCsv(decoded.value?.text ?? "");
  });
});

describe("hostile XML", () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>';
  const cases: readonly (readonly [string, string])[] = [
    ["an entity bomb", `${bomb}<x>&b;</x>`],
    ["an external entity", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'],
    ["endless depth", "<g>".repeat(20_000)],
    ["endless attributes", `<x ${Array.from({ length: 20_000 }, (_, index) => `a${index}="1"`).join(" ")}/>`],
    ["a name that objects inherit", '<xliff version="1.2" __proto__="1"><file><body><trans-unit/></body>'],
    ["a lone start", "<"],
    ["bytes that are no text", "\u0000\u0001"],
  ];
  it.each(cases)("refuses %s at once with its place", (_, text) => {
    for (const read of [readXliff, readTmx]) {
      const { value, diagnostics } = read(text);
      expect(value).toBeUndefined();
      expect(diagnostics.at(-1)).toMatchObject({ severity: "error", line: 1 });
    }
  });
});
