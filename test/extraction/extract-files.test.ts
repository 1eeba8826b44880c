import { describe, expect, it } from "vitest";
import { extractFiles } from "../../src/workflow/extract-files.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const NOTICE = [
  "云溪省部署防汛抗旱工作",
  "",
  "6月17日，云溪省召开防汛抗旱工作会议。会议强调，要坚持预防为主、防抗结合，压紧压实防汛责任。",
  "各地要加大巡查力度，做到应转尽转、应避尽避。会议指出，“石桥经验”要长期坚持。",
  "会议强调，要压紧压实防汛责任，推广“石桥经验”，坚持预防为主、防抗结合。",
].join("\n");

describe("extraction from files", () => {
  it("gives documents, formulations and frames under the names of the command line contract", async () => {
    const { extraction, diagnostics } = await extractFiles([{ name: "notice.txt", bytes: encode(NOTICE) }]);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(Object.keys(extraction).sort()).toEqual(["documents", "formulations", "frames"]);
    expect(extraction.documents).toHaveLength(1);
    expect(extraction.documents[0]).toMatchObject({ file: "notice.txt", line: 1, title: "云溪省部署防汛抗旱工作" });
    const found = extraction.formulations.find(({ text }) => text === "石桥经验");
    expect(found).toMatchObject({ count: 2, distinctCount: 2, documents: 1 });
    expect(found?.occurrences.every(({ document }) => document === extraction.documents[0]?.id)).toBe(true);
    // What is printed as JSON must come back whole.
    expect(JSON.parse(JSON.stringify(extraction))).toEqual(extraction);
  });

  it("names the document of which another one is a copy, and counts the copy once", async () => {
    const files = ["a.txt", "b.txt"].map((name) => ({ name, bytes: encode(NOTICE) }));
    const { extraction } = await extractFiles(files);
    const [first, second] = extraction.documents;
    expect([first?.versionOf ?? first?.id, second?.versionOf ?? second?.id]).toEqual([first?.id, first?.id]);
    const found = extraction.formulations.find(({ text }) => text === "石桥经验");
    expect(found).toMatchObject({ count: 4, distinctCount: 2, documents: 1 });
  });

  it("goes on when a file cannot be read, and says which", async () => {
    const files = [
      { name: "broken.docx", bytes: encode("PK\u0003\u0004 and then no archive") },
      { name: "notice.txt", bytes: encode(NOTICE) },
    ];
    const { extraction, diagnostics } = await extractFiles(files);
    expect(diagnostics.some(({ file, severity }) => file === "broken.docx" && severity === "error")).toBe(true);
    expect(extraction.documents.map(({ file }) => file)).toEqual(["notice.txt"]);
  });
});
