import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStores } from "../../src/storage/stores.ts";
import type { Stores } from "../../src/storage/stores.ts";
import { addProject, AT, LATER, lin, makeDocument, makeParagraph, wu } from "./samples.ts";

let stores: Stores;
let projectId: string;

beforeEach(async () => {
  stores = await openStores(":memory:");
  projectId = await addProject(stores);
});

afterEach(() => stores.close());

describe("projects and settings", () => {
  it("takes an id once, finds by name, changes", async () => {
    const again = { id: projectId, name: "x", sourceLanguage: "zh", targetLanguage: "fr", createdAt: LATER };
    expect(await stores.projects.create(again)).toMatchObject({ kind: "taken", project: { targetLanguage: "en" } });
    expect((await stores.projects.findByName("云溪省 yunxi"))?.id).toBe(projectId);
    expect(await stores.projects.change(again)).toMatchObject({ name: "x", createdAt: AT });
  });

  it("keeps settings by project and for all", async () => {
    await stores.settings.save({ key: "place", value: { rank: 12 }, projectId });
    await stores.settings.save({ key: "place", value: "global" });
    expect(await stores.settings.find("place", projectId)).toEqual({ rank: 12 });
    await stores.settings.save({ key: "place", value: null, projectId });
    expect(await stores.settings.find("place", projectId)).toBeNull();
    await stores.settings.remove("place", projectId);
    expect(await stores.settings.find("place", projectId)).toBeUndefined();
    expect(await stores.settings.find("place")).toBe("global");
  });
});

describe("received files", () => {
  it("gives the bytes back as they came, and keeps equal contents once", async () => {
    const bytes = new Uint8Array(2.5 * 1024 * 1024).map((_, at) => (at * 31) % 251);
    const file = { projectId, name: "通知.txt", mediaType: "text/plain", encoding: "gb18030", bytes, receivedAt: AT };
    const first = await stores.files.add(file);
    const second = await stores.files.add({ ...file, name: "copy.txt" });
    expect(first.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(Buffer.from(bytes).equals(await stores.files.getBytes(second.id))).toBe(true);
    expect((await stores.files.findBySha256(projectId, first.sha256)).length).toBe(2);
    expect((await stores.files.list(projectId)).map((one) => one.name)).toEqual(["copy.txt", "通知.txt"]);
    let parts = 0;
    for await (const part of stores.files.readBytes(first.id)) parts += part.length > 0 ? 1 : 0;
    expect(parts).toBe(3);
    await expect(stores.files.getBytes("none")).rejects.toThrow();
  });

  it("keeps an empty file", async () => {
    const { id } = await stores.files.add({ projectId, name: "e", mediaType: "x", bytes: new Uint8Array(), receivedAt: AT });
    expect((await stores.files.getBytes(id)).length).toBe(0);
  });
});

describe("documents", () => {
  it("come back whole, with counts of what is translated", async () => {
    const added = await stores.documents.add(
      makeDocument(projectId, { versionOf: { document: "other", containment: 0.97 } }),
      lin,
    );
    const found = await stores.documents.find(added.id);
    expect(found).toEqual(added);
    expect(found?.versionOf).toEqual({ document: "other", containment: 0.97 });
    expect(found?.paragraphs.map((paragraph) => [paragraph.position, paragraph.line, paragraph.exclusion])).toEqual([
      [0, 1, undefined],
      [1, 3, undefined],
      [2, 4, "caption"],
      [3, 5, undefined],
    ]);
    expect(found?.paragraphs[3]?.joined).toEqual([{ line: 6, at: 2 }]);
    expect(await stores.documents.list({ projectId })).toMatchObject([{ paragraphCount: 3, segmentCount: 4, confirmedCount: 0 }]);
    expect(await stores.documents.list({ projectId, side: "target" })).toEqual([]);
  });

  it("are refused whole when segments do not make up a paragraph", async () => {
    const broken = { ...makeParagraph(1, ["一", "二"]), text: "一 二" };
    await expect(stores.documents.add(makeDocument(projectId, { paragraphs: [broken] }), lin)).rejects.toThrow();
    expect(await stores.documents.list({ projectId })).toEqual([]);
  });

  it("change by revision; a stale change gets both and the base", async () => {
    const { id } = await stores.documents.add(makeDocument(projectId), lin);
    const saved = await stores.documents.change({
      documentId: id,
      baseRevision: 1,
      change: { title: "新标题", date: undefined },
      ...wu,
    });
    expect(saved).toMatchObject({ kind: "saved", document: { title: "新标题", revision: 2, body: "云溪省人民政府" } });
    expect((await stores.documents.find(id))?.date).toBeUndefined();
    const stale = await stores.documents.change({ documentId: id, baseRevision: 1, change: { title: "我的标题" }, ...lin });
    expect(stale).toMatchObject({
      kind: "stale",
      mine: { title: "我的标题" },
      theirs: { title: "新标题" },
      base: { title: "关于做好防汛工作的通知", date: "2026-02-03", revision: 1 },
    });
    expect(await stores.documents.change({ documentId: "none", baseRevision: 1, change: {}, ...lin })).toEqual({
      kind: "refused",
      code: "not-found",
    });
  });

  it("leave paragraphs out and take them in again", async () => {
    const document = await stores.documents.add(makeDocument(projectId), lin);
    const paragraphIds = [document.paragraphs[1]?.id ?? ""];
    const based = { documentId: document.id, paragraphIds, ...lin };
    await stores.documents.exclude({ ...based, baseRevision: 1, exclusion: "credit" });
    expect(await stores.documents.findSummary(document.id)).toMatchObject({ paragraphCount: 2, segmentCount: 2, revision: 2 });
    expect((await stores.segments.list({ documentId: document.id })).map((one) => one.source)).toEqual([
      "关于做好防汛工作的通知",
      "请认真执行。",
    ]);
    const stale = await stores.documents.exclude({ ...based, baseRevision: 1, exclusion: "slogan" });
    expect(stale).toMatchObject({ kind: "stale" });
    if (stale.kind === "stale") {
      const exclusions = [stale.mine, stale.theirs, stale.base].map((one) => one?.paragraphs[1]?.exclusion);
      expect(exclusions).toEqual(["slogan", "credit", undefined]);
    }
    await stores.documents.exclude({ ...based, baseRevision: 2, exclusion: undefined });
    expect(await stores.documents.findSummary(document.id)).toMatchObject({ paragraphCount: 3, segmentCount: 4 });
  });

  it("join and split paragraphs in place; other paragraphs keep their segments and targets", async () => {
    const document = await stores.documents.add(makeDocument(projectId), lin);
    const [, second, third, fourth] = document.paragraphs;
    const last = (await stores.segments.list({ documentId: document.id })).at(-1);
    const target = { target: "Please comply.", state: "translated", origin: "typed", baseRevision: 1 } as const;
    await stores.segments.saveTarget({ segmentId: last?.id ?? "", ...target, ...lin });
    const joined = await stores.documents.replaceParagraphs({
      documentId: document.id,
      baseRevision: 1,
      replaced: [second?.id ?? "", third?.id ?? ""],
      paragraphs: [
        makeParagraph(3, ["各县要落实责任。"]),
        makeParagraph(3, ["各乡要加强巡查。"]),
        makeParagraph(4, ["图为巡堤现场。"]),
      ],
      ...wu,
    });
    expect(joined).toMatchObject({ kind: "saved", document: { revision: 2 } });
    const after = await stores.documents.find(document.id);
    expect(after?.paragraphs.map((one) => [one.position, one.text])).toEqual([
      [0, "关于做好防汛工作的通知"],
      [1, "各县要落实责任。"],
      [2, "各乡要加强巡查。"],
      [3, "图为巡堤现场。"],
      [4, "请认真执行。"],
    ]);
    const segments = await stores.segments.list({ documentId: document.id });
    expect(segments.map((one) => [one.position, one.paragraph, one.target])).toEqual([
      [0, 0, undefined],
      [1, 1, undefined],
      [2, 2, undefined],
      [3, 3, undefined],
      [4, 4, "Please comply."],
    ]);
    const wrong = {
      documentId: document.id,
      baseRevision: 2,
      replaced: [fourth?.id ?? "", second?.id ?? ""],
      paragraphs: [],
      ...lin,
    };
    expect(await stores.documents.replaceParagraphs(wrong)).toEqual({ kind: "refused", code: "paragraphs-not-consecutive" });
    const stale = await stores.documents.change({ documentId: document.id, baseRevision: 1, change: { body: "x" }, ...lin });
    expect(stale.kind === "stale" && stale.base?.paragraphs).toEqual(document.paragraphs);
    expect((await stores.documents.history(document.id)).map((event) => event.action)).toEqual(["create", "paragraphs"]);
  });

  it("are removed and brought back", async () => {
    const { id } = await stores.documents.add(makeDocument(projectId), lin);
    expect(await stores.documents.remove(id, wu)).toMatchObject({ removedAt: LATER });
    expect(await stores.documents.list({ projectId })).toEqual([]);
    expect((await stores.documents.list({ projectId, removed: true })).map((one) => one.id)).toEqual([id]);
    await stores.documents.restore(id, wu);
    expect((await stores.documents.list({ projectId }))[0]?.removedAt).toBeUndefined();
    expect((await stores.documents.history(id)).map((event) => event.action)).toEqual(["create", "remove", "restore"]);
  });
});

describe("targets of segments", () => {
  const based = { state: "translated", origin: "typed" } as const;

  it("are saved on the revision they started from, with a history", async () => {
    const { id } = await stores.documents.add(makeDocument(projectId), lin);
    const [first] = await stores.segments.list({ documentId: id });
    const segmentId = first?.id ?? "";
    const saved = await stores.segments.saveTarget({ segmentId, target: "Notice", baseRevision: 1, ...based, ...lin });
    expect(saved).toMatchObject({ kind: "saved", segment: { target: "Notice", revision: 2, author: "林岚", changedAt: AT } });
    expect(await stores.segments.find(segmentId)).toEqual(saved.kind === "saved" && saved.segment);
    await stores.segments.saveTarget({ segmentId, target: "Circular", baseRevision: 2, ...based, ...wu });
    const mine = { segmentId, target: "Announcement", ...based, ...lin };
    expect(await stores.segments.saveTarget({ ...mine, baseRevision: 2 })).toMatchObject({
      kind: "stale",
      mine: "Announcement",
      theirs: { target: "Circular", revision: 3 },
      base: "Notice",
    });
    expect(await stores.segments.saveTarget({ ...mine, baseRevision: 1 })).toMatchObject({ kind: "stale", base: "" });
    expect(await stores.segments.saveTarget({ ...mine, baseRevision: 9 })).toMatchObject({ kind: "stale", base: undefined });
    expect((await stores.segments.history(segmentId)).map((one) => [one.revision, one.target, one.author])).toEqual([
      [2, "Notice", "林岚"],
      [3, "Circular", "吴桐"],
    ]);
    expect(await stores.documents.findSummary(id)).toMatchObject({ confirmedCount: 1 });
  });

  it("are not stale when the same save is only repeated", async () => {
    const { id } = await stores.documents.add(makeDocument(projectId), lin);
    const [first] = await stores.segments.list({ documentId: id });
    const save = { segmentId: first?.id ?? "", target: "Notice", baseRevision: 1, ...based, ...lin };
    await stores.segments.saveTarget(save);
    expect(await stores.segments.saveTarget(save)).toMatchObject({ kind: "saved", segment: { revision: 2 } });
    expect(await stores.segments.history(save.segmentId)).toHaveLength(1);
  });

  it("are saved together, each with its own outcome", async () => {
    const { id } = await stores.documents.add(makeDocument(projectId), lin);
    const segments = await stores.segments.list({ documentId: id });
    const saves = segments.map((segment, at) => ({
      segmentId: segment.id,
      target: `T${at}`,
      baseRevision: at === 1 ? 7 : 1,
      ...based,
      ...lin,
    }));
    const outcomes = await stores.segments.saveTargets([...saves, { ...saves[0], segmentId: "none" } as (typeof saves)[number]]);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(["saved", "stale", "saved", "saved", "refused"]);
    expect((await stores.segments.listTranslated(projectId)).map((segment) => segment.target)).toEqual(["T0", "T2", "T3"]);
  });

  it("that come with a document are its first revision", async () => {
    const paragraph = makeParagraph(1, ["请认真执行。"]);
    const segments = paragraph.segments.map((segment) => ({ ...segment, target: "Please comply.", state: "final" as const }));
    const { id } = await stores.documents.add(makeDocument(projectId, { paragraphs: [{ ...paragraph, segments }] }), lin);
    const [segment] = await stores.segments.list({ documentId: id });
    expect(segment).toMatchObject({ target: "Please comply.", state: "final", origin: "import", revision: 1 });
    expect(await stores.segments.history(segment?.id ?? "")).toHaveLength(1);
  });

  it("are listed by page, with and without what is not translated", async () => {
    const { id: documentId } = await stores.documents.add(makeDocument(projectId), lin);
    const all = await stores.segments.list({ documentId, withIgnorables: true, withExcluded: true });
    expect(all.map((one) => one.source).join("")).toBe(
      "关于做好防汛工作的通知各县要落实责任。 各乡要加强巡查。图为巡堤现场。请认真执行。",
    );
    expect((await stores.segments.list({ documentId, offset: 1, limit: 2 })).map((one) => one.position)).toEqual([1, 3]);
    expect(await stores.segments.findAll([all[2]?.id ?? "", "none", all[0]?.id ?? ""])).toEqual([all[2], all[0]]);
  });

  it("of a document with ten thousand segments are stored and listed without a long pause", async () => {
    const paragraphs = Array.from({ length: 2500 }, (_, line) =>
      makeParagraph(line, ["各县要落实责任。", " ", "各乡要加强巡查。", "请执行。"]),
    );
    const start = performance.now();
    const { id } = await stores.documents.add(makeDocument(projectId, { paragraphs }), lin);
    const stored = performance.now();
    expect(await stores.segments.list({ documentId: id })).toHaveLength(7500);
    const listed = performance.now();
    console.log(
      `10,000 segments stored in ${(stored - start).toFixed(0)} ms, 7,500 listed in ${(listed - stored).toFixed(0)} ms`,
    );
  });
});
