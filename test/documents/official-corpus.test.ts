import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { acceptProposal } from "../../src/documents/accept-proposal.ts";
import { findRepeatedParagraphs, groupFamilies } from "../../src/documents/families.ts";
import type { ImportProposal } from "../../src/model/document.ts";
import { analyseFiles } from "../../src/workflow/import-analysis.ts";

const folder = "../shared/corpus/official-zh";
const isThere = existsSync(folder);
if (!isThere) console.log(`skipped: ${folder} is not there`);

/** Dates and first characters of titles, file by file. */
const expected: Readonly<Record<string, readonly (readonly [date: string, line: number, title: string])[]>> = {
  "000": [["2020-01-25", 1, "中共中央政治局"]],
  "001": [
    ["2020-01-25", 1, "中共中央政治局"],
    ["2020-02-03", 12, "中共中央政治局"],
    ["2020-02-05", 26, "习近平：全面"],
    ["2020-02-10", 38, "习近平在北京市"],
    ["2020-02-12", 57, "中共中央政治局"],
    ["2020-02-14", 71, "习近平主持召开"],
    ["2020-02-21", 89, "中共中央政治局"],
    ["2020-02-23", 103, "在统筹推进"],
    ["2020-02-26", 153, "中共中央政治局"],
    ["2020-03-02", 165, "习近平在北京考"],
    ["2020-03-04", 180, "中共中央政治局"],
    ["2020-03-06", 194, "习近平：坚决"],
  ],
  "002": [["2020-02-12", 1, "中共中央政治局"]],
  "003": [
    ["2020-02-03", 5, "中共中央政治局"],
    ["2020-02-03", 45, "省新型冠状病毒"],
    ["2020-02-03", 65, "唐一军到大连市"],
  ],
  "004": [["2020-02-10", 1, "习近平在北京市"]],
};

let analysed: Promise<Map<string, ImportProposal>> | undefined;

function analyseCorpus(): Promise<Map<string, ImportProposal>> {
  analysed ??= readAndAnalyse();
  return analysed;
}

async function readAndAnalyse(): Promise<Map<string, ImportProposal>> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  const files = names.sort().map((name) => ({ name, bytes: new Uint8Array(readFileSync(`${folder}/${name}`)) }));
  const proposals = await analyseFiles(files);
  return new Map(proposals.map((proposal) => [proposal.file.slice(0, 3), proposal]));
}

describe.skipIf(!isThere)("the five official files", () => {
  it("are split into eighteen documents with their lines, dates and titles", async () => {
    const proposals = await analyseCorpus();
    for (const [file, documents] of Object.entries(expected)) {
      const proposal = proposals.get(file);
      const found = proposal?.documents.map((document) => [
        document.date,
        proposal.paragraphs[document.first]?.line,
        document.title.slice(0, 7),
      ]);
      expect(found?.map(([date, line]) => [date, line])).toEqual(documents.map(([date, line]) => [date, line]));
      documents.forEach(([, , title], at) => expect(found?.[at]?.[2]).toContain(title));
    }
  });

  it("give the lines of a headline as one title", async () => {
    const proposals = await analyseCorpus();
    expect(proposals.get("000")?.documents[0]?.title.split(" ")).toHaveLength(3);
    expect(proposals.get("003")?.documents[1]?.title.split(" ")).toHaveLength(4);
  });

  it("name the news agency or the office", async () => {
    const proposals = await analyseCorpus();
    const bodies = (file: string) => proposals.get(file)?.documents.map((document) => document.body);
    expect(bodies("000")).toEqual(["新华社"]);
    expect(bodies("002")).toEqual(["新华社"]);
    expect(bodies("003")?.slice(1)).toEqual(["本报", "本报"]);
    expect(bodies("001")?.[6]).toBe("中共中央政治局");
  });

  it("recognises 000, 002, 004 and a part of 003 as versions of documents in 001", async () => {
    const proposals = await analyseCorpus();
    const links = [...proposals.values()].flatMap((proposal) =>
      proposal.documents.map((document) => document.versionOf?.document),
    );
    // 001 holds numbers 1 to 12.
    expect(links).toEqual(["#1", ...Array<undefined>(12).fill(undefined), "#5", "#2", undefined, undefined, "#4"]);
  });

  it("finds both page breaks of 001 and what was lost there, and the nine broken paragraphs of 003, and no other", async () => {
    const proposals = await analyseCorpus();
    const joins = [...proposals].flatMap(([file, proposal]) =>
      proposal.documents.flatMap((document) =>
        document.joins.map((join) => `${file}:${String(proposal.paragraphs[join.paragraph]?.line)}:${join.reason}`),
      ),
    );
    expect(joins.filter((join) => join.startsWith("001"))).toEqual(["001:16:page-break", "001:67:page-break"]);
    const lines = joins.filter((join) => join.startsWith("003")).map((join) => Number(join.split(":")[1]));
    expect(lines).toEqual([21, 27, 35, 55, 59, 61, 73, 77, 79]);
    expect(joins).toHaveLength(11);
    const missing = proposals.get("001")?.documents.flatMap((document) => document.joins.flatMap((join) => join.missing ?? []));
    expect(missing?.map((one) => one.document)).toEqual(["#14", "#13"]);
    expect(missing?.[1]?.text.endsWith("优")).toBe(true);
  });

  it("excludes captions, the video prompt, the credit and the closing slogan, and nothing else", async () => {
    const proposals = await analyseCorpus();
    const exclusions = [...proposals].flatMap(([file, proposal]) =>
      proposal.documents.flatMap((document) =>
        document.exclusions.map((one) => `${file}:${String(proposal.paragraphs[one.paragraph]?.line)}:${one.reason}`),
      ),
    );
    expect(exclusions).toEqual(["003:43:credit", "004:2:caption", "004:4:video-prompt", "004:8:caption", "004:42:slogan"]);
  });

  it("counts half-width and full-width marks", async () => {
    const proposals = await analyseCorpus();
    const widths = [...proposals.values()].map((proposal) => proposal.halfWidthMarks);
    expect(widths).toEqual([0, 0, 0, 220, 0]);
  });

  it("keeps every line of the file in the accepted documents", async () => {
    for (const [number, proposal] of (await analyseCorpus()).entries()) {
      const documents = acceptProposal(proposal, { makeId: (document, at) => `${number}.${String(document)}.${String(at)}` });
      const text = documents.flatMap((document) => document.paragraphs.map((paragraph) => paragraph.text)).join("");
      expect(text).toBe(proposal.paragraphs.map((paragraph) => paragraph.text.trim()).join(""));
    }
  });

  it("groups copies and finds the leads that repeat the body", async () => {
    const documents = [...(await analyseCorpus())].flatMap(([file, proposal]) =>
      acceptProposal(proposal, { makeId: (document) => `${file}.${String(document)}` }).map((document) => ({
        id: document.id,
        paragraphs: document.paragraphs.filter((one) => !one.exclusion && one.role === "body").map((one) => one.text),
      })),
    );
    const families = groupFamilies(documents);
    expect(families).toHaveLength(14);
    expect(families.filter((family) => family.members.length > 1).map((family) => family.representative)).toEqual([
      "001.0",
      "001.1",
      "001.3",
      "001.4",
    ]);
    const repeated = findRepeatedParagraphs(documents).map((one) => one.document);
    expect(repeated).toEqual(["000.0", "000.0", "002.0", "002.0"]);
  });
});
