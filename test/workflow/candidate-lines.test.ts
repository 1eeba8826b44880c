/** The lines of a candidate, and the order of the list. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Application } from "../../src/workflow/application.ts";
import { loadCandidateDetail } from "../../src/workflow/candidate-detail.ts";
import { listLines } from "../../src/workflow/candidate-lines.ts";
import { loadCandidateList, mergeByShare } from "../../src/workflow/candidate-list.ts";
import { LONGER, PHRASE, TEXTS, author, openCandidateProject } from "./candidate-setup.ts";
import type { CandidateProject } from "./candidate-setup.ts";

let project: CandidateProject;
let application: Application;
let projectId: string;
let documentIds: CandidateProject["documentIds"];
let addDocument: CandidateProject["addDocument"];
let extract: CandidateProject["extract"];
beforeEach(async () => {
  project = await openCandidateProject();
  ({ application, projectId, documentIds, addDocument, extract } = project);
});
afterEach(() => project.close());

describe("the detail", () => {
  it("has a line for each distinct use, with what belongs to a longer formulation, copies folded", async () => {
    await addDocument("文件0的转载", TEXTS[0] ?? [], "2024-04-12");
    const runId = await extract();
    const list = await loadCandidateList(application, { projectId, runId });
    const detail = list && (await loadCandidateDetail(application, list, PHRASE));
    expect(detail).toBeDefined();
    if (!detail) return;
    expect(detail.lines.length).toBe(detail.candidate.distinctCount);
    expect(detail.lines.reduce((sum, { copies }) => sum + 1 + copies, 0)).toBe(detail.candidate.count);
    for (const line of detail.lines) {
      const text = detail.documents.get(line.document)?.paragraphs[line.paragraph] ?? "";
      expect(text).toContain(line.left + line.key + line.right);
      expect(line.key).toBe(PHRASE);
    }
    expect(detail.lines.filter(({ alone }) => alone).length).toBe(detail.candidate.independentCount);
  });

  it("counts the uses whose document has gone instead of showing something else", async () => {
    const runId = await extract();
    await application.stores.documents.remove(documentIds[2] ?? "", { author, at: application.clock() });
    const list = await loadCandidateList(application, { projectId, runId });
    const detail = list && (await loadCandidateDetail(application, list, PHRASE));
    expect(detail?.lost).toBe(2);
    expect(detail?.lines.every(({ document }) => document !== documentIds[2])).toBe(true);
  });
});

describe("lines", () => {
  const paragraph = `会议强调，要坚定“${PHRASE}”的方针，坚持 ${PHRASE}。`;
  const documents = new Map([["a", { id: "a", title: "甲", paragraphs: [paragraph] }]]);
  const occurrences = [paragraph.indexOf(PHRASE), paragraph.lastIndexOf(PHRASE)].map((start) => ({
    document: "a",
    paragraph: 0,
    start,
    end: start + PHRASE.length,
  }));

  it("marks the part of a longer formulation in the original characters, whatever width or space they have", () => {
    const { lines } = listLines({ occurrences, documents, copies: undefined, text: PHRASE, parents: [LONGER] });
    expect(lines.map(({ alone }) => alone)).toEqual([true, false]);
    const [, second] = lines;
    expect(second && second.left.slice(second.left.length - second.before)).toBe("坚持 ");
  });

  it("never cuts a character in two", () => {
    const text = `${"𠮷".repeat(80)}${PHRASE}${"𠮷".repeat(80)}`;
    const start = text.indexOf(PHRASE);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), (shift) => {
        const shifted = "一".repeat(shift) + text + "二".repeat(shift);
        const { lines } = listLines({
          occurrences: [{ document: "b", paragraph: 0, start: start + shift, end: start + shift + PHRASE.length }],
          documents: new Map([["b", { id: "b", title: "乙", paragraphs: [shifted] }]]),
          copies: undefined,
          text: PHRASE,
          parents: [],
        });
        const [line] = lines;
        expect(line?.left.isWellFormed() && line.right.isWellFormed()).toBe(true);
        expect(shifted).toContain(`${line?.left ?? ""}${PHRASE}${line?.right ?? ""}`);
      }),
    );
  });
});

describe("the order of formulations and frames", () => {
  it("keeps both lists in their order and loses nothing", () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(20), (many, few) => {
        const first = Array.from({ length: many }, (_, at) => `f${String(at)}`);
        const second = Array.from({ length: few }, (_, at) => `x${String(at)}`);
        const merged = mergeByShare(first, second);
        expect(merged.filter((item) => item.startsWith("f"))).toEqual(first);
        expect(merged.filter((item) => item.startsWith("x"))).toEqual(second);
      }),
    );
  });
});
