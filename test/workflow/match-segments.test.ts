import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NewUnit } from "../../src/storage/memory-store.ts";
import type { Application } from "../../src/workflow/application.ts";
import { matchesFor } from "../../src/workflow/match-segments.ts";
import { createProject } from "../../src/workflow/projects.ts";
import { openRecognizer } from "../../src/workflow/recognize.ts";
import { openTestApplication } from "./application-setup.ts";
import type { TestApplication } from "./application-setup.ts";

const AT = "2026-03-01T08:00:00.000Z";
const signed = { author: "林岚", at: AT };

let opened: TestApplication;
let application: Application;
let projectId: string;

beforeEach(async () => {
  opened = await openTestApplication();
  ({ application, projectId } = opened);
});

afterEach(() => opened.close());

const unitOf = (originKey: string, source: string, more: Partial<NewUnit> = {}): NewUnit => ({
  originKey,
  source,
  target: `translation of ${source}`,
  sourceLanguage: "zh",
  targetLanguage: "en",
  state: "final",
  ...more,
});

const addMemory = (name: string, more: { priority?: number; penalty?: number } = {}) =>
  application.stores.memories.create({ projectId, name, priority: 0, penalty: 0, readOnly: false, createdAt: AT, ...more });

const save = (memoryId: string, ...units: NewUnit[]) => application.stores.memories.saveUnits({ memoryId, units, ...signed });

const find = async (source: string, more: object = {}) =>
  (await matchesFor(application, { projectId, source, ...more })).map((match) => [match.unit.source, Math.round(match.score)]);

describe("matchesFor", () => {
  it("finds nothing in a project without memory", async () => {
    expect(await find("做好防汛工作。")).toEqual([]);
  });

  it("follows what is added, replaced and removed", async () => {
    const { id } = await addMemory("一");
    await save(id, unitOf("1", "做好防汛工作。"), unitOf("2", "做好抗旱工作。"));
    expect(await find("做好防汛工作。")).toEqual([
      ["做好防汛工作。", 100],
      ["做好抗旱工作。", 71],
    ]);
    await save(id, unitOf("3", "做好防疫工作。"), unitOf("2", "完全不同的一句话。"));
    expect(await find("做好防汛工作。")).toEqual([
      ["做好防汛工作。", 100],
      ["做好防疫工作。", 86],
    ]);
    await application.stores.memories.removeUnits({ memoryId: id, originKeys: ["1"], ...signed });
    expect(await find("做好防汛工作。")).toEqual([["做好防疫工作。", 86]]);
    await save(id, unitOf("1", "做好防汛工作。"));
    expect(await find("做好防汛工作。", { limit: 1 })).toEqual([["做好防汛工作。", 100]]);
    const other = await addMemory("二", { penalty: 3 });
    await save(other.id, unitOf("9", "做好防汛工作"));
    expect(await find("做好防汛工作")).toContainEqual(["做好防汛工作", 97]);
  });

  it("puts a match in context first, then memories of higher priority, and shows copies once", async () => {
    const low = await addMemory("低", { priority: 1 });
    const high = await addMemory("高", { priority: 5 });
    const text = "各地要高度重视。";
    await save(low.id, ...[1, 2, 3].map((number) => unitOf(`copy ${number}`, text, { target: "one" })));
    await save(low.id, unitOf("context", text, { target: "two", previous: "前文", next: "后文" }));
    await save(high.id, unitOf("high", text, { target: "three" }));
    const matches = await matchesFor(application, { projectId, source: text, previous: "前文", next: "后文" });
    expect(matches.map((match) => [match.unit.target, match.kind, match.memory.name])).toEqual([
      ["two", "icm", "低"],
      ["three", "exact", "高"],
      ["one", "exact", "低"],
    ]);
  });

  it("takes the penalty of a memory off before it puts matches in order, and names it", async () => {
    const penalized = await addMemory("旧", { priority: 9, penalty: 8 });
    const plain = await addMemory("新", { priority: 1 });
    const text = "各地要高度重视防汛抗旱工作。";
    await save(penalized.id, unitOf("1", text, { target: "old, equal" }));
    await save(plain.id, unitOf("2", "各地要高度重视防汛抗灾工作。", { target: "new, similar" }));
    const matches = await matchesFor(application, { projectId, source: text });
    expect(
      matches.map(({ unit, kind, score, penalties }) => [
        unit.target,
        kind,
        Math.floor(score),
        penalties.map(({ code }) => code),
      ]),
    ).toEqual([
      ["new, similar", "fuzzy", 92, ["one-character"]],
      ["old, equal", "exact", 92, ["memory"]],
    ]);
    // The similar one has 92.8: in whole numbers they look alike, and the sentence beside each says why.
    expect(matches[0]?.score).toBeGreaterThan(92);
    const shown = await matchesFor(application, { projectId, source: text, limit: 1 });
    expect(shown.map(({ unit }) => unit.target)).toEqual(["new, similar"]);
  });

  it("counts words in a project whose source has them", async () => {
    const project = await createProject(application, { name: "english", sourceLanguage: "en", targetLanguage: "zh" });
    const memory = await application.stores.memories.create({
      projectId: project.id,
      ...{ name: "words", priority: 0, penalty: 0, readOnly: false, createdAt: AT },
    });
    const languages = { sourceLanguage: "en", targetLanguage: "zh" };
    await save(
      memory.id,
      unitOf("1", "The plan covers 20 counties and 3 cities.", { target: "规划覆盖20个县和3个市。", ...languages }),
    );
    const [match] = await matchesFor(application, { projectId: project.id, source: "The plan covers 35 counties and 3 cities." });
    expect(match).toMatchObject({ adaptedTarget: { text: "规划覆盖35个县和3个市。" } });
    // One of eight words and a stop.
    expect(match?.similarity).toBeCloseTo((100 * 8) / 9, 5);
  });

  it("answers questions that come together, also while units are saved", async () => {
    const { id } = await addMemory("一");
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, number) => {
        await save(id, unitOf(String(number), `第${number}号文件已经印发各地执行。`));
        return find(`第${number}号文件已经印发各地执行。`, { limit: 1 });
      }),
    );
    expect(answers.map(([best]) => best?.[1])).toEqual(answers.map(() => 100));
  });

  it("does not hold the event loop while it reads a large memory", async () => {
    const { id } = await addMemory("大");
    const units = Array.from({ length: 20_000 }, (_, number) =>
      unitOf(String(number), `第${number}号文件已经印发${number % 97}个市执行。`),
    );
    await save(id, ...units);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    expect(await find("第12345号文件已经印发26个市执行。", { limit: 1 })).toEqual([["第12345号文件已经印发26个市执行。", 100]]);
    delay.disable();
    // The figure belongs to the bench; here it is only shown, machines differ.
    console.log(`longest pause of the event loop: ${(delay.max / 1e6).toFixed(0)} ms`);
  });
});

describe("the recognizer of a project", () => {
  const termsIn = async (text: string) => (await openRecognizer(application, projectId)).automaton.recognizeTerms(text);

  it("knows the glossary as it is now", async () => {
    const { concepts } = application.stores;
    const term = {
      language: "zh-Hans",
      status: "candidate",
      termType: "phrase",
      matching: "inflecting",
      attestations: [],
    } as const;
    expect(await termsIn("做好防汛抗旱工作")).toEqual([]);
    await concepts.create({ kind: "phrase", terms: [{ ...term, text: "防汛抗旱" }] }, { projectId, ...signed });
    await concepts.create(
      {
        kind: "term",
        terms: [
          { ...term, text: "防汛" },
          { ...term, language: "en", text: "做好" },
        ],
      },
      { projectId, ...signed },
    );
    const found = await termsIn("做好防汛抗旱工作");
    expect(found.map((hit) => [hit.term.text, hit.start, hit.end, hit.depth])).toEqual([
      ["防汛抗旱", 2, 6, 0],
      ["防汛", 2, 4, 1],
    ]);
    expect(await openRecognizer(application, projectId)).toBe(await openRecognizer(application, projectId));
  });
});
