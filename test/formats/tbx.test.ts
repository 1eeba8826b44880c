import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sortConcepts } from "../../src/formats/glossary-rows.ts";
import { readTbx } from "../../src/formats/tbx.ts";
import { TBX_FORMS } from "../../src/formats/tbx-dialect.ts";
import { writeTbx } from "../../src/formats/tbx-write.ts";
import { arbitraryGlossary, shuffle } from "./glossary-generator.ts";

describe.each(Object.entries(TBX_FORMS))("a glossary as %s", (_, form) => {
  it("comes back equal, with nothing said, and has the same bytes in whatever order it is held", () => {
    fc.assert(
      fc.property(arbitraryGlossary, (concepts) => {
        const { text, losses } = writeTbx(concepts, { form, sourceLanguage: "zh" });
        const read = readTbx(text);
        expect(read.diagnostics).toEqual([]);
        expect(losses).toEqual([]);
        expect(read.value).toEqual(sortConcepts(concepts));
        expect(writeTbx(shuffle(concepts), { form, sourceLanguage: "zh" }).text).toBe(text);
      }),
      { numRuns: 60 },
    );
  });
});
