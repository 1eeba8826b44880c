import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVIDENCE_CODES } from "../../src/extraction/evidence.ts";
import { extractFormulations } from "../../src/extraction/extract-formulations.ts";
import { keepApart } from "../../src/extraction/families.ts";
import { areMarksBalanced } from "../../src/extraction/gates.ts";
import type { ExtractionDocument, Formulation } from "../../src/model/formulation.ts";

function makeDocument(id: string, paragraphs: readonly string[], date?: string): ExtractionDocument {
  return { id, title: id, paragraphs, ...(date === undefined ? {} : { date }) };
}

function countOverlapping(text: string, piece: string): number {
  let count = 0;
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) count++;
  return count;
}

function get(formulations: readonly Formulation[], text: string): Formulation {
  const found = formulations.find((formulation) => formulation.text === text);
  if (!found) throw new Error(`${text} is not among ${formulations.map((formulation) => formulation.text).join(" ")}`);
  return found;
}

/** Three invented notices of the province of 云溪. */
const NOTICES: readonly ExtractionDocument[] = [
  makeDocument(
    "spring",
    [
      "云溪省召开防汛抗旱工作会议",
      "会议强调，要坚持预防为主、防抗结合、统一调度、分级负责，压紧压实防汛责任。各地要把堤坝巡查作为头等大事来抓。",
      "要做到应转尽转、应避尽避，确保水库安全度汛。会议指出，要学习“石桥经验”，落实“三个必到”要求。",
      "省水利厅要加大巡查力度，加大值守力度。全省安全度汛工作取得成效。",
    ],
    "2023-04-02",
  ),
  makeDocument(
    "summer",
    [
      "云溪省部署主汛期工作",
      "会议指出，各地坚持预防为主、防抗结合、统一调度、分级负责，水库安全度汛形势总体平稳。",
      "要推广“石桥经验”，加大宣传力度。要把群众转移作为首要任务来抓。会议强调，越是汛情紧张，越要压实防汛责任。",
    ],
    "2023-07-15",
  ),
  makeDocument(
    "autumn",
    [
      "云溪省总结防汛抗旱工作",
      "全省水库安全度汛，经验在于预防为主、防抗结合、统一调度、分级负责。会议强调，“石桥经验”要长期坚持。",
      "要把灾后重建作为中心工作来抓，加大投入力度，进一步压实防汛责任。",
    ],
    "2023-10-20",
  ),
];

describe("extraction of formulations", () => {
  it("gives an empty result for no documents, empty ones and blank ones", () => {
    for (const documents of [[], [makeDocument("empty", [])], [makeDocument("blank", ["", "  ", "\u3000"])]]) {
      expect(extractFormulations(documents)).toEqual({ formulations: [], frames: [] });
    }
  });

  it("finds the set phrases, series and quoted names of three notices, with exact counts and dates", () => {
    const { formulations } = extractFormulations(NOTICES);
    const series = get(formulations, "预防为主、防抗结合、统一调度、分级负责");
    expect(series).toMatchObject({ class: "series", count: 3, distinctCount: 3, documents: 3 });
    expect(series).toMatchObject({ firstDate: "2023-04-02", lastDate: "2023-10-20" });
    expect(get(formulations, "石桥经验")).toMatchObject({ count: 3, documents: 3 });
    expect(get(formulations, "压实防汛责任").documents).toBe(3);
    expect(formulations.map(({ text }) => text)).toContain("应转尽转");
  });

  it("counts every formulation as searching for it counts, and every span holds its text", () => {
    const { formulations } = extractFormulations(NOTICES);
    expect(formulations.length).toBeGreaterThan(10);
    const paragraphs = NOTICES.flatMap((document) => document.paragraphs);
    for (const { text, count, occurrences } of formulations) {
      expect(count, text).toBe(paragraphs.reduce((sum, paragraph) => sum + countOverlapping(paragraph, text), 0));
      expect(occurrences).toHaveLength(count);
      for (const { document, paragraph, start, end } of occurrences) {
        const found = NOTICES.find(({ id }) => id === document)?.paragraphs[paragraph];
        expect(found?.slice(start, end)).toBe(text);
      }
    }
  });

  it("lets no candidate cross the end of a sentence, and keeps marks in pairs", () => {
    const { formulations } = extractFormulations(NOTICES);
    for (const { text } of formulations) {
      expect(text).not.toMatch(/[。！？；：\s]/u);
      expect(areMarksBalanced(text), text).toBe(true);
    }
  });

  it("counts occurrences outside longer formulations to the unit", () => {
    const sentences = [
      ...Array.from({ length: 4 }, (_, i) => `第${"一二三四".charAt(i)}组完成了河湖长制改革试点任务。`),
      ...Array.from({ length: 3 }, (_, i) => `${"甲乙丙".charAt(i)}县推行河湖长制，成效明显。`),
    ];
    const documents = [
      makeDocument("one", sentences.slice(0, 3)),
      makeDocument("two", [...sentences.slice(3, 5), "要坚持河湖长制改革试点。"]),
      makeDocument("three", sentences.slice(5)),
    ];
    const { formulations } = extractFormulations(documents);
    const inner = get(formulations, "河湖长制");
    expect(inner.distinctCount).toBe(8);
    const texts = documents.flatMap((document) => document.paragraphs);
    // An occurrence is covered when a longer formulation of the list lies over it.
    const covered = texts.reduce((sum, text) => {
      const at = text.indexOf(inner.text);
      const isCovered = inner.parents.some((parent) => {
        const start = text.indexOf(parent);
        return start >= 0 && start <= at && start + parent.length >= at + inner.text.length;
      });
      return sum + (isCovered ? 1 : 0);
    }, 0);
    expect(inner.independentCount).toBe(8 - covered);
    expect(inner.parents).toContain("河湖长制改革试点");
    expect(get(formulations, "河湖长制改革试点").children).toContain("河湖长制");
  });

  it("leaves the distinct count as it is when the same texts come three times under other names, and triples the count", () => {
    const copies = ["", "-copy", "-again"].flatMap((suffix) =>
      NOTICES.map((document) => ({ ...document, id: document.id + suffix })),
    );
    const once = extractFormulations(NOTICES).formulations;
    const thrice = extractFormulations(copies).formulations;
    expect(thrice.map(({ text }) => text)).toEqual(once.map(({ text }) => text));
    once.forEach((formulation, i) => {
      expect(thrice[i]).toMatchObject({ distinctCount: formulation.distinctCount, documents: formulation.documents });
      expect(thrice[i]?.independentCount).toBe(formulation.independentCount);
      expect(thrice[i]?.count).toBe(formulation.count * 3);
    });
  });

  it("finds planted frames with their fillers", () => {
    const { frames } = extractFormulations(NOTICES);
    const frame = frames.find(({ pattern }) => pattern.startsWith("把{X}作为{Y}"));
    expect(frame?.count).toBe(3);
    expect([...(frame?.fillers ?? [])].sort()).toEqual(["堤坝巡查", "灾后重建", "群众转移"].sort());
    const effort = frames.find(({ pattern }) => pattern === "加大{X}力度");
    expect(effort?.fillers).toEqual(expect.arrayContaining(["巡查", "宣传", "投入"]));
  });

  it("matches half-width and full-width punctuation, and shows the text as it stands", () => {
    const documents = [
      makeDocument("full", ["坚持“双线作战”，抓防汛、保生产。", "坚持“双线作战”不放松。"]),
      makeDocument("half", ['坚持"双线作战",抓防汛、保生产.', "继续推进“双线作战”!"]),
    ];
    const { formulations } = extractFormulations(documents, { families: keepApart(documents) });
    expect(get(formulations, "双线作战")).toMatchObject({ count: 4, distinctCount: 4, documents: 2 });
  });

  it("does not cut supplementary characters", () => {
    const paragraphs = ["𠮷野屋模式经验，𠮷野屋模式推广。", "要学习𠮷野屋模式。", "坚持𠮷野屋模式，𠮷野屋模式很好。"];
    const { formulations } = extractFormulations([makeDocument("one", paragraphs), makeDocument("two", ["推进𠮷野屋模式。"])]);
    for (const { text } of formulations) expect(text.isWellFormed()).toBe(true);
    expect(get(formulations, "𠮷野屋模式").count).toBe(6);
  });

  it("works on traditional script", () => {
    const documents = [
      makeDocument("one", ["雲溪縣推行「河長責任制」，成效顯著。要堅持河長責任制，加強巡查。"]),
      makeDocument("two", ["會議強調，各地要落實河長責任制，進一步完善機制。"]),
    ];
    const { formulations } = extractFormulations(documents);
    expect(get(formulations, "河長責任制")).toMatchObject({ count: 3, documents: 2 });
  });

  it("names look-alikes as contrasts and never folds them", () => {
    const documents = [
      makeDocument("one", ["坚持群防群控，做好值守。要群防群治，形成合力。", "推进群防群控。"]),
      makeDocument("two", ["加强群防群控。开展群防群治。"]),
    ];
    const { formulations } = extractFormulations(documents);
    expect(get(formulations, "群防群控").contrasts).toContain("群防群治");
    expect(get(formulations, "群防群治").contrasts).toContain("群防群控");
  });

  it("takes the user's glossary as evidence, so that one occurrence is enough", () => {
    const { formulations } = extractFormulations(NOTICES, { glossaryTerms: ["省水利厅", "不在文中"] });
    const found = get(formulations, "省水利厅");
    expect(found.count).toBe(1);
    expect(found.evidence.map(({ code }) => code)).toContain("in-glossary");
  });

  it("gives the same result again, keeps to the limit and reports progress up to the end", () => {
    const seen: number[] = [];
    const first = extractFormulations(NOTICES, { limit: 5, report: ({ done, total }) => seen.push(done / total) });
    expect(first.formulations).toHaveLength(5);
    expect(extractFormulations(NOTICES, { limit: 5 })).toEqual(first);
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
    expect(seen.at(-1)).toBe(1);
  });

  it("stops when the reporter throws", () => {
    const stop = (): void => {
      throw new Error("cancelled");
    };
    expect(() => extractFormulations(NOTICES, { report: stop })).toThrow("cancelled");
  });

  it("says its reasons in codes that both catalogues have sentences for", () => {
    const { formulations } = extractFormulations(NOTICES);
    for (const language of ["en", "zh-CN"]) {
      const catalogue = JSON.parse(readFileSync(`views/locales/${language}/evidence.json`, "utf8")) as Record<string, string>;
      const sentenceOf = (code: string): string | undefined => catalogue[code] ?? catalogue[`${code}_other`];
      for (const code of EVIDENCE_CODES) expect(sentenceOf(code), `${language} ${code}`).toBeTypeOf("string");
      for (const { class: name, evidence } of formulations) {
        expect(catalogue[`class.${name}`]).toBeTypeOf("string");
        for (const { code, values = {} } of evidence) {
          const named = [...(sentenceOf(code) ?? "").matchAll(/\{\{(\w+)\}\}/gu)].map((found) => found[1] ?? "");
          expect(Object.keys(values), `${language} ${code}`).toEqual(expect.arrayContaining(named));
        }
      }
    }
  });

  it("puts the decisive reason first, gives at least two, and names what a wording that occurs once stands on", () => {
    const { formulations } = extractFormulations(NOTICES, { glossaryTerms: ["闸门"] });
    const codesOf = (text: string): readonly string[] =>
      formulations.find((one) => one.text === text)?.evidence.map(({ code }) => code) ?? [];
    const once = formulations.filter(({ distinctCount }) => distinctCount === 1);
    expect(once.length).toBeGreaterThan(0);
    for (const { text, evidence } of formulations) expect(evidence.length, text).toBeGreaterThanOrEqual(2);
    for (const { text } of once) expect(codesOf(text).indexOf("occurs-once"), text).toBeGreaterThan(0);
    const repeated = ["县", "市", "省"].map((level, i) =>
      makeDocument(`r${i}`, [
        `${level}里要求落实“三个到位”。${level}里检查“三个到位”。`,
        `${level}里又讲“三个到位”，${level}里仍在检查。`,
      ]),
    );
    const [quoted] = extractFormulations(
      repeated.map((one, i) => ({ ...one, body: i < 2 ? "云溪日报" : "云溪电台" })),
    ).formulations;
    expect(quoted?.text).toBe("三个到位");
    expect(quoted?.evidence.slice(0, 4).map(({ code }) => code)).toEqual(
      expect.arrayContaining(["quoted", "recurs", "several-bodies"]),
    );
    expect(quoted?.evidence.find(({ code }) => code === "several-bodies")?.values).toEqual({ count: 2 });
  });

  it("keeps its promises on random texts of few characters", () => {
    const characters = fc.constantFrom(..."防汛抗旱要的、，。“”《》三个𠮷 A1");
    const paragraphs = fc.array(
      fc.array(characters, { maxLength: 40 }).map((list) => list.join("")),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.array(paragraphs, { maxLength: 4 }), (texts) => {
        const documents = texts.map((list, i) => makeDocument(`d${i}`, list));
        for (const { text, count, distinctCount, independentCount, occurrences } of extractFormulations(documents).formulations) {
          expect(text.isWellFormed()).toBe(true);
          expect(text.includes("。")).toBe(false);
          expect(occurrences).toHaveLength(count);
          expect(distinctCount).toBeLessThanOrEqual(count);
          expect(independentCount).toBeLessThanOrEqual(distinctCount);
          for (const { document, paragraph, start, end } of occurrences) {
            const source = documents.find(({ id }) => id === document)?.paragraphs[paragraph] ?? "";
            expect(source.slice(start, end)).toHaveLength(text.length);
          }
        }
      }),
      { numRuns: 60, examples: [[[["《《》。防》"]]], [[["《防《汛》。", "《抗旱"], ["三《《防》。》个"]]]] },
    );
  });

  it("reads a title up to the end of its sentence, also beside marks that were left open", () => {
    const titlesOf = (text: string): readonly string[] =>
      extractFormulations([makeDocument("d", [text])])
        .formulations.map((one) => one.text)
        .filter((one) => one.startsWith("《"));
    expect(titlesOf("各地要落实《关于贯彻《云溪省防汛条例》的通知》。")).toEqual(["《关于贯彻《云溪省防汛条例》的通知》"]);
    expect(titlesOf("各地要落实《关于防汛的通知。要学习《云溪省防汛条例》。")).toEqual(["《云溪省防汛条例》"]);
    expect(titlesOf("会议讨论了《防汛，审议了《云溪省防汛条例》。另有一事》")).toEqual(["《云溪省防汛条例》"]);
    expect(titlesOf("《《》。防》")).toEqual([]);
  });
});
