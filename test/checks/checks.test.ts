import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupFindings } from "../../src/checks/group-findings.ts";
import { RULES } from "../../src/checks/registry.ts";
import { runChecks } from "../../src/checks/run-checks.ts";
import { readGlossaryCsv } from "../../src/formats/glossary-csv.ts";
import type { CheckedPair, Finding } from "../../src/model/finding.ts";

const read = (name: string): string => readFileSync(new URL(`../fixtures/checks/${name}`, import.meta.url), "utf8");
const concepts = readGlossaryCsv(read("glossary.csv")).value ?? [];
const rows = read("pairs.tsv")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split("\t"));

function pair(source: string, target: string, changes: Partial<CheckedPair> = {}): CheckedPair {
  return { id: "1", source, target, state: "translated", file: "a", unit: "1", ...changes };
}

function check(pairs: readonly CheckedPair[], options: Parameters<typeof runChecks>[1] = {}): readonly Finding[] {
  return runChecks({ pairs, concepts, sourceLanguage: "zh", targetLanguage: "en" }, options);
}

describe("the rules that look at one pair", () => {
  it("read a glossary", () => {
    expect(concepts.length).toBe(15);
  });

  it.each(rows)("%s → %s: %s", (source = "", target = "", expected = "") => {
    const found = check([pair(source, target)]).map(({ rule, severity, message }) => `${rule}:${severity}:${message}`);
    expect(found.join(" ")).toBe(expected);
  });

  it("have bad and good pairs each", () => {
    for (const { id, checkPair } of RULES) {
      if (checkPair)
        expect(
          rows.some(([, , expected]) => expected?.startsWith(id)),
          id,
        ).toBe(true);
    }
    expect(rows.filter(([, , expected]) => !expected).length).toBeGreaterThan(40);
  });
});

describe("a finding on a rendering", () => {
  it("says how many stand in the source and how many were found, and where", () => {
    const source = "要精准施策，再精准施策";
    const [finding] = check([pair(source, "Take targeted measures.")]);
    expect(finding?.values).toMatchObject({ term: "精准施策", count: 2, found: 1, actual: "targeted measures" });
    expect(source.slice(finding?.sourceSpan?.start, finding?.sourceSpan?.end)).toBe("精准施策");
    expect(finding?.expected).toEqual(["targeted measures", "measures targeted to local conditions"]);
  });

  it("names the look-alike that stands there instead", () => {
    const target = "strengthen oversight and administration";
    const [finding] = check([pair("加强监督检查", target)]);
    expect(finding?.values.sibling).toBe("监督管理");
    expect(target.slice(finding?.targetSpan?.start, finding?.targetSpan?.end)).toBe("oversight and administration");
  });

  it("asks for nothing where there is no fixed rendering, and still refuses what is refused", () => {
    const term = (language: string, text: string, status: "approved" | "admitted" | "deprecated" | "proposed") =>
      ({ id: text, language, text, status, termType: "phrase", matching: "inflecting", attestations: [] }) as const;
    const told = (paraphrased: boolean, english: "admitted" | "proposed", target: string) =>
      runChecks({
        concepts: [
          {
            id: "c",
            kind: "phrase",
            paraphrased,
            terms: [
              term("zh", "压实", "approved"),
              term("en", "see that all do their part", english),
              term("en", "compact", "deprecated"),
            ],
          },
        ],
        sourceLanguage: "zh",
        targetLanguage: "en",
        pairs: [pair("压实责任", target)],
      }).map(({ rule, expected }) => [rule, ...expected]);
    const wanted = "see that all do their part";
    expect(told(false, "admitted", "Fix responsibility.")).toEqual([["rendering-missing", wanted]]);
    expect(told(true, "admitted", "Fix responsibility.")).toEqual([]);
    expect(told(true, "admitted", "Compact responsibility.")).toEqual([["rendering-forbidden", wanted]]);
    expect(told(false, "proposed", "Compact responsibility.")).toEqual([["rendering-forbidden", wanted]]);
  });

  it("asks for a term only within the dates for which it holds", () => {
    const dated = concepts.map((concept) => ({
      ...concept,
      terms: concept.terms.map((term) => (term.text === "targeted measures" ? { ...term, validUntil: "2019" } : term)),
    }));
    const input = { concepts: dated, sourceLanguage: "zh", targetLanguage: "en", pairs: [pair("精准施策", "targeted measures")] };
    expect(runChecks(input, { dates: new Map([["a", "2019-12-31"]]) })).toEqual([]);
    expect(runChecks(input, { dates: new Map([["a", "2020-01-01"]]) }).map(({ message }) => message)).toContain("outdated");
  });

  it("leaves the missing rendering to be reported when the other rule is off", () => {
    const findings = check([pair("精准施策", "precise policies")], { profile: { rules: { "rendering-forbidden": "off" } } });
    expect(findings.map(({ rule }) => rule)).toEqual(["rendering-missing"]);
  });
});

describe("consistency", () => {
  it("reports the pairs that depart from the commonest translation, across files and widths", () => {
    const pairs = [
      pair("落实责任，", "Fulfil duties,", { id: "1" }),
      pair("落实责任,", "Carry out duties,", { id: "2", file: "b" }),
      pair("落实责任，", "Carry out duties,", { id: "3", file: "c" }),
      pair("其他", "Other", { id: "4" }),
    ];
    const findings = check(pairs);
    expect(findings.map(({ rule, pair: id, severity }) => [rule, id, severity])).toEqual([
      ["same-source-different-target", "1", "warning"],
    ]);
    expect(findings[0]?.expected).toEqual(["Carry out duties,"]);
  });

  it("calls a difference in marks or spaces a hint", () => {
    const [finding] = check([pair("总则", "General rules", { id: "1" }), pair("总则", "General rules.", { id: "2" })]);
    expect([finding?.severity, finding?.message]).toEqual(["information", "marks"]);
  });

  it("reports one translation for different sources as a hint", () => {
    const findings = check([pair("责任到人", "Assign duties", { id: "1" }), pair("责任到岗", "Assign duties", { id: "2" })]);
    expect(findings.map(({ rule, pair: id, severity }) => [rule, id, severity])).toEqual([
      ["same-target-different-source", "2", "information"],
    ]);
  });
});

describe("profile and order", () => {
  it("switches rules off and sets severities, but leaves hints as they are", () => {
    const pairs = [pair("共3400座", "3,040", { id: "1" }), pair("精准施策，再精准施策", "targeted measures", { id: "2" })];
    const profile = { rules: { numbers: "warning", "rendering-missing": "error" } } as const;
    expect(check(pairs, { profile }).map(({ severity }) => severity)).toEqual(["warning", "information"]);
    expect(check(pairs, { profile: { rules: { numbers: false, "rendering-missing": "off" } } })).toEqual([]);
  });

  it("keeps the order of the pairs and reports progress", () => {
    const pairs = Array.from({ length: 450 }, (_, at) => pair(`第${String(at)}条`, "", { id: String(at), unit: String(at) }));
    const progress: number[] = [];
    const findings = check(pairs, { report: ({ done }) => progress.push(done) });
    expect(findings.map((finding) => finding.pair)).toEqual(pairs.map(({ id }) => id));
    expect(progress).toEqual([0, 200, 400, 450]);
  });

  it("groups by formulation, the gravest first", () => {
    const findings = check([
      pair("精准施策", "strong action", { id: "1" }),
      pair("防汛", "flood fighting", { id: "2" }),
      pair("精准施策很好", "precise policies", { id: "3" }),
      pair("精准施策吗", "precise policies", { id: "4" }),
    ]);
    const groups = groupFindings(findings.filter(({ rule }) => rule.startsWith("rendering")));
    expect(groups.map(({ subject }) => subject)).toEqual(["精准施策", "防汛"]);
    expect(groups[0]?.counts).toEqual({ error: 2, warning: 1, information: 0 });
    expect(groups[0]?.actual).toEqual([{ text: "precise policies", count: 2 }]);
  });
});

describe("any text", () => {
  const words = concepts.flatMap(({ terms }) => terms.map(({ text }) => text));
  const pieces = fc.oneof(
    fc.constantFrom(...words, "（", "，", ". ", " ", "3.4万", "34,000", "2月3日", "四"),
    fc.string({ unit: "binary", maxLength: 6 }),
  );
  const texts = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(""));

  it("makes no rule throw, and gives spans inside the texts", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts), { maxLength: 4 }), (drawn) => {
        const pairs = drawn.map(([source, target], at) => pair(source, target, { id: String(at) }));
        for (const { pair: id, sourceSpan, targetSpan } of check(pairs)) {
          const { source = "", target = "" } = pairs[Number(id)] ?? {};
          for (const [span, text] of [
            [sourceSpan, source],
            [targetSpan, target],
          ] as const) {
            if (!span) continue;
            expect(span.start).toBeGreaterThanOrEqual(0);
            expect(span.end).toBeGreaterThanOrEqual(span.start);
            expect(span.end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("translated by its glossary gives no finding on renderings", () => {
    const usable = concepts.filter(
      ({ kind, terms }) => kind !== "frame" && terms.some(({ language, status }) => language === "en" && status === "approved"),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...usable), { minLength: 1, maxLength: 5 }), (chosen) => {
        const source = chosen.map(({ terms }) => terms.find(({ language }) => language === "zh")?.text).join("，");
        const target = chosen
          .map(({ terms }) =>
            terms.find(({ language, status }) => language === "en" && status === "approved")?.text.replace("|", ""),
          )
          .join(". ");
        const findings = check([pair(source, target)]).filter(({ rule }) => rule.startsWith("rendering"));
        expect(findings).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
