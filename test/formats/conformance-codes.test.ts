import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Codes of diagnostics and losses as the sources write them: in an object, or as the first text given to a reporting function. */
const CODE =
  /\b(?:code: |(?:warn|refuse|failed|error|loss|report|RowFault)\((?:context, )?)"([a-z0-9]+(?:-[a-z0-9]+)+|[a-z]+)"/gu;
const FILES = [
  ...readdirSync("src/formats").map((name) => `src/formats/${name}`),
  ...["convert", "read-content", "write-content", "interchange-content", "export-files", "import-translations"].map(
    (name) => `src/workflow/${name}.ts`,
  ),
];

describe.each(["en", "zh-CN"])("the catalogue in %s", (language) => {
  it("has a sentence for every diagnostic and every loss of the formats", () => {
    const keys = new Set(
      ["diagnostics", "losses"].flatMap((namespace) =>
        Object.keys(JSON.parse(readFileSync(`views/locales/${language}/${namespace}.json`, "utf8")) as object).map((key) =>
          key.replace(/_(?:one|other)$/u, ""),
        ),
      ),
    );
    const codes = FILES.flatMap((file) => [...readFileSync(file, "utf8").matchAll(CODE)].map((found) => found[1] ?? ""));
    expect(new Set(codes).size).toBeGreaterThan(80);
    expect([...new Set(codes)].filter((code) => !keys.has(code))).toEqual([]);
  });
});
