import { describe, expect, it } from "vitest";
import { checkFiles, exitCodeOf, readBaseline, readProfile } from "../../src/workflow/check-files.ts";
import type { CheckFilesRequest } from "../../src/workflow/check-files.ts";
import {
  formatCheckCsv,
  formatCheckHtml,
  formatCheckJson,
  formatCheckSarif,
  formatCheckText,
} from "../../src/workflow/check-report.ts";

const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
const glossary = file("g.csv", "zh,en\n精准施策,targeted measures\n防汛,flood control\n");
const XLIFF = `<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh" trgLang="en">
<file id="f1"><unit id="u1"><segment id="s1" state="translated"><source>精准施策。</source><target>Act at once.</target></segment>
<segment id="s2" state="final"><source>投入9亿元。</source><target>Invest 9 billion yuan.</target></segment></unit>
<unit id="u2"><segment id="s1" state="final"><source>做好防汛工作。</source><target>Do flood control work well.</target></segment></unit></file></xliff>`;
const TMX = `<?xml version="1.0"?><tmx version="1.4"><header srclang="zh" adminlang="en" segtype="sentence" o-tmf="x" creationtool="x" creationtoolversion="1" datatype="plaintext"/>
<body><tu tuid="a"><tuv xml:lang="zh"><seg>精准施策</seg></tuv><tuv xml:lang="en"><seg>targeted measures</seg></tuv></tu>
<tu tuid="b"><tuv xml:lang="zh"><seg>精准施策</seg></tuv><tuv xml:lang="en"><seg>precise steps</seg></tuv></tu></body></tmx>`;
const words = {
  language: "en",
  label: (key: string) => key,
  ruleName: (rule: string) => rule,
  ruleExplanation: (rule: string) => rule,
  severityName: (severity: string) => severity,
};

function check(request: Partial<CheckFilesRequest> & Pick<CheckFilesRequest, "files">) {
  return checkFiles({ glossary, renderMessage: ({ rule, message }) => `${rule}.${message}`, ...request });
}

describe("checkFiles", () => {
  it("reads XLIFF and gives the keys of the contract", () => {
    const result = check({ files: [file("a.xlf", XLIFF)] });
    expect(result.pairs).toBe(3);
    const { findings } = JSON.parse(formatCheckJson(result)) as { findings: Record<string, unknown>[] };
    expect(findings).toEqual([
      {
        rule: "rendering-missing",
        severity: "warning",
        file: "a.xlf",
        unit: "u1",
        segment: "s1",
        sourceSpan: { start: 0, end: 4 },
        targetSpan: null,
        actual: null,
        expected: ["targeted measures"],
        message: "rendering-missing.none",
      },
      {
        rule: "numbers",
        severity: "error",
        file: "a.xlf",
        unit: "u1",
        segment: "s2",
        sourceSpan: { start: 2, end: 4 },
        targetSpan: { start: 7, end: 16 },
        actual: "9 billion",
        expected: ["900000000"],
        message: "numbers.changed",
      },
    ]);
    expect(exitCodeOf(result)).toBe(1);
  });

  it("reads TMX and tables, with or without a header, and compares across files", () => {
    const table = file("t.csv", "source,target\n精准施策,Precise steps\n");
    const result = check({ files: [file("m.tmx", TMX), table] });
    expect(result.diagnostics).toEqual([]);
    expect(result.pairs).toBe(3);
    const rules = result.findings.map(({ rule, file: name, unit }) => `${name}:${unit}:${rule}`);
    expect(rules).toContain("t.csv:2:rendering-missing");
    expect(rules).toContain("m.tmx:a:same-source-different-target");
    expect(check({ files: [file("t.tsv", "精准施策\ttargeted measures\n")] }).findings).toEqual([]);
  });

  it("goes on after a file that cannot be read, and says where the trouble is", () => {
    const result = check({ files: [file("bad.xlf", "<xliff><file>"), file("one.csv", "only\ntext\n"), file("m.tmx", TMX)] });
    expect(result.filesRead).toBe(1);
    expect(result.diagnostics.filter(({ severity }) => severity === "error").map(({ file: name }) => name)).toEqual([
      "bad.xlf",
      "one.csv",
    ]);
    expect(result.pairs).toBe(2);
  });

  it("leaves out what a baseline holds, each finding as often as it stands there", () => {
    const files = [file("a.xlf", XLIFF)];
    const report = formatCheckJson(check({ files }));
    const baseline = readBaseline(report).value ?? [];
    expect(baseline.length).toBe(2);
    const again = check({ files, baseline });
    expect([again.findings, exitCodeOf(again)]).toEqual([[], 0]);
    const worse = [file("a.xlf", XLIFF.replace("flood control", "water"))];
    expect(check({ files: worse, baseline }).findings.map(({ unit }) => unit)).toEqual(["u2"]);
    expect(readBaseline("[]").value).toBeUndefined();
  });

  it("takes a profile, and refuses one with unknown rules or settings", () => {
    const { value } = readProfile('{"rules":{"numbers":"off","rendering-missing":"error"}}');
    const result = check({ files: [file("a.xlf", XLIFF)], ...(value ? { profile: value } : {}) });
    expect(result.findings.map(({ rule, severity }) => [rule, severity])).toEqual([["rendering-missing", "error"]]);
    expect(readProfile('{"rules":{"numbrs":"off"}}').diagnostics.map(({ code }) => code)).toEqual(["check-unknown-rule"]);
    expect(readProfile('{"rules":{"numbers":"loud"}}').diagnostics.map(({ code }) => code)).toEqual(["check-bad-setting"]);
    expect(readProfile("{").diagnostics.map(({ code }) => code)).toEqual(["check-bad-profile"]);
  });
});

describe("reports", () => {
  const result = check({
    files: [file("a<b>.xlf", XLIFF.replace("Act at once", "&lt;img src=x&gt; act")), file("f.csv", "精准施策,=1+1\n")],
  });

  it("escapes texts in the page", () => {
    const html = formatCheckHtml(result, words);
    expect(html).not.toContain("<img");
    expect(html).not.toContain("a<b>");
    expect(html).toContain("<mark>9 billion</mark>");
    expect(html).not.toContain("<script");
  });

  it("writes one line a finding as text", () => {
    const lines = formatCheckText(result, words).trimEnd().split("\n");
    expect(lines.length).toBe(result.findings.length + 1);
    expect(lines[0]).toBe("a<b>.xlf:u1:s1: warning: rendering-missing.none [rendering-missing]");
  });

  it("writes SARIF that names rules and places", () => {
    const log = JSON.parse(formatCheckSarif(result, words)) as {
      version: string;
      runs: { results: { ruleId: string; level: string }[] }[];
    };
    expect(log.version).toBe("2.1.0");
    expect(log.runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual(result.findings.map(({ rule }) => rule));
  });

  it("keeps a spreadsheet from running a cell as a formula", () => {
    expect(formatCheckCsv(result, words)).toContain("'=1+1");
  });
});
