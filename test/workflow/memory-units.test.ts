import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NewUnit, UnitFilter } from "../../src/storage/memory-store.ts";
import { countUnits, listUnits } from "../../src/workflow/memory-units.ts";
import { createRandom } from "../../bench/random.ts";
import { openTestApplication } from "./application-setup.ts";
import type { TestApplication } from "./application-setup.ts";

const AT = "2026-03-01T08:00:00.000Z";
const signed = { author: "林岚", at: AT };

let opened: TestApplication;

beforeAll(async () => {
  opened = await openTestApplication();
});
afterAll(() => opened.close());

describe("units by filter", () => {
  it("are those that a look at every row finds, in the same order and page by page, after any changes", async () => {
    const { application, projectId } = opened;
    const { memories } = application.stores;
    const random = createRandom(11);
    const pick = <T>(values: readonly T[]): T => values[random(values.length)] as T;
    const pieces = ["防汛", "防 汛", "ＡＢＣ", "abc ", "Flood", "İ", "é", "e\u0301", "，", "“", "\u200b", "𠮷", "1"];
    const textOf = () => Array.from({ length: 1 + random(6) }, () => pick(pieces)).join("");
    const place = { projectId, priority: 0, penalty: 0, readOnly: false, createdAt: AT };
    const ids = [(await memories.create({ ...place, name: "一" })).id, (await memories.create({ ...place, name: "二" })).id];
    const unitOf = (number: number): NewUnit => ({
      ...{ originKey: String(number), source: textOf(), target: textOf(), sourceLanguage: "zh", targetLanguage: "en" },
      state: pick(["initial", "translated", "reviewed", "final"] as const),
      ...(random(2) ? { document: pick(["通知", "意见", ""]) } : {}),
      ...(random(2) ? { author: pick(["吴桐", "林岚"]) } : {}),
      ...(random(2) ? { createdAt: `2026-0${1 + random(3)}-05T00:00:00.000Z` } : {}),
    });
    const given = <Key extends keyof UnitFilter>(key: Key, value: () => NonNullable<UnitFilter[Key]>) =>
      random(3) === 0 ? { [key]: value() } : {};
    const filterOf = (): UnitFilter => ({
      text: pick([...pieces, "汛abc", "flood", "ab", "", " "]),
      ...given("side", () => pick(["source", "target"] as const)),
      ...given("memoryIds", () => [pick(ids)]),
      ...given("document", () => pick(["通知", "", "没有"])),
      ...given("author", () => pick(["吴桐", ""])),
      ...given("states", () => [pick(["initial", "final"] as const)]),
      ...given("from", () => "2026-02-01"),
      ...given("to", () => "2026-02-28"),
    });
    for (let round = 0; round < 4; round++) {
      const units = Array.from({ length: 150 }, () => unitOf(random(300)));
      await memories.saveUnits({
        memoryId: pick(ids),
        units: [...new Map(units.map((one) => [one.originKey, one])).values()],
        ...signed,
      });
      await memories.removeUnits({
        memoryId: pick(ids),
        originKeys: Array.from({ length: 20 }, () => String(random(300))),
        ...signed,
      });
      for (let at = 0; at < 25; at++) {
        const filter = filterOf();
        const wanted = await memories.readFiltered(projectId, filter, { limit: 1000 });
        expect([filter, await countUnits(application, { projectId, filter })]).toEqual([filter, wanted.length]);
        const found: string[] = [];
        for (;;) {
          const page = await listUnits(application, { projectId, filter, page: { after: found.at(-1), limit: 40 } });
          found.push(...page.map(({ id }) => id));
          if (page.length < 40) break;
        }
        expect([filter, found]).toEqual([filter, wanted.map(({ id }) => id)]);
      }
    }
  });
});
