/** The evidence board over HTTP: planted renderings are found with their counts and places, and taken as proposals. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { addEntry } from "../../src/workflow/glossary.ts";
import { openOwnMemory } from "../../src/workflow/project-memories.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

const TERM = "网格化巡堤";
/** rendering -> sentences around it. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["各乡镇实行网格化巡堤，责任到人。", "Every township carries out grid-based dyke patrols, with a named person in charge."],
  ["网格化巡堤已经覆盖全省。", "Grid-based dyke patrols now cover the whole province."],
  ["干部参加网格化巡堤。", "Officials take part in grid-based dyke patrols."],
  ["汛期要坚持网格化巡堤。", "In the flood season, grid-based dyke patrols must go on."],
  ["县里推广网格化巡堤。", "The county promotes sectoral embankment inspection."],
  ["网格化巡堤取得成效。", "Sectoral embankment inspection has shown results."],
  ["要落实防汛责任。", "Responsibility for flood control must be met."],
  ["群众转移工作有序进行。", "The people were moved in good order."],
];

let server: TestServer;
let conceptId = "";
let memoryId = "";
const save = async (pairs: readonly (readonly [string, string])[], prefix = "planted") => {
  const signed = { author: "Wu Fang", at: server.application.clock() };
  await server.application.stores.memories.saveUnits({
    ...signed,
    memoryId,
    units: pairs.map(([source, target], at) => ({
      originKey: `${prefix}:${at}`,
      ...{ source, target, sourceLanguage: "zh", targetLanguage: "en", state: "reviewed", document: "Notice 7" },
    })),
  });
};

beforeAll(async () => {
  server = await startTestServer();
  memoryId = (await openOwnMemory(server.application, server.projectId, "translations")).id;
  const made = await addEntry(server.application, { projectId: server.projectId, author: "Li Min", kind: "phrase", text: TERM });
  if (made.kind !== "saved") throw new Error(made.kind);
  conceptId = made.concept.id;
  await save(PAIRS);
});
afterAll(() => server.close());

type Line = {
  text: string;
  count: number;
  confidence: number;
  under?: string;
  standing?: { status: string };
  sightings: Sighting[];
};
type Sighting = { unit: { id: string; source: string; target: string; document?: string }; sourceSpan: Span; targetSpan: Span };
type Span = { start: number; end: number };
type Board = { state: string; isOld: boolean; units: number; lines: Line[] };

const path = () => `/api/p/${server.projectId}/glossary/${conceptId}/evidence`;
const board = async () => (await (await server.send(path())).json()) as Board;
async function mine(): Promise<void> {
  const { job } = (await (await server.postJson(`/api/p/${server.projectId}/renderings/runs`, {})).json()) as { job: string };
  const ended = await server.application.jobs.waitFor(job);
  expect(ended).toMatchObject({ state: "done" });
}

it("says when nobody has looked, then lists what stands beside the wording, with counts and both sentences marked", async () => {
  expect((await board()).state).toBe("none");
  await mine();
  const { state, units, lines, isOld } = await board();
  expect({ state, units, isOld }).toEqual({ state: "ready", units: 6, isOld: false });
  const heads = lines.filter(({ under }) => under === undefined).slice(0, 2);
  expect(heads.map(({ text, count }) => [text.toLowerCase(), count])).toEqual([
    ["grid-based dyke patrols", 4],
    ["sectoral embankment inspection", 2],
  ]);
  for (const { sightings } of heads) {
    for (const { unit, sourceSpan, targetSpan } of sightings) {
      expect(unit.source.slice(sourceSpan.start, sourceSpan.end)).toBe(TERM);
      expect(unit.target.slice(targetSpan.start, targetSpan.end)).toMatch(/patrols|inspection/);
    }
  }
}, 120_000);

it("takes a line as a proposal with its citation, adds a second citation to it, and makes nothing up", async () => {
  const [line] = (await board()).lines;
  const take = (given: object) => server.postJson(path(), { term: TERM, text: line?.text, ...given });
  expect((await take({ unit: line?.sightings[0]?.unit.id })).status).toBe(200);
  const standing = (await board()).lines[0]?.standing;
  expect(standing).toMatchObject({ status: "proposed" });
  expect((await take({ unit: line?.sightings[1]?.unit.id })).status).toBe(200);
  const concept = await server.application.stores.concepts.find(conceptId);
  const term = concept?.terms.find(({ language }) => language === "en");
  expect(term?.status).toBe("proposed");
  expect(term?.attestations).toMatchObject([
    { sourceQuotation: line?.sightings[0]?.unit.source, targetQuotation: line?.sightings[0]?.unit.target },
    { targetQuotation: line?.sightings[1]?.unit.target },
  ]);
  expect(term?.attestations[0]?.source).toContain("Notice 7");
  expect((await take({ unit: "nobody" })).status).toBe(404);
  expect((await take({ text: "patrols on a grid", unit: line?.sightings[0]?.unit.id })).status).toBe(404);
});

it("says when pairs have changed since, and shows them when it has looked again", async () => {
  await save(
    [
      ["网格化巡堤十分必要。", "Zoned levee watching is much needed."],
      ["提倡网格化巡堤。", "Zoned levee watching is encouraged."],
    ],
    "later",
  );
  expect(await board()).toMatchObject({ isOld: true, units: 6 });
  await mine();
  const { lines, isOld, units } = await board();
  expect({ isOld, units }).toEqual({ isOld: false, units: 8 });
  expect(lines.map(({ text }) => text.toLowerCase())).toContain("zoned levee watching");
}, 120_000);
