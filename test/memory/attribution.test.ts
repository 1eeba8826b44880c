import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adaptAttribution, compareAttributions, coreKey, splitAttribution } from "../../src/memory/attribution.ts";

const table = readFileSync(new URL("../fixtures/memory/attribution-twins.tsv", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split("\t"));

const RENDERINGS = new Map([
  ["会议强调", "the meeting stressed that"],
  ["省长指出", "the governor noted"],
]);

describe("attribution twins", () => {
  it.each(table)("compares “%s” with “%s”", (query = "", unit = "", isSame, change, target = "", proposal = "") => {
    const key = coreKey(query, "zh");
    expect(key !== "" && key === coreKey(unit, "zh") ? "yes" : "no").toBe(isSame);
    if (isSame === "no") return;
    const { kind, query: mine = "", unit: theirs = "" } = compareAttributions(query, unit, "zh");
    expect(kind === "none" ? kind : `${kind} ${mine}/${theirs}`).toBe(change);
    const texts = { query, unit, target, sourceLanguage: "zh", targetLanguage: "en" };
    const twin = adaptAttribution({ ...texts, renderingOf: (text) => RENDERINGS.get(text) });
    expect((twin.isToDo ? "?" : "") + twin.text).toBe(proposal);
  });

  it("takes English reporting clauses off too", () => {
    const text = "The meeting stressed that flood control must be done well.";
    expect(coreKey(text, "en")).toBe("flood control must be done well");
    expect(splitAttribution(text, "en").attribution?.text).toBe("The meeting stressed that");
  });

  it("leaves a core that lies within the text, whatever stands in it", () => {
    const piece = fc.constantFrom(
      ..."会议 强调 指出 ， ： “ ” 。 【 】 新华社 6月3日电 要做好 防汛 《 》 that said".split(" "),
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (parts) => {
        const text = parts.join("");
        const { core, attribution } = splitAttribution(text, "zh");
        expect(0 <= core.start && core.start <= core.end && core.end <= text.length).toBe(true);
        if (attribution) expect(text.slice(attribution.start, attribution.end)).toBe(attribution.text);
      }),
    );
  });
});
