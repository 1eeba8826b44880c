import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NewConcept, StoredConcept } from "../../src/storage/concept-store.ts";
import { openStores } from "../../src/storage/stores.ts";
import type { Stores } from "../../src/storage/stores.ts";
import { addProject, AT, LATER, lin, makeTerm, wu } from "./samples.ts";

let stores: Stores;
let projectId: string;

beforeEach(async () => {
  stores = await openStores(":memory:");
  projectId = await addProject(stores);
});

afterEach(() => stores.close());

async function create(concept: NewConcept, more = {}): Promise<StoredConcept> {
  const outcome = await stores.concepts.create(concept, { projectId, ...lin, ...more });
  if (outcome.kind !== "saved") throw new Error(outcome.code);
  return outcome.concept;
}

const flood = (): NewConcept => ({
  kind: "phrase",
  domain: "水利",
  terms: [makeTerm("防汛抗旱"), makeTerm("flood control and drought relief")],
});

describe("a concept", () => {
  it("comes back as it was created", async () => {
    const attestations = [{ source: "yx-2026", place: "3", sourceQuotation: "做好防汛抗旱", targetQuotation: "…" }];
    const term = makeTerm("flood control", {
      attestations,
      usage: "headline",
      partOfSpeech: "noun",
      validFrom: "2026-01-01",
      note: "n",
    });
    const concept = await create({ kind: "term", class: "programme", note: "注", terms: [makeTerm("防汛"), term] });
    expect(concept).toMatchObject({ kind: "term", class: "programme", note: "注", revision: 1, createdAt: AT });
    expect(concept.domain).toBeUndefined();
    expect(concept.terms[1]).toMatchObject(term);
    expect(await stores.concepts.find(concept.id)).toEqual(concept);
    expect(await stores.concepts.find("none")).toBeUndefined();
  });

  it("changes by revision", async () => {
    const { id } = await create(flood());
    const change = { conceptId: id, baseRevision: 1, ...wu };
    const saved = await stores.concepts.changeConcept({ ...change, content: { kind: "term", domain: "应急" } });
    expect(saved).toMatchObject({ kind: "saved", concept: { kind: "term", domain: "应急", revision: 2, changedAt: LATER } });
    const stale = await stores.concepts.changeConcept({ ...change, content: { kind: "name" } });
    expect(stale).toMatchObject({
      kind: "stale",
      mine: { kind: "name" },
      theirs: { kind: "term" },
      base: { kind: "phrase", domain: "水利" },
    });
  });

  it("gets terms; each has its revision, and a stale change gets both texts and the base", async () => {
    const { id } = await create(flood());
    const added = await stores.concepts.addTerm({ conceptId: id, term: makeTerm("flood prevention"), ...wu });
    if (added.kind !== "saved") throw new Error(added.kind);
    expect(added.concept.terms.map((term) => term.text)).toEqual([
      "防汛抗旱",
      "flood control and drought relief",
      "flood prevention",
    ]);
    const { id: termId, revision } = added.term;
    const content = makeTerm("flood prevention");
    const change = { termId, baseRevision: revision, ...lin };
    expect(await stores.concepts.changeTerm({ ...change, content: { ...content, text: "flood defence" } })).toMatchObject({
      kind: "saved",
      term: { text: "flood defence", revision: 2 },
    });
    expect(await stores.concepts.changeTerm({ ...change, content: { ...content, text: "flood work" } })).toMatchObject({
      kind: "stale",
      mine: { text: "flood work" },
      theirs: { text: "flood defence" },
      base: { text: "flood prevention" },
    });
    const attested = await stores.concepts.addAttestation({ termId, attestation: { source: "yx-2026" }, ...lin });
    expect(attested).toMatchObject({ kind: "saved", term: { attestations: [{ source: "yx-2026" }], revision: 3 } });
  });
});

describe("a decision", () => {
  it("to approve needs a citation and a reason", async () => {
    const concept = await create(flood());
    const term = concept.terms[1];
    const change = { termId: term?.id ?? "", baseRevision: 1, status: "approved", ...lin } as const;
    const { changeStatus } = stores.concepts;
    expect(await changeStatus({ ...change, reason: "usual" })).toEqual({ kind: "refused", code: "approval-without-citation" });
    expect(await changeStatus({ ...change, reason: "usual", citation: " " })).toMatchObject({
      code: "approval-without-citation",
    });
    expect(await changeStatus({ ...change, reason: "usual", citation: "proposed" })).toMatchObject({
      code: "approval-without-citation",
    });
    expect(await changeStatus({ ...change, citation: "house" })).toEqual({ kind: "refused", code: "approval-without-reason" });
    expect((await stores.concepts.history(concept.id)).map((one) => one.action)).toEqual(["create", "add-term"]);
    const saved = await changeStatus({ ...change, citation: "house", reason: "short and usual" });
    expect(saved).toMatchObject({
      kind: "saved",
      term: { status: "approved", revision: 2 },
      decision: {
        action: "approve",
        before: "proposed",
        after: "approved",
        reason: "short and usual",
        citation: "house",
        author: "林岚",
        at: AT,
      },
    });
    expect(await changeStatus({ ...change, status: "rejected", reason: "no" })).toMatchObject({
      kind: "stale",
      mine: "rejected",
      theirs: { status: "approved" },
      base: "proposed",
    });
  });

  it("to approve may rest on an attestation of the term", async () => {
    const { terms } = await create({
      kind: "phrase",
      terms: [makeTerm("防汛"), makeTerm("flood control", { attestations: [{ source: "yx-2026" }] })],
    });
    const change = { termId: terms[1]?.id ?? "", baseRevision: 1, status: "approved", reason: "seen", ...lin } as const;
    expect(await stores.concepts.changeStatus(change)).toMatchObject({ kind: "saved", decision: { citation: "yx-2026" } });
  });

  it("is asked for when an approved text is changed, or a term arrives approved", async () => {
    const term = makeTerm("flood control", { status: "approved" });
    const concept = { kind: "phrase" as const, terms: [makeTerm("防汛"), term] };
    const refused = { kind: "refused", code: "approval-without-citation" };
    expect(await stores.concepts.create(concept, { projectId, reason: "r", ...lin })).toEqual(refused);
    expect((await stores.concepts.list({ projectId })).total).toBe(0);
    const { id, terms } = await create(concept, { reason: "r", citation: "house" });
    expect((await stores.concepts.history(id)).map((one) => one.action)).toEqual(["create", "add-term", "approve"]);
    const change = { termId: terms[1]?.id ?? "", baseRevision: 1, content: { ...term, text: "flood defence" }, ...lin };
    expect(await stores.concepts.changeTerm(change)).toEqual(refused);
    expect(await stores.concepts.changeTerm({ ...change, content: { ...term, note: "only a note" } })).toMatchObject({
      kind: "saved",
    });
    const grounds = { reason: "shorter", citation: "house", baseRevision: 2 };
    expect(await stores.concepts.changeTerm({ ...change, ...grounds })).toMatchObject({
      kind: "saved",
      term: { text: "flood defence" },
    });
    expect((await stores.concepts.history(id)).at(-1)).toMatchObject({ action: "change", reason: "shorter", citation: "house" });
    expect((await stores.concepts.listDecisions(projectId))[0]).toMatchObject({ reason: "shorter" });
  });
});

describe("an entry that was made by mistake", () => {
  it("goes from every list with its history kept, and comes back with the next change", async () => {
    const concept = await create({ kind: "phrase", terms: [makeTerm("防汛抗旱", { status: "proposed" })] });
    const [term] = concept.terms;
    const mistake = { termId: term?.id ?? "", baseRevision: 1, reason: "taken back", ...wu };
    const withdrawn = await stores.concepts.withdraw(mistake);
    expect(withdrawn).toMatchObject({ kind: "saved", term: { status: "rejected" } });
    const find = (more = {}) => stores.concepts.findByTerm({ projectId, text: "防汛抗旱", ...more });
    expect((await stores.concepts.list({ projectId })).total).toBe(0);
    expect((await stores.concepts.countStatuses({ projectId })).size).toBe(0);
    expect((await stores.concepts.loadGlossary(projectId)).concepts).toEqual([]);
    expect(await find()).toEqual([]);
    expect((await find({ withdrawn: true })).map(({ id }) => id)).toEqual([concept.id]);
    expect(await stores.concepts.find(concept.id)).toMatchObject({ id: concept.id });
    expect((await stores.concepts.history(concept.id)).map(({ action }) => action)).toEqual(["create", "reject"]);
    await stores.concepts.changeStatus({ termId: term?.id ?? "", baseRevision: 2, status: "proposed", ...lin });
    expect((await find()).map(({ id }) => id)).toEqual([concept.id]);
    expect(await stores.concepts.withdraw(mistake)).toMatchObject({ kind: "stale" });
  });
});

describe("the list of concepts", () => {
  beforeEach(async () => {
    await create(flood());
    await create({ kind: "name", terms: [makeTerm("云溪省"), makeTerm("Yunxi Province", { status: "admitted" })] });
    await create({ kind: "term", terms: [makeTerm("100%达标_率"), makeTerm("Rate of full Compliance", { status: "rejected" })] });
  });

  const search = async (filter: object) =>
    (await stores.concepts.list({ projectId, ...filter })).items.map((concept) => concept.terms[0]?.text);

  it("finds one Han character, English in any capitals, other widths, and signs as they are", async () => {
    expect(await search({ search: "旱" })).toEqual(["防汛抗旱"]);
    expect(await search({ search: "COMPLIANCE" })).toEqual(["100%达标_率"]);
    expect(await search({ search: "ｙｕｎｘｉ" })).toEqual(["云溪省"]);
    expect(await search({ search: "%" })).toEqual(["100%达标_率"]);
    expect(await search({ search: "标_" })).toEqual(["100%达标_率"]);
    expect(await search({ search: "抗_" })).toEqual([]);
    expect(await search({ search: " " })).toHaveLength(3);
  });

  it("filters, sorts and pages", async () => {
    expect(await search({ statuses: ["admitted", "rejected"] })).toEqual(["100%达标_率", "云溪省"]);
    expect(await search({ kinds: ["phrase", "name"], sort: "created", descending: true })).toEqual(["云溪省", "防汛抗旱"]);
    expect(await search({ withoutApproved: "en", sort: "created" })).toEqual(["防汛抗旱", "100%达标_率"]);
    expect(await search({ domain: "水利" })).toEqual(["防汛抗旱"]);
    expect(await stores.concepts.list({ projectId, sort: "created", offset: 1, limit: 1 })).toMatchObject({
      total: 3,
      items: [{ kind: "name" }],
    });
    expect((await stores.concepts.findByTerm({ projectId, text: "YUNXI province" })).map((one) => one.kind)).toEqual(["name"]);
    expect(await stores.concepts.findByTerm({ projectId, text: "云溪省", language: "en" })).toEqual([]);
  });
});

describe("the whole glossary", () => {
  it("has a version that grows with every change and with nothing else", async () => {
    const versions = [await stores.concepts.glossaryVersion(projectId)];
    const note = async () => versions.push(await stores.concepts.glossaryVersion(projectId));
    const { id, terms } = await create(flood());
    await note();
    await stores.concepts.addTerm({ conceptId: id, term: makeTerm("flood work"), ...lin });
    await note();
    const grounds = { reason: "r", citation: "house" };
    await stores.concepts.changeStatus({ termId: terms[1]?.id ?? "", baseRevision: 1, status: "approved", ...grounds, ...lin });
    await note();
    await stores.concepts.changeConcept({ conceptId: id, baseRevision: 1, content: { kind: "term" }, ...lin });
    await note();
    expect(new Set(versions).size).toBe(5);
    expect(versions).toEqual(versions.toSorted((one, other) => one - other));
    await stores.concepts.changeStatus({ termId: terms[1]?.id ?? "", baseRevision: 1, status: "approved", ...grounds, ...lin });
    expect(await stores.concepts.glossaryVersion(projectId)).toBe(versions.at(-1));
  });

  it("is imported and loaded in order, refusing single concepts", async () => {
    const concepts = Array.from({ length: 1203 }, (_, at): NewConcept => ({
      kind: "term",
      terms: [makeTerm(`术语${at}`), makeTerm(`term ${at}`, at === 7 ? { status: "approved" } : {})],
    }));
    const start = performance.now();
    const outcomes = await stores.concepts.importAll(concepts, { projectId, reason: "import", ...lin });
    const imported = performance.now();
    expect(outcomes.filter((outcome) => outcome.kind === "refused")).toHaveLength(1);
    const { version, concepts: loaded } = await stores.concepts.loadGlossary(projectId);
    console.log(
      `1,203 concepts imported in ${(imported - start).toFixed(0)} ms, loaded in ${(performance.now() - imported).toFixed(0)} ms`,
    );
    expect(version).toBe(await stores.concepts.glossaryVersion(projectId));
    expect(loaded.map((one) => one.terms[0]?.text)).toEqual(
      concepts.filter((_, at) => at !== 7).map((one) => one.terms[0]?.text),
    );
    expect((await stores.concepts.history(loaded[0]?.id ?? ""))[0]).toMatchObject({ action: "import", reason: "import" });
  });

  it("keeps its sources", async () => {
    const source = { id: "yx-2026", body: "云溪省人民政府", title: "公报", locator: "云政发〔2026〕3号" };
    await stores.concepts.saveSource(source, projectId);
    await stores.concepts.saveSource({ ...source, title: "公报（二）" }, projectId);
    expect(await stores.concepts.listSources(projectId)).toEqual([{ ...source, title: "公报（二）" }]);
  });
});
