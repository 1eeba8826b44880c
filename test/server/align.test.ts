/** Alignments over real HTTP: starting, steps with revisions, undo, others' changes, exports and what is refused. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ALIGNMENT_OPERATIONS } from "../../src/server/api/alignment-operations.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";
import type { ShownAlignment, ShownChange, ShownTerms } from "../../src/server/view-models/align.ts";
import { listAlignedPairs } from "../../src/workflow/aligned-pairs.ts";

export const CHINESE = `云溪省防汛工作通知

截至6月3日8时，全省共有37条河流超警戒水位。紧急转移安置群众4.6万人。
要加快修复水毁农村公路，力争10月底前全部恢复通车。
各地要落实早预警、早转移、早处置。做到责任到人、措施到位。
要严格执行二十四小时值班制度，及时报送险情灾情。

云溪省人民政府办公厅
2024年6月17日
`;
export const ENGLISH = `Notice on flood control work in Yunxi Province

As of 8:00 on 3 June, 37 rivers in the province had risen above their warning levels, and 46,000 people had been moved to safety.
Repairs to flood-damaged rural roads must be sped up so that all of them reopen to traffic by the end of October.
All localities must put early warning, early evacuation and early response into practice. A named person is to answer for every task.
The 24-hour duty system must be strictly observed, and dangers and damage reported in time.

General Office of the People's Government of Yunxi Province
17 June 2024
`;

type Shown = Pick<ShownAlignment, "revision" | "source" | "target" | "groups" | "undo" | "redo">;
type Stepped = {
  readonly revision: number;
  readonly refusal?: string;
  readonly change: ShownChange;
};

let server: TestServer;
let address: string;
let page: string;
let ids: readonly string[];

beforeAll(async () => {
  server = await startTestServer();
  ids = await server.importTexts({ "notice.zh.txt": CHINESE, "notice.en.txt": ENGLISH });
  const started = await post(`/api/p/${server.projectId}/alignments`, { source: ids[0], target: ids[1] });
  expect(started.status).toBe(202);
  const { job } = (await started.json()) as { readonly job: string };
  const ended = await server.application.jobs.waitFor(job);
  expect(ended?.error).toBeUndefined();
  address = `/api/p/${server.projectId}/alignments/${ended?.result ?? ""}`;
  page = `/p/${server.projectId}/align/${ended?.result ?? ""}`;
}, 120_000);
/** Every test begins with the alignment as the aligner made it. */
afterEach(async () => {
  for (let shown = await load(); shown.undo; shown = await load()) await travel("undo", shown.revision);
});
afterAll(() => server.close());

const post = (path: string, body: unknown) => server.postJson(path, body);

async function load(): Promise<Shown> {
  return (await (await server.send(address)).json()) as Shown;
}

async function step(baseRevision: number, operation: object): Promise<Stepped> {
  const answer = await post(`${address}/steps`, { baseRevision, operation });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Stepped;
}

async function travel(direction: "undo" | "redo", baseRevision: number): Promise<Stepped> {
  return (await (await post(`${address}/${direction}`, { baseRevision })).json()) as Stepped;
}

describe("the alignment of two documents", () => {
  it("is answered with every sentence once and groups that cover them all", async () => {
    const { groups, source, target } = await load();
    expect(groups.reduce((sum, group) => sum + group.source, 0)).toBe(source.texts.length);
    expect(groups.reduce((sum, group) => sum + group.target, 0)).toBe(target.texts.length);
    expect(source.texts.join("")).toContain("紧急转移安置群众4.6万人。");
    expect(groups.some((group) => group.source === 2 && group.target === 1)).toBe(true);
  });

  it("is opened instead of made again when the pair is aligned already", async () => {
    const answer = await post(`/api/p/${server.projectId}/alignments`, { source: ids[0], target: ids[1] });
    expect(await answer.json()).toEqual({ alignment: address.split("/").at(-1) });
  });

  it("is refused for documents of the wrong side or of nowhere", async () => {
    for (const [source, target] of [
      [ids[1], ids[0]],
      [ids[0], "none"],
    ]) {
      expect((await post(`/api/p/${server.projectId}/alignments`, { source, target })).status).toBe(404);
    }
    expect((await post(`/api/p/${server.projectId}/alignments`, { source: ids[0] })).status).toBe(400);
  });
});

describe("a step", () => {
  it("answers what changed, can be undone by its name after a reload, and done again", async () => {
    const before = await load();
    const first = before.groups[0]?.id ?? "";
    const merged = await step(before.revision, { kind: "merge-next", group: first });
    expect(merged.revision).toBe(before.revision + 1);
    expect(merged.change).toMatchObject({ start: 0, removed: 2, inserted: [{ id: first, source: 3, target: 2 }] });
    const reloaded = await load();
    expect(reloaded.undo).toEqual({ code: "merge-next", row: 1 });
    const undone = await travel("undo", reloaded.revision);
    expect(undone.change).toMatchObject({ start: 0, removed: 1, inserted: [{ id: first, source: 1 }, { source: 2 }] });
    expect((await load()).groups).toEqual(before.groups);
    await travel("redo", undone.revision);
    expect((await load()).groups[0]).toMatchObject({ source: 3, target: 2 });
  });

  it("that cannot be done is refused with a code and changes nothing", async () => {
    const before = await load();
    const refused = await step(before.revision, { kind: "mark-omitted", group: before.groups[0]?.id });
    expect(refused.refusal).toBe("both-sides-present");
    expect((await load()).revision).toBe(before.revision);
    expect(
      (await post(`${address}/steps`, { baseRevision: before.revision, operation: { kind: "burn", group: "x" } })).status,
    ).toBe(400);
  });

  it("moves several sentences of a row when a count is given", async () => {
    const before = await load();
    const at = before.groups.findIndex((group) => group.source === 2 && group.target === 1);
    const moved = await step(before.revision, {
      kind: "move-first-up",
      group: before.groups[at]?.id,
      side: "source",
      count: 2,
    });
    expect(moved.change.inserted.map(({ source, target }) => [source, target])).toEqual([
      [(before.groups[at - 1]?.source ?? 0) + 2, before.groups[at - 1]?.target],
      [0, 1],
    ]);
  });

  it("on an old revision changes nothing and brings what others did", async () => {
    const before = await load();
    const [first, second] = before.groups;
    const theirs = await step(before.revision, { kind: "confirm", group: first?.id });
    const stale = await post(`${address}/steps`, {
      baseRevision: before.revision,
      operation: { kind: "confirm", group: second?.id },
    });
    expect(stale.status).toBe(409);
    const { error } = (await stale.json()) as { readonly error: { readonly code: string; readonly details: Stepped & object } };
    expect(error.code).toBe("stale");
    expect(error.details).toMatchObject({
      revision: theirs.revision,
      change: { start: 0, removed: 1, inserted: [{ id: first?.id, status: "confirmed" }] },
      steps: [{ code: "confirm", row: 1, author: "Zhao Ning", kind: "edit" }],
    });
    const changes = await server.send(`${address}/changes?since=${before.revision}`);
    expect(await changes.json()).toMatchObject({ revision: theirs.revision, change: { removed: 1 } });
    expect((await server.send(`${address}/changes?since=${theirs.revision}`)).status).toBe(204);
  });

  it("keeps the memory in line: a confirmed row becomes a reviewed unit, a merged one another text", async () => {
    const units = async () => {
      const all = await server.application.stores.memories.loadUnits(server.projectId);
      return all.map(({ source, state, previous }) => ({ source, state, previous }));
    };
    const before = await load();
    const row = before.groups[1];
    const text = before.source.texts.slice(1, 3).join("");
    const confirmed = await step(before.revision, { kind: "confirm", group: row?.id });
    expect(await units()).toContainEqual({ source: text, state: "reviewed", previous: before.source.texts[0] });
    const merged = await step(confirmed.revision, { kind: "merge-previous", group: row?.id });
    expect((await units()).some(({ source }) => source === text)).toBe(false);
    await travel("undo", merged.revision);
    expect(await units()).toContainEqual({ source: text, state: "reviewed", previous: before.source.texts[0] });
  });
});

describe("the text of a sentence", () => {
  it("is edited, cut, joined and restored over the document, which stays as it was received; undo goes back step by step", async () => {
    const { segments } = server.application.stores;
    const received = async () => (await segments.list({ documentId: ids[0] ?? "" })).map(({ id, source }) => [id, source]);
    const documentBefore = await received();
    const before = await load();
    const at = before.groups.findIndex((group) => group.source === 2);
    const place = { group: before.groups[at]?.id, side: "source", sentence: 0 };
    const start = before.groups.slice(0, at).reduce((sum, group) => sum + group.source, 0);
    const text = before.source.texts[start] ?? "";
    const edited = await step(before.revision, { kind: "edit-sentence", ...place, text: `${text}（更正）` });
    expect(edited.change.sentences?.source).toMatchObject({
      start,
      removed: 1,
      inserted: [{ text: `${text}（更正）`, change: { kind: "text", original: text, author: "Zhao Ning" } }],
    });
    expect((await load()).source.changes[start]).toMatchObject({ original: text });
    const cut = await step(edited.revision, { kind: "split-sentence", ...place, at: 4 });
    expect(cut.change.inserted[0]).toMatchObject({ source: 3, touchedBy: ["Zhao Ning"] });
    const cutAgain = await step(cut.revision, { kind: "split-sentence", ...place, at: 99 });
    expect(cutAgain.refusal).toBe("nothing-to-cut");
    const restored = await step(cut.revision, { kind: "restore-sentence", ...place });
    expect((await load()).source.texts).toEqual(before.source.texts);
    expect(restored.change.inserted[0]).toMatchObject({ source: 2 });
    const joined = await step(restored.revision, { kind: "join-sentences", ...place });
    expect((await load()).source.texts[start]).toBe(before.source.texts.slice(start, start + 2).join(""));
    expect((await step(joined.revision, { kind: "join-sentences", ...place })).refusal).toBe("no-next-sentence");
    const units = await server.application.stores.memories.loadUnits(server.projectId);
    expect(units.map(({ source }) => source)).toContain(before.source.texts.slice(start, start + 2).join(""));
    for (let shown = await load(); shown.undo; shown = await load()) await travel("undo", shown.revision);
    const after = await load();
    expect([after.source, after.target, after.groups]).toEqual([before.source, before.target, before.groups]);
    expect(await received()).toEqual(documentBefore);
  });

  it("is exported and checked as it was edited", async () => {
    const { revision, groups } = await load();
    const edited = await step(revision, {
      kind: "edit-sentence",
      group: groups[0]?.id,
      side: "target",
      sentence: 0,
      text: "Notice, mended",
    });
    await step(edited.revision, { kind: "confirm", group: groups[0]?.id });
    const { pairs } = await listAlignedPairs(server.application, server.projectId);
    expect(pairs.map(({ target }) => target)).toContain("Notice, mended");
  });
});

describe("notes, approved pairs and paragraphs of a row", () => {
  it("are answered with author and date, and with where they stand", async () => {
    const before = await load();
    const group = before.groups[0]?.id;
    const noted = await step(before.revision, { kind: "add-note", group, text: "  问一下来源  " });
    expect(noted.change.inserted[0]).toMatchObject({ notes: [{ text: "问一下来源", author: "Zhao Ning" }] });
    expect((await step(noted.revision, { kind: "add-note", group, text: "  " })).refusal).toBe("empty-text");
    expect(before.source.paragraphs[0]).toBe(0);
    expect(before.source.paragraphs).toHaveLength(before.source.texts.length);
    const attestations = [{ source: "house", locator: "1", kind: "same-work" as const }];
    const term = (language: string, text: string) =>
      ({ language, text, status: "approved", termType: "phrase", matching: "exact", attestations }) as const;
    const concepts = [{ id: "flood", kind: "phrase" as const, terms: [term("zh", "警戒水位"), term("en", "warning level")] }];
    const signed = { projectId: server.projectId, author: "x", at: server.application.clock(), reason: "r", citation: "house" };
    await server.application.stores.concepts.importAll(concepts, signed);
    const { source, target, revision } = await load();
    const marks = (await (await server.send(`${address}/terms`)).json()) as ShownTerms;
    expect(marks.revision).toBe(revision);
    const { answer } = ALIGNMENT_OPERATIONS.find(({ id }) => id === "list-alignment-terms") ?? {};
    expect(answer && "schema" in answer && answer.schema.parse(marks)).toEqual(marks);
    const found = (side: "source" | "target") =>
      Object.entries(marks[side]).flatMap(([at, terms]) =>
        terms.map(([, start, end]) => ({ source, target })[side].texts[Number(at)]?.slice(start, end)),
      );
    expect([found("source"), found("target")]).toEqual([["警戒水位"], ["warning levels"]]);
  });
});

describe("re-aligning the rest", () => {
  it("can be asked for some rows only, or begin a row with two pinned sentences", async () => {
    const before = await load();
    const [first, second, third] = before.groups;
    const merged = await step(before.revision, { kind: "merge-next", group: second?.id });
    const mergedAgain = await step(merged.revision, { kind: "merge-next", group: before.groups[3]?.id });
    const wait = async (body: object) => {
      const { job } = (await (await post(`${address}/realign`, body)).json()) as { readonly job: string };
      expect((await server.application.jobs.waitFor(job))?.state).toBe("done");
      return load();
    };
    const range = { first: first?.id, last: second?.id };
    const some = await wait({ baseRevision: mergedAgain.revision, range });
    expect(some.undo).toEqual({ code: "realign-rows", row: 1, last: 2 });
    expect(some.groups).toHaveLength(before.groups.length - 1);
    // The source sentence of the third row with the second sentence of the translation above it.
    const source = { group: some.groups[2]?.id, sentence: 0 };
    const pinned = await wait({
      baseRevision: some.revision,
      pin: { source, target: { group: some.groups[1]?.id, sentence: 0 } },
    });
    expect(pinned.undo).toMatchObject({ code: "pin" });
    const row = pinned.groups.findIndex((group) => group.pinned);
    const startOf = (side: "source" | "target") => pinned.groups.slice(0, row).reduce((sum, group) => sum + group[side], 0);
    expect([startOf("source"), startOf("target")]).toEqual([(first?.source ?? 0) + (second?.source ?? 0), first?.target]);
    expect(third).toBeDefined();
    const locked = await step(pinned.revision, { kind: "lock", group: pinned.groups[0]?.id });
    const across = {
      source: { group: pinned.groups[0]?.id, sentence: 0 },
      target: { group: pinned.groups[row]?.id, sentence: 0 },
    };
    const refused = await post(`${address}/realign`, { baseRevision: locked.revision, pin: across });
    expect(await refused.json()).toEqual({ refusal: "pin-crosses" });
  }, 120_000);

  it("is a job that keeps what is confirmed and is one step that can be undone", async () => {
    const before = await load();
    const kept = before.groups[0]?.id ?? "";
    const confirmed = await step(before.revision, { kind: "confirm", group: kept });
    const merged = await step(confirmed.revision, { kind: "merge-next", group: before.groups[1]?.id });
    const started = await post(`${address}/realign`, { baseRevision: merged.revision });
    expect(started.status).toBe(202);
    const { job } = (await started.json()) as { readonly job: string };
    expect((await server.application.jobs.waitFor(job))?.state).toBe("done");
    const after = await load();
    expect(after.groups[0]).toMatchObject({ id: kept, status: "confirmed" });
    expect(after.groups.map(({ source, target }) => [source, target])).toEqual(
      before.groups.map(({ source, target }) => [source, target]),
    );
    expect(after.undo).toEqual({ code: "realign" });
    await travel("undo", after.revision);
    expect((await load()).groups).toHaveLength(before.groups.length - 1);
    expect((await post(`${address}/realign`, { baseRevision: before.revision })).status).toBe(409);
  }, 120_000);
});

describe("the files of an alignment", () => {
  it("hold the pairs as TMX and all rows with their states as XLIFF and CSV", async () => {
    const { revision, groups } = await load();
    await step(revision, { kind: "confirm", group: groups[0]?.id });
    const read = async (query: string) => (await server.send(`${page}/export?${query}`)).text();
    expect((await read("format=tmx&rows=confirmed")).match(/<tu[ >]/g)).toHaveLength(1);
    expect((await read("format=tmx")).match(/<tu[ >]/g)).toHaveLength(groups.length);
    expect((await read("format=xliff20")).match(/state="reviewed"/g)).toHaveLength(1);
    expect((await read("format=xliff12")).match(/<trans-unit /g)).toHaveLength(groups.length);
    expect(await read("format=csv")).toContain("紧急转移安置群众4.6万人。");
    expect((await server.send(`${page}/export?format=exe`)).status).toBe(400);
  });

  it("hold the notes of people and the words before an edit, and a table says that it loses them", async () => {
    const { revision, groups, source } = await load();
    const group = groups[0]?.id;
    const noted = await step(revision, { kind: "add-note", group, text: "ask the <office>" });
    await step(noted.revision, { kind: "edit-sentence", group, side: "source", sentence: 0, text: "云溪省防汛通知" });
    const read = async (query: string) => (await server.send(`${page}/export?${query}`)).text();
    for (const format of ["xliff12", "xliff20", "html"]) {
      const text = await read(`format=${format}`);
      expect(text).toContain("ask the &lt;office&gt;");
      expect(text).toContain("云溪省防汛通知");
      expect(text).toContain(source.texts[0]);
    }
    const offer = await server.send(`${address}/export?format=table`);
    expect(await offer.json()).toMatchObject({ losses: expect.arrayContaining([{ code: "notes", count: 1 }]) as unknown });
  });
});

describe("the pages of alignments", () => {
  it("list what is aligned with its progress, in both languages", async () => {
    for (const [language, words] of [
      ["en", "Last worked on by"],
      ["zh-CN", "最近处理人"],
    ] as const) {
      const html = await (await server.send(`/p/${server.projectId}/align`, { headers: { "Accept-Language": language } })).text();
      expect(html).toContain(page);
      expect(html).toContain(words);
    }
  });

  it("open at the row that a unit of the memory comes from", async () => {
    const { groups } = await load();
    const listed = await (await server.send(`/api/p/${server.projectId}/units`)).json();
    const { units } = listed as { readonly units: readonly { readonly address: string }[] };
    const second = `${page}?group=${encodeURIComponent(groups[1]?.id ?? "")}`;
    expect(units.map((unit) => unit.address)).toContain(second);
    const opened = await server.send(second, { redirect: "manual" });
    expect([opened.status, opened.headers.get("location")]).toEqual([302, `${page}#row-2`]);
    // The row is gone: the alignment is still worth opening.
    const gone = await server.send(`${page}?group=gone`, { redirect: "manual" });
    expect(gone.headers.get("location")).toBe(page);
  });

  it("answer 404 for an alignment of another project, and for none", async () => {
    const other = await server.application.stores.projects.create({
      id: "other",
      name: "Other",
      sourceLanguage: "zh",
      targetLanguage: "en",
      createdAt: "2024-06-17T00:00:00.000Z",
    });
    expect(other.kind).not.toBe("taken");
    expect((await server.send(address.replace(server.projectId, "other"))).status).toBe(404);
    expect((await server.send(page.replace(server.projectId, "other"))).status).toBe(404);
    expect((await server.send(`/p/${server.projectId}/align/none`)).status).toBe(404);
  });

  it("name the files of documents that have one title, and only of those", async () => {
    const read = async () => (await server.send(`/p/${server.projectId}/align`)).text();
    expect(await read()).not.toContain("notice.zh.txt");
    await server.importTexts({ "second.zh.txt": "云溪省防汛工作通知\n\n各县要备足物资，加强巡查，做到有备无患。\n" });
    const html = await read();
    expect(html).toMatch(/<option[^>]*>[^<]*云溪省防汛工作通知 · second\.zh\.txt/u);
    expect(html).toMatch(/class="file-name">notice\.zh\.txt</u);
    expect(html).not.toContain("notice.en.txt");
  });
});
