/** Invented texts and small makers for the tests of the stores. */
import type { AlignmentGroup } from "../../src/model/alignment.ts";
import type { Formulation } from "../../src/model/formulation.ts";
import type { NewTerm } from "../../src/storage/concept-store.ts";
import type { NewDocument, NewParagraph } from "../../src/storage/document-store.ts";
import type { NewUnit } from "../../src/storage/memory-store.ts";
import type { Stores } from "../../src/storage/stores.ts";

export const AT = "2026-03-01T08:00:00.000Z";
export const LATER = "2026-03-02T08:00:00.000Z";
export const lin = { author: "林岚", at: AT };
export const wu = { author: "吴桐", at: LATER };

export async function addProject(stores: Stores, id = "yunxi"): Promise<string> {
  await stores.projects.create({ id, name: `云溪省 ${id}`, sourceLanguage: "zh", targetLanguage: "en", createdAt: AT });
  return id;
}

/** A paragraph of sentences, with a space to be ignored after each when `spaced`. */
export function makeParagraph(line: number, sentences: readonly string[], more: Partial<NewParagraph> = {}): NewParagraph {
  return {
    text: sentences.join(""),
    role: "body",
    line,
    segments: sentences.map((source) => ({ kind: source.trim() === "" ? "ignorable" : "segment", source })),
    ...more,
  };
}

export function makeDocument(projectId: string, more: Partial<NewDocument> = {}): NewDocument {
  return {
    projectId,
    ordinal: 0,
    title: "关于做好防汛工作的通知",
    date: "2026-02-03",
    body: "云溪省人民政府",
    language: "zh",
    side: "source",
    paragraphs: [
      makeParagraph(1, ["关于做好防汛工作的通知"], { role: "heading" }),
      makeParagraph(3, ["各县要落实责任。", " ", "各乡要加强巡查。"]),
      makeParagraph(4, ["图为巡堤现场。"], { exclusion: "caption" }),
      makeParagraph(5, ["请认真执行。"], { joined: [{ line: 6, at: 2 }] }),
    ],
    ...more,
  };
}

export function makeTerm(text: string, more: Partial<NewTerm> = {}): NewTerm {
  const language = /\p{Script=Han}/u.test(text) ? "zh" : "en";
  return { language, text, status: "proposed", termType: "phrase", matching: "exact", attestations: [], ...more };
}

export function makeFormulation(text: string, more: Partial<Formulation> = {}): Formulation {
  return {
    text,
    class: "set-phrase",
    count: 3,
    distinctCount: 2,
    documents: 2,
    firstDate: "2026-01-01",
    lastDate: "2026-02-03",
    independentCount: 2,
    parents: [],
    children: [],
    variants: [],
    contrasts: [],
    evidence: [{ code: "recurs", values: { documents: 2 } }],
    occurrences: [{ document: "d", paragraph: 0, start: 0, end: text.length }],
    ...more,
  };
}

export function makeGroup(id: string, more: Partial<AlignmentGroup> = {}): AlignmentGroup {
  return { id, source: [`s${id}`], target: [`t${id}`], confidence: 0.9, anchors: [], status: "automatic", ...more };
}

export function makeUnit(number: number, more: Partial<NewUnit> = {}): NewUnit {
  return {
    originKey: `import:sample:${number}`,
    source: `云溪省第${number}号通知：各县要落实防汛责任，加强巡查。`,
    target: `Notice No. ${number} of Yunxi Province: counties shall assume their responsibilities for flood control.`,
    sourceLanguage: "zh",
    targetLanguage: "en",
    state: "final",
    ...more,
  };
}
