/** The sheet that says why: everything on record, nothing more, in text, HTML and data. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createInternationalization } from "../../src/server/i18n.ts";
import type { Translate } from "../../src/server/i18n.ts";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import { addRemark, settleThread } from "../../src/workflow/glossary-discussion.ts";
import { relateEntries } from "../../src/workflow/glossary-relations.ts";
import { undoDecision } from "../../src/workflow/glossary-undo.ts";
import { addEntry, addRendering, citeTerm, decideTerm } from "../../src/workflow/glossary.ts";
import { createProject } from "../../src/workflow/projects.ts";
import { outlineWhy } from "../../src/workflow/why-outline.ts";
import { formatWhyHtml, formatWhyText } from "../../src/workflow/why-report.ts";
import { explainEntry } from "../../src/workflow/why.ts";
import { changeVettingRules } from "../../src/workflow/vetting-rules.ts";
import { DEFAULT_AUTHORITIES } from "../../src/terminology/authority.ts";

let folder: string;
let application: Application;
let projectId: string;
let conceptId: string;
let translators: Readonly<Record<"en" | "zh-CN", Translate>>;
let tick = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-why-"));
  const outcome = await openApplication({
    dataFolder: folder,
    clock: () => new Date(Date.UTC(2024, 4, 1) + 86_400_000 * tick++).toISOString(),
  });
  if (outcome.kind !== "opened") throw new Error(outcome.code);
  application = outcome.application;
  projectId = (await createProject(application, { name: "Yunxi" })).id;
  const { translator } = await createInternationalization("views/locales");
  translators = { en: translator("en"), "zh-CN": translator("zh-CN") };
  await vet();
});
afterAll(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

async function load() {
  const concept = await application.stores.concepts.find(conceptId);
  if (!concept) throw new Error("no entry");
  const place = (text: string) => {
    const term = concept.terms.find((one) => one.text === text);
    if (!term) throw new Error(text);
    return { projectId, termId: term.id, baseRevision: term.revision };
  };
  return { concept, place };
}

/** An invented entry with every kind of step. */
async function vet(): Promise<void> {
  const [chen, zhao] = ["Chen Yu", "Zhao Ning"];
  const { concepts } = application.stores;
  await concepts.saveSource(
    {
      id: "YX-GOV",
      body: "Yunxi Province",
      title: "Address on flood control",
      date: "2024-03-02",
      locator: "https://yunxi.example/a/3",
      kind: "official bilingual text",
    },
    projectId,
  );
  await concepts.saveSource({ id: "YX-NEWS", body: "Yunxi Daily", title: "English page", kind: "news agency" }, projectId);
  const first = await addEntry(application, {
    projectId,
    author: chen,
    kind: "phrase",
    class: "set-phrase",
    text: "严防死守",
    rendering: { text: "defend to the death", status: "proposed", attestation: { source: "YX-NEWS" } },
  });
  const other = await addEntry(application, { projectId, author: chen, kind: "phrase", text: "严防严守" });
  if (first.kind !== "saved" || other.kind !== "saved") throw new Error("not created");
  conceptId = first.concept.id;
  const attestation = {
    source: "YX-GOV",
    place: "paragraph 4",
    date: "2024-05-01",
    sourceQuotation: "各地要严防死守，确保安全。",
    targetQuotation: "All places must hold every line and keep people safe.",
  };
  await addRendering(application, {
    projectId,
    conceptId,
    author: chen,
    reason: "As the province has it.",
    rendering: { language: "en", text: "hold every line", status: "proposed", attestation },
  });
  await addRendering(application, {
    projectId,
    conceptId,
    author: chen,
    rendering: { language: "en", text: "guard strictly", status: "proposed" },
  });
  let { place } = await load();
  await decideTerm(application, {
    ...place("hold every line"),
    author: zhao,
    status: "approved",
    reason: "Short, and it is what they say.",
    citation: "YX-GOV",
  });
  ({ place } = await load());
  await decideTerm(application, {
    ...place("defend to the death"),
    author: zhao,
    status: "superseded",
    reason: "Nobody dies for a dyke.",
    successorId: place("hold every line").termId,
  });
  await decideTerm(application, { ...place("guard strictly"), author: zhao, status: "rejected", reason: "Not English." });
  await decideTerm(application, {
    ...(await load()).place("hold every line"),
    author: zhao,
    status: "deprecated",
    reason: "By mistake.",
  });
  await undoDecision(application, { projectId, conceptId, author: zhao });
  await relateEntries(application, {
    projectId,
    author: chen,
    conceptId,
    type: "contrast",
    otherId: other.concept.id,
    note: "one character",
  });
  const remark = await addRemark(application, { projectId, conceptId, author: "Li Min", text: "Is there a headline form?" });
  await addRemark(application, { projectId, conceptId, author: "Li Min", text: "Settled long ago." }).then((one) =>
    settleThread(application, {
      projectId,
      conceptId,
      author: zhao,
      kind: "resolve",
      threadId: one.kind === "saved" ? one.comment.id : "",
    }),
  );
  if (remark.kind !== "saved") throw new Error("no remark");
}

async function outline(language: "en" | "zh-CN" = "en") {
  const sheet = await explainEntry(application, { projectId, conceptId });
  if (!sheet) throw new Error("no sheet");
  return { sheet, outline: outlineWhy(sheet, { words: { t: translators[language] }, at: "2024-06-18T08:00:00.000Z" }) };
}

const GOLDEN = "test/fixtures/why";

describe("the sheet", () => {
  it("reproduces the whole trail in both languages, and invents nothing", async () => {
    for (const language of ["en", "zh-CN"] as const) {
      const text = formatWhyText((await outline(language)).outline).replaceAll(conceptId, "<id>");
      const path = `${GOLDEN}/hold-every-line.${language}.txt`;
      if (process.env["UPDATE_FIXTURES"]) await writeFile(path, text);
      expect(text).toBe(await readFile(path, "utf8"));
    }
  });

  it("gives the decision that stands, also after another was taken back, with citations by authority", async () => {
    const { sheet } = await outline();
    expect(sheet.rendering).toMatchObject({
      text: "hold every line",
      decided: { author: "Zhao Ning", reason: "Short, and it is what they say.", citation: "YX-GOV" },
      proposedBy: { author: "Chen Yu" },
      citations: [{ level: { rank: 2, id: "issuer" }, source: { body: "Yunxi Province", link: "https://yunxi.example/a/3" } }],
    });
    expect(sheet.renderings.map(({ text, status }) => [text, status])).toEqual([
      ["hold every line", "approved"],
      ["defend to the death", "superseded"],
      ["guard strictly", "rejected"],
    ]);
    expect(sheet.renderings[2]?.citations).toEqual([]);
    expect(sheet.decisions.at(-2)).toMatchObject({ undoneStep: 7 });
    expect(sheet.openThreads.map(({ opening }) => opening.text)).toEqual(["Is there a headline form?"]);
    expect(sheet.conflicts).toMatchObject([{ kind: "sources-differ", terms: [{ rank: 2 }, { rank: 3 }] }]);
  });

  it("orders what contradicts by the project's own list of authorities", async () => {
    const author = "Zhao Ning";
    const press = { id: "press", name: "The provincial press", bodies: ["yunxi daily"], kinds: [] };
    await changeVettingRules(application, { projectId, author, authorities: [press, ...DEFAULT_AUTHORITIES] });
    const { sheet, outline: shown } = await outline();
    const [conflict] = sheet.conflicts;
    expect(conflict?.terms.map(({ text, rank }) => [text, rank])).toEqual([
      ["defend to the death", 1],
      ["hold every line", 3],
    ]);
    expect(formatWhyText(shown)).toContain("level 3: official translation");
    await changeVettingRules(application, { projectId, author, authorities: DEFAULT_AUTHORITIES });
  });

  it("is HTML with every text escaped and its language named", async () => {
    const { place } = await load();
    await citeTerm(application, {
      ...place("guard strictly"),
      author: "<b>Chen</b>",
      attestation: { source: "<script>alert(1)</script>", link: "javascript:alert(1)", targetQuotation: '"><img src=x>' },
    });
    const html = formatWhyHtml([(await outline()).outline], "en");
    expect(html).toContain('<span lang="zh">严防死守</span>');
    expect(html).not.toMatch(/<script|<img|javascript:|<b>Chen/);
  });
});
