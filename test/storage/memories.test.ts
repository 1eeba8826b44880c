import { mkdtemp, rm } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Memory, StoredUnit, UnitFilter } from "../../src/storage/memory-store.ts";
import { openStores } from "../../src/storage/stores.ts";
import type { Stores } from "../../src/storage/stores.ts";
import { matchKey } from "../../src/text/match-key.ts";
import { addProject, AT, lin, makeUnit, wu } from "./samples.ts";

let folder: string;
let stores: Stores;
let memory: Memory;
let projectId: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-store-"));
  stores = await openStores(join(folder, "store.sqlite"));
  projectId = await addProject(stores);
  memory = await stores.memories.create({ projectId, name: "云溪", priority: 1, penalty: 0, readOnly: false, createdAt: AT });
});

afterEach(async () => {
  await stores.close();
  await rm(folder, { recursive: true, force: true });
});

const save = (units: Parameters<typeof makeUnit>[0][], more = {}) =>
  stores.memories.saveUnits({ memoryId: memory.id, units: units.map((number) => makeUnit(number, more)), ...lin });

describe("a memory", () => {
  it("keeps all of a unit, in order", async () => {
    const unit = makeUnit(1, {
      previous: "前文",
      next: "后文",
      author: "林岚",
      createdAt: AT,
      changedAt: AT,
      document: "通知",
      notes: ["一"],
      properties: [{ type: "x-domain", value: "水利" }],
      tuid: "yx-17",
      sourceCodes: [{ at: 2, xml: "<bpt i='1'/>" }],
      targetCodes: [{ at: 0, xml: "<ph/>" }],
      link: { documentId: "d", segmentId: "s", alignmentId: "a", groupId: "g" },
    });
    await stores.memories.saveUnits({ memoryId: memory.id, units: [makeUnit(2), unit, makeUnit(0)], ...lin });
    const units = await stores.memories.loadUnits(projectId);
    expect(units.map((one) => one.originKey)).toEqual([2, 1, 0].map((number) => `import:sample:${number}`));
    expect(units[1]).toMatchObject({ ...unit, memoryId: memory.id });
    expect(await stores.memories.findUnit(units[1]?.id ?? "")).toEqual(units[1]);
    expect(await stores.memories.countUnits(memory.id)).toBe(3);
    expect(await stores.memories.list(projectId)).toEqual([{ ...memory, changedAt: AT, unitCount: 3 }]);
  });

  it("replaces the unit of the same origin, and keeps the old one in the history", async () => {
    expect(await save([1, 2])).toEqual({ kind: "saved", added: 2, replaced: 0, unchanged: 0 });
    const [before] = await stores.memories.loadUnits(projectId);
    expect(await save([2, 3])).toEqual({ kind: "saved", added: 1, replaced: 0, unchanged: 1 });
    expect(await save([1], { target: "new" })).toEqual({ kind: "saved", added: 0, replaced: 1, unchanged: 0 });
    const after = await stores.memories.loadUnits(projectId);
    expect(after.map((unit) => unit.target.slice(0, 12))).toEqual(["new", "Notice No. 2", "Notice No. 3"]);
    expect(after[0]?.id).toBe(before?.id);
    const history = await stores.memories.unitHistory(memory.id, "import:sample:1");
    expect(history).toMatchObject([{ action: "replace", author: "林岚", unit: { target: before?.target, id: before?.id } }]);
    const units = [makeUnit(9, { target: "first" }), makeUnit(9, { target: "last" })];
    expect(await stores.memories.saveUnits({ memoryId: memory.id, units, ...lin })).toMatchObject({ added: 1 });
    expect((await stores.memories.loadUnits(projectId)).at(-1)?.target).toBe("last");
  });

  it("gives units up when their origin is gone", async () => {
    await save([1, 2, 3]);
    const originKeys = ["import:sample:2", "import:sample:7"];
    expect(await stores.memories.removeUnits({ memoryId: memory.id, originKeys, ...wu })).toBe(1);
    expect(await stores.memories.countUnits(memory.id)).toBe(2);
    expect(await stores.memories.unitHistory(memory.id, "import:sample:2")).toMatchObject([{ action: "remove", author: "吴桐" }]);
    await save([2]);
    expect((await stores.memories.loadUnits(projectId)).map((unit) => unit.originKey.at(-1))).toEqual(["1", "3", "2"]);
  });

  it("that is read-only takes nothing", async () => {
    await stores.memories.change({ ...memory, readOnly: true });
    expect(await save([1])).toEqual({ kind: "refused", code: "memory-read-only" });
    expect(await stores.memories.saveUnits({ memoryId: "none", units: [], ...lin })).toEqual({
      kind: "refused",
      code: "not-found",
    });
  });

  it("has a version that grows when something changed and only then", async () => {
    const version = () => stores.memories.memoryVersion(projectId);
    const start = await version();
    await save([1]);
    const saved = await version();
    expect(saved).toBeGreaterThan(start);
    await save([1]);
    expect(await version()).toBe(saved);
    await stores.memories.removeUnits({ memoryId: memory.id, originKeys: ["import:sample:1"], ...lin });
    expect(await version()).toBeGreaterThan(saved);
  });

  it("finds units by filter as a plain look at each would, and counts what there is to filter by", async () => {
    const stamp = (year: number) => `${year}-05-0${(year % 9) + 1}T08:00:00.000Z`;
    const units = Array.from({ length: 400 }, (_, number) =>
      makeUnit(number, {
        ...(number % 3 === 0 ? {} : { document: `通知${number % 5}` }),
        ...(number % 4 === 0 ? {} : { author: number % 2 === 0 ? "林岚" : "吴桐" }),
        ...(number % 7 === 0 ? {} : { createdAt: stamp(2010 + (number % 6)) }),
        ...(number % 5 === 0 ? { changedAt: stamp(2020 + (number % 3)) } : {}),
        ...(number % 11 === 0 ? { source: `“云溪”\u3000ＡＢＣ${number}` } : {}),
        state: number % 2 === 0 ? "final" : "reviewed",
      }),
    );
    const step = { projectId, memoryId: memory.id, kind: "import", detail: { name: "a.tmx" }, ...lin } as const;
    const { id: importId } = await stores.memorySteps.start(step);
    await stores.memories.saveUnits({ memoryId: memory.id, units: units.slice(0, 200), ...lin });
    await stores.memories.saveUnits({ memoryId: memory.id, units: units.slice(190), importId, ...lin });
    expect(await stores.memorySteps.find(importId)).toMatchObject({ added: 200, replaced: 0, unchanged: 10 });
    const all = await stores.memories.loadUnits(projectId);
    const key = (text: string) => matchKey(text).toLowerCase();
    const day = (unit: StoredUnit) => (unit.changedAt ?? unit.createdAt ?? "").slice(0, 10);
    const cases: readonly (readonly [UnitFilter, (unit: StoredUnit) => boolean])[] = [
      [{}, () => true],
      [{ memoryIds: ["none"] }, () => false],
      [{ document: "通知1" }, (unit) => unit.document === "通知1"],
      [{ document: "", author: "" }, (unit) => unit.document === undefined && unit.author === undefined],
      [{ from: "2012-05-07", to: "2021-12-31" }, (unit) => day(unit) >= "2012-05-07" && day(unit) <= "2021-12-31"],
      [{ states: ["reviewed"], author: "吴桐" }, (unit) => unit.state === "reviewed" && unit.author === "吴桐"],
      [{ text: '"云溪"abc1' }, (unit) => key(unit.source).includes('"云溪"abc1')],
      [{ text: "NOTICE no. 7", side: "target" }, (unit) => key(unit.target).includes("notice no. 7")],
      [{ text: "notice", side: "source" }, () => false],
      [{ importId }, (unit) => unit.importId !== undefined],
    ];
    for (const [filter, holds] of cases) {
      const expected = all.filter(holds).map((unit) => unit.id);
      expect(await stores.memories.countFiltered(projectId, filter), JSON.stringify(filter)).toBe(expected.length);
      const found: string[] = [];
      for (;;) {
        const after = found.at(-1);
        const page = { limit: 37, ...(after === undefined ? {} : { after }) };
        const piece = await stores.memories.readFiltered(projectId, filter, page);
        found.push(...piece.map((unit) => unit.id));
        if (piece.length < 37) break;
      }
      expect(found, JSON.stringify(filter)).toEqual(expected);
    }
    const facets = await stores.memories.findFacets(projectId, { states: ["final"] });
    const finals = all.filter((unit) => unit.state === "final");
    expect(facets.states).toEqual([{ value: "final", count: 200 }]);
    expect(new Map(facets.documents.map(({ value, count }) => [value, count])).get("通知2")).toBe(
      finals.filter((unit) => unit.document === "通知2").length,
    );
    expect(facets.years.map(({ value }) => value)).toEqual(
      [...new Set(finals.map((unit) => day(unit).slice(0, 4)))].toSorted().toReversed(),
    );
  });

  it("names every unit that was replaced or removed since, oldest first, however many they are", async () => {
    const numbers = Array.from({ length: 4100 }, (_, at) => at);
    const keys = (some: readonly number[]) => some.map((number) => makeUnit(number).originKey);
    await save(numbers);
    const ids = new Map((await stores.memories.loadUnits(projectId)).map((unit) => [unit.originKey, unit.id]));
    await save(numbers, { target: "again" });
    const since = await stores.memories.lastRevision();
    await stores.memories.removeUnits({ memoryId: memory.id, originKeys: keys([7, 8]), ...lin });
    const revised = async (after: number) => {
      const found: string[] = [];
      for await (const piece of stores.memories.revisedUnits(after)) for (const { unitId } of piece) found.push(unitId);
      return found;
    };
    expect(await revised(0)).toEqual(keys([...numbers, 7, 8]).map((key) => ids.get(key)));
    expect(await revised(since)).toEqual(keys([7, 8]).map((key) => ids.get(key)));
    expect(await revised(await stores.memories.lastRevision())).toEqual([]);
  });

  it("of higher priority is read first", async () => {
    await save([1]);
    const other = await stores.memories.create({
      projectId,
      name: "first",
      priority: 5,
      penalty: 3,
      readOnly: false,
      createdAt: AT,
    });
    await stores.memories.saveUnits({ memoryId: other.id, units: [makeUnit(2)], ...lin });
    expect((await stores.memories.loadUnits(projectId)).map((unit) => unit.memoryId)).toEqual([other.id, memory.id]);
  });

  it(
    "takes a hundred thousand units without blocking the process, other saves going on meanwhile",
    { timeout: 120_000 },
    async () => {
      const units = Array.from({ length: 100_000 }, (_, number) =>
        makeUnit(number, { previous: "前文", next: "后文", author: "林岚" }),
      );
      const delay = monitorEventLoopDelay({ resolution: 2 });
      delay.enable();
      const start = performance.now();
      const progress: number[] = [];
      let settingsSaved = 0;
      const importing = stores.memories.saveUnits({
        memoryId: memory.id,
        units,
        onProgress: (done) => progress.push(done),
        ...lin,
      });
      let isDone = false;
      void importing.then(() => (isDone = true));
      while (!isDone) {
        await stores.settings.save({ key: "place", value: settingsSaved++ });
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(await importing).toEqual({ kind: "saved", added: 100_000, replaced: 0, unchanged: 0 });
      const stored = performance.now();
      const read = await stores.memories.loadUnits(projectId);
      const done = performance.now();
      delay.disable();
      expect(read).toHaveLength(100_000);
      expect(progress.at(-1)).toBe(100_000);
      console.log(
        `100,000 units: ${Math.round(1e8 / (stored - start))}/s stored with ${settingsSaved} other saves meanwhile, ` +
          `${Math.round(1e8 / (done - stored))}/s read, longest pause ${(delay.max / 1e6).toFixed(1)} ms`,
      );
      expect(settingsSaved).toBeGreaterThan(10);
    },
  );
});
