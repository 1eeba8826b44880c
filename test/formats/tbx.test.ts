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

const entry = (inside: string) =>
  `<conceptEntry id="c1"><langSec xml:lang="zh"><termSec><term>防汛</term>${inside}</termSec></langSec></conceptEntry>`;
const tbx = (body: string, root = 'type="TBX-Min" style="dca"') =>
  `<?xml version="1.0"?>\n<tbx ${root} xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>\n${body}\n</body></text></tbx>`;
const codesOf = (text: string) => readTbx(text).diagnostics.map(({ code, severity, line }) => [code, severity, line]);

describe("TBX of others", () => {
  it("is read by version, dialect and style; what has no field is kept in the note", () => {
    const martif = `<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader><text><body>
      <termEntry><descrip type="subjectField">water</descrip><descrip type="relatedConceptBroader" target="c9">relief</descrip>
        <langSet xml:lang="en"><ntig><termGrp><term>flood
          control</term><termNote type="termType">synonym</termNote><termNote type="register">formal</termNote></termGrp>
          <descripGrp><descrip type="context">in  flood control work</descrip><admin type="source">Notice 1</admin></descripGrp></ntig></langSet>
        <langSet xml:lang="zh"><tig><term>防<hi>汛</hi></term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig></langSet>
      </termEntry></body></text></martif>`;
    const { value, diagnostics, facts } = readTbx(martif, { sourceLanguage: "zh" });
    expect(facts).toEqual({ version: 2, dialect: "TBX" });
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([["tbx-kept-in-note", 4]]);
    expect(value).toMatchObject([
      {
        id: "line:2",
        domain: "water",
        relations: [{ type: "broader", conceptId: "c9" }],
        terms: [
          {
            text: "flood control",
            note: "register: formal",
            attestations: [{ source: "Notice 1", targetQuotation: "in flood control work" }],
          },
          { text: "防汛", status: "approved" },
        ],
      },
    ]);
  });

  it("is reported by line: dialect, style, modules, statuses, categories, doubled and empty entries", () => {
    const cases: readonly (readonly [string, readonly unknown[]])[] = [
      [tbx(entry(""), 'style="dca"'), ["tbx-dialect-missing", "warning", 2]],
      [tbx(entry(""), 'type="TBX-Own" style="dca"'), ["tbx-dialect-unknown", "warning", 2]],
      [tbx(entry(""), 'type="TBX-Min"'), ["tbx-style-missing", "warning", 2]],
      [tbx(entry('<x:own xmlns:x="urn:own">more</x:own>')), ["tbx-module-foreign", "warning", 3]],
      [tbx(entry('<termNote type="administrativeStatus">splendid</termNote>')), ["tbx-status-unknown", "error", 3]],
      [tbx(entry('<admin type="source">x</admin>')), ["tbx-category-not-in-dialect", "error", 3]],
      [
        tbx(entry('<m:partOfSpeech xmlns:m="http://www.tbxinfo.net/ns/min">noun</m:partOfSpeech>')),
        ["tbx-style-mixed", "error", 3],
      ],
      [tbx(`${entry("")}\n${entry("")}`), ["tbx-id-repeated", "error", 4]],
      [tbx('<conceptEntry id="c2"></conceptEntry>'), ["tbx-entry-without-language", "error", 3]],
      [tbx(entry("").replace(' xml:lang="zh"', "")), ["tbx-language-missing", "error", 3]],
    ];
    for (const [text, expected] of cases) expect(codesOf(text)).toContainEqual(expected);
  });

  it("that is broken, hostile or something else gives nothing but the place", () => {
    for (const text of [
      tbx(entry("<note>")),
      "<xliff/>",
      '<!DOCTYPE martif [<!ENTITY a "b">]><martif/>',
      tbx(entry("&own;")),
      "no XML at all",
    ]) {
      const { value, diagnostics } = readTbx(text);
      expect(value).toBeUndefined();
      expect(diagnostics).toMatchObject([
        { severity: "error", line: expect.any(Number) as number, column: expect.any(Number) as number },
      ]);
    }
  });

  it("says who made an entry where the dialect can", () => {
    const given = readTbx(tbx(entry(""))).value ?? [];
    const transactions = new Map([["c1", [{ type: "origination", by: "Li Min", at: "2026-01-05T08:00:00Z" } as const]]]);
    const { text } = writeTbx(given, { form: TBX_FORMS["tbx-basic"], sourceLanguage: "zh", transactions });
    expect(text).toContain('<transac type="transactionType">origination</transac>');
    expect(text).toContain("<date>2026-01-05T08:00:00Z</date>");
  });
});
