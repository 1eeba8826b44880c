import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptProposal } from "../../src/documents/accept-proposal.ts";
import { proposeDocuments } from "../../src/documents/propose-documents.ts";
import { readPlainTextParagraphs } from "../../src/formats/plain-text.ts";
import type { Document, ImportProposal } from "../../src/model/document.ts";
import { ShingleSet } from "../../src/text/shingle-set.ts";
import { analyseFiles } from "../../src/workflow/import-analysis.ts";

const folder = "test/fixtures/documents";

function propose(text: string, file = "text.txt"): ImportProposal {
  return proposeDocuments({ encoding: "utf-8", paragraphs: readPlainTextParagraphs(text) }, { file });
}

function accept(proposal: ImportProposal): Document[] {
  return acceptProposal(proposal, { makeId: (document, at) => `${String(document)}${at === undefined ? "" : `.${String(at)}`}` });
}

/** What a person sees of a proposal, short enough to review as a difference. */
function describeProposal(proposal: ImportProposal): unknown {
  const documents = accept(proposal).map((document, at) => {
    const proposed = proposal.documents[at];
    return {
      title: document.title,
      date: document.date ?? proposed?.partialDate ?? "",
      dateEvidence: proposed?.dateEvidence?.code ?? "",
      body: document.body ?? "",
      language: document.language,
      joins: proposed?.joins.map((join) => `${join.reason} ${join.evidence}`),
      paragraphs: document.paragraphs.map((one) => `${String(one.line)} ${one.exclusion ?? one.role} ${one.text}`),
    };
  });
  return { encoding: proposal.encoding, diagnostics: proposal.diagnostics, documents };
}

describe("proposals for invented files", () => {
  it.each(readdirSync(`${folder}/input`).sort())("are as expected for %s", async (name) => {
    const [proposal] = await analyseFiles([{ name, bytes: new Uint8Array(readFileSync(`${folder}/input/${name}`)) }]);
    const found = proposal && describeProposal(proposal);
    const golden = `${folder}/expected/${name}.json`;
    if (process.env.UPDATE_FIXTURES) writeFileSync(golden, `${JSON.stringify(found, undefined, 2)}\n`);
    expect(existsSync(golden)).toBe(true);
    expect(found).toEqual(JSON.parse(readFileSync(golden, "utf8")));
  });
});

describe("proposeDocuments", () => {
  const piece = fc.constantFrom(
    "云溪省召开防汛工作会议",
    "（2024年6月17日）",
    "　　6月3日，会议指出，要抓好落实。",
    "同志们：",
    "新华社云溪6月3日电 会议召开。",
    "一、总体要求",
    "会议强调，要加强领导，扎实推进各项工作落",
    "- 3 -",
    "点击观看视频",
    "云溪省人民政府",
    "2024年5月6日",
    "Yunxi Holds Meeting",
    "June 17, 2024",
    "",
  );
  const text = fc
    .array(fc.oneof({ weight: 4, arbitrary: piece }, { weight: 1, arbitrary: fc.string() }))
    .map((lines) => lines.join("\n"));

  it("covers every paragraph by exactly one document, in order", () => {
    fc.assert(
      fc.property(text, (sample) => {
        const proposal = propose(sample);
        let next = 0;
        for (const document of proposal.documents) {
          expect(document.first).toBe(next);
          expect(document.end).toBeGreaterThan(document.first);
          next = document.end;
        }
        expect(next).toBe(proposal.paragraphs.length);
      }),
    );
  });

  it("loses no letter when a proposal is accepted", () => {
    const letters = (sample: string) => sample.replace(/\s/gu, "");
    fc.assert(
      fc.property(text, (sample) => {
        const paragraphs = accept(propose(sample)).flatMap((document) => document.paragraphs);
        // A page number inside a joined paragraph stands after it, so the order is compared as a bag of letters.
        const bag = (all: string) => [...letters(all)].sort().join("");
        expect(bag(paragraphs.map((paragraph) => paragraph.text).join(""))).toBe(bag(sample));
      }),
    );
  });

  it("takes the day of a report without a month from the document before", () => {
    const proposal = propose(
      "云溪省委召开常委会会议\n2024年2月26日，省委召开会议，研究工作。\n省长在云溪市调研时强调 抓好春耕\n2日下午，省长来到云溪市，调研春耕工作。",
    );
    expect(proposal.documents.map((document) => document.date)).toEqual(["2024-02-26", "2024-03-02"]);
    expect(proposal.documents[1]?.dateEvidence?.code).toBe("month-from-neighbours");
  });

  it("goes over the turn of the year", () => {
    const proposal = propose(
      "云溪省委召开常委会会议\n2023年12月28日，省委召开会议，研究工作。\n云溪省政府召开常务会议\n1月5日，省政府召开会议，部署工作。",
    );
    expect(proposal.documents[1]?.date).toBe("2024-01-05");
  });

  it("leaves a day without any year undated and says what it knows", () => {
    const [document] = propose("云溪省召开会议\n6月3日，会议召开。").documents;
    expect(document?.date).toBeUndefined();
    expect(document?.partialDate).toEqual({ month: 6, day: 3 });
  });

  it("does not date a text by a limit of time", () => {
    const [document] = propose("防汛情况说明\n截至2024年6月3日，全省平稳。").documents;
    expect(document?.date).toBeUndefined();
  });

  it("takes the date from the name of the file when the text has none", () => {
    expect(propose("云溪省防汛工作要点\n做好各项准备。", "folder/20240617_要点.txt").documents[0]?.date).toBe("2024-06-17");
  });

  it("names a document by its file when it has no words of its own", () => {
    expect(propose("- 3 -", "folder/要点.txt").documents[0]?.title).toBe("要点");
  });

  it("does not join a lead without its full stop to the indented paragraph after it", () => {
    const lead = "　　会议指出，要压实责任，落实各项措施，确保人民群众生命财产安全";
    const proposal = propose(
      `云溪省召开会议\n${Array<string>(4).fill(lead).join("\n")}\n\u3000\u30006月3日，会议召开，总结工作。`,
    );
    expect(proposal.documents[0]?.joins).toEqual([]);
  });

  it("does not join the items of a list that begin with a sign", () => {
    const items = [
      "各地要做好以下工作，落实责任：",
      "- 加强值守，及时报送险情；和",
      "- 备足物资，做到有备无患；以及",
      "• 转移群众，确保安全度汛",
      "— 恢复通车，修复水毁道路。",
    ];
    expect(propose(["关于防汛工作的通知", ...items].join("\n")).documents[0]?.joins).toEqual([]);
  });

  it("splits a file that was put together from texts of several places, each with its own way to begin a paragraph", () => {
    const lines = ["要压实责任，加密巡查，做到早发现、早处置。", "要落实措施，转移群众，确保安全度汛"];
    const meeting = (day: number): string => `6月${String(day)}日，云溪省召开会议，研究防汛工作。`;
    const plain = ["云溪省召开防汛工作会议强调压实责任", meeting(3), ...lines.concat(lines).map((line) => `${line}。`)];
    const indented = ["省长主持召开防汛工作会议", meeting(9), ...lines].map((line, at) =>
      at === 0 ? line : `\u3000\u3000${line}`,
    );
    const column = ["", "防汛", "", ...indented, "\u3000\u3000会议还研究了其他事项。"];
    for (const text of [
      [...plain, ...column],
      [...indented, "\u3000\u3000会议还研究了其他事项。", ...plain],
    ]) {
      const { documents } = propose(text.join("\n"));
      expect(documents.map(({ title }) => title).sort()).toEqual([
        "云溪省召开防汛工作会议强调压实责任",
        "省长主持召开防汛工作会议",
      ]);
      expect(documents.flatMap(({ joins }) => joins)).toEqual([]);
    }
  });

  it("recognises a version of a stored document", () => {
    const body = "会议指出，要统筹推进防汛抗旱和经济社会发展各项工作，切实保障人民群众生命财产安全，确保安全度汛。";
    const known = [{ id: "d7", title: "会议", shingles: new ShingleSet(body) }];
    const received = { encoding: "utf-8", paragraphs: readPlainTextParagraphs(body.replaceAll("，", ",")) };
    const [document] = proposeDocuments(received, { file: "a.txt", known }).documents;
    expect(document?.versionOf).toEqual({ document: "d7", title: "会议", containment: 1 });
  });
});

describe("acceptProposal", () => {
  it("takes a person's changes", () => {
    const proposal = propose("云溪省召开会议\n2024年6月3日，会议指出，要加强领导，扎实推\n进各项工作。");
    const changes = new Map([[0, { title: "会议", joins: [], exclusions: [{ paragraph: 2, reason: "caption" as const }] }]]);
    const [document] = acceptProposal(proposal, { makeId: (_, at) => String(at), changes });
    expect(document?.title).toBe("会议");
    expect(document?.paragraphs.map((paragraph) => paragraph.exclusion)).toEqual([undefined, undefined, "caption"]);
    expect(acceptProposal(proposal, { makeId: () => "", changes: new Map([[0, { skip: true }]]) })).toEqual([]);
  });

  it("puts a space between joined Latin lines and none between Han", () => {
    const documents = accept(propose("会议指出，要加强组织领导，压实工作责任，扎实推\n进各项工作。"));
    expect(documents[0]?.paragraphs.map((paragraph) => paragraph.text)).toEqual([
      "会议指出，要加强组织领导，压实工作责任，扎实推进各项工作。",
    ]);
  });
});

describe("analyseFiles", () => {
  it("goes on after a bad file", async () => {
    const good = new TextEncoder().encode("云溪省召开会议\n2024年6月3日，会议召开。");
    const proposals = await analyseFiles([
      { name: "bad.txt", bytes: new Uint8Array([0, 1, 2, 3, 0, 0, 9]) },
      { name: "empty.txt", bytes: new Uint8Array() },
      { name: "good.txt", bytes: good },
    ]);
    expect(proposals.map((proposal) => proposal.documents.length)).toEqual([0, 0, 1]);
    expect(proposals.map((proposal) => proposal.diagnostics[0]?.code)).toEqual(["binary-file", "empty-file", undefined]);
  });
});
