/** Frames and their renderings: slots compared, read from a text, filled with what the glossary has. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Concept, Term } from "../../src/model/concept.ts";
import { compareSlots, fillTemplate, listSlots, parseFrame, readFillers } from "../../src/terminology/frame-template.ts";
import { createApprovedLookup, renderFrame } from "../../src/workflow/glossary-templates.ts";

const makeTerm = (language: string, text: string, status: Term["status"] = "approved"): Term => ({
  ...{ id: `${language}:${text}`, language, text, status },
  ...{ termType: "phrase", matching: "exact", attestations: [] },
});
const entry = (id: string, ...terms: readonly Term[]): Concept => ({ id, kind: "term", terms });
const languages = { sourceLanguage: "zh", targetLanguage: "en" };

describe("the slots of a frame", () => {
  it.each([
    ["把{X}作为{Y}来抓", "take {X} as {Y}", []],
    ["把{X}作为{Y}来抓", "with {Y} in mind, {X}, and {X} again", []],
    ["把{X}作为{Y}来抓", "take it as {Y}", ["template-slot-missing X"]],
    ["坚决打赢{X}", "win {X} against {Z}", ["template-slot-unknown Z"]],
    ["坚决打赢", "win {X}", ["template-slot-unknown X"]],
    ["{{X}}与{Y", "braces {{X}} and {Y", []],
  ])("of %s against %s", (pattern, template, expected) => {
    expect(compareSlots(pattern, template).map(({ code, values }) => `${code} ${String(values?.["slot"])}`)).toEqual(expected);
  });

  it("are read from a text that is the frame, shortest first from the left, the same slot the same", () => {
    expect(readFillers("把{X}作为{Y}来抓", "把防汛作为头等大事来抓")).toEqual(
      new Map([
        ["X", "防汛"],
        ["Y", "头等大事"],
      ]),
    );
    expect(readFillers("{X}要{Y}", "各地要做到该要的要")).toEqual(
      new Map([
        ["X", "各地"],
        ["Y", "做到该要的要"],
      ]),
    );
    expect(readFillers("{X}再{X}", "动员再动员")).toEqual(new Map([["X", "动员"]]));
    expect(readFillers("{X}再{X}", "动员再部署")).toBeUndefined();
    expect(readFillers("把{X}作为{Y}来抓", "把作为头等大事来抓")).toBeUndefined();
  });

  it("come back as they were filled, whatever the pieces are", () => {
    const words = fc.string({ unit: fc.constantFrom("防", "汛", "a"), minLength: 1, maxLength: 4 });
    const literal = fc.string({ unit: fc.constantFrom("要", "抓"), minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(words, words, literal, literal, (x, y, middle, end) => {
        const pattern = `{X}${middle}{Y}${end}`;
        expect(readFillers(pattern, `${x}${middle}${y}${end}`)).toEqual(
          new Map([
            ["X", x],
            ["Y", y],
          ]),
        );
        expect(listSlots(pattern)).toEqual(["X", "Y"]);
        expect(
          parseFrame(pattern)
            .map((piece) => (piece.kind === "text" ? piece.text : `{${piece.name}}`))
            .join(""),
        ).toBe(pattern);
      }),
    );
  });
});

describe("a template", () => {
  const flood = entry("c1", makeTerm("zh", "防汛"), makeTerm("en", "flood control"));
  const priority = entry("c2", makeTerm("zh", "头等大事"), makeTerm("en", "top priority", "proposed"));
  const frame: Concept = {
    id: "f",
    kind: "frame",
    terms: [makeTerm("zh", "把{X}作为{Y}来抓"), makeTerm("en", "treat {X} as {Y}")],
  };

  it("is filled with approved renderings; what is only proposed stays open", () => {
    const request = { ...languages, frame, text: "把防汛作为头等大事来抓" };
    const half = renderFrame([flood, priority, frame], request);
    expect(half?.text).toBeUndefined();
    expect(half?.pieces).toMatchObject([
      { text: "treat " },
      { kind: "filled", slot: "X", term: { text: "flood control" } },
      { text: " as " },
      { kind: "open", slot: "Y", filler: "头等大事" },
    ]);
    const settled = entry("c2", makeTerm("zh", "头等大事"), makeTerm("en", "the top priority"));
    expect(renderFrame([flood, settled, frame], request)?.text).toBe("treat flood control as the top priority");
    expect(renderFrame([flood, settled, frame], { ...request, text: "防汛" })).toBeUndefined();
  });

  it("takes no rendering that two entries contradict", () => {
    const other = entry("c3", makeTerm("zh", "防 汛"), makeTerm("en", "flood prevention"));
    const find = createApprovedLookup([flood, other], languages);
    expect(find("防汛")).toBeUndefined();
    expect(fillTemplate("{X}", new Map([["X", "防汛"]]), find).pieces).toEqual([{ kind: "open", slot: "X", filler: "防汛" }]);
  });
});
