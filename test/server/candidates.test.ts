/** The candidates over HTTP: page, list, detail, decisions, undo, session; and the geometry of tree and timeline. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markDifference } from "../../src/server/view-models/candidates.ts";
import { layOutTimeline } from "../../src/server/view-models/timeline.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

const PHRASE = "早预警、早转移、早处置";
const EVIL = "<img src=x onerror=alert(1)>";
/** Different enough not to be copies of each other. */
const BODIES = [
  `各地要坚持${PHRASE}，确保群众安全。负责人要靠前指挥，夜里也要有人守在堤上，遇到险情先救人再报告。`,
  `气象部门发布橙色信号以后，沿河村镇应当做到${PHRASE}，学校停课，渡口停航，老人由邻里接走安置。`,
  `去年秋汛的教训说明，只有${PHRASE}才能不伤一人。水库调度须服从统一命令，闸门启闭逐次登记备查。`,
];
const notice = (number: number, day: string) => `关于第${String(number)}号汛情的通知

${BODIES[number - 1] ?? ""}

云溪省人民政府办公厅
${day}
`;

type List = { readonly run: string; readonly rows: readonly Row[] };
type Row = {
  readonly text: string;
  readonly class: string;
  readonly decision?: { readonly id: string; readonly action: string };
};
type Detail = {
  readonly text: string;
  readonly tree: readonly { readonly text: string; readonly isHere: boolean; readonly width: number }[];
  readonly lines: readonly { readonly key: string; readonly document: string }[];
  readonly documents: Readonly<Record<string, { readonly title: string; readonly address: string }>>;
  readonly timeline?: { readonly words: string; readonly drawing: string };
  readonly concept?: { readonly address: string; readonly status: string };
};

let server: TestServer;
let base: string;
beforeAll(async () => {
  server = await startTestServer();
  base = `/api/p/${server.projectId}/candidates`;
});
afterAll(() => server.close());

const page = async () => (await server.send(`/p/${server.projectId}/candidates`)).text();
const list = async () => (await (await server.send(base)).json()) as List;
const detailOf = async (run: string, text: string) =>
  (await (await server.send(`${base}/runs/${run}/detail?text=${encodeURIComponent(text)}`)).json()) as Detail;

describe("the page of the candidates", () => {
  it("says what to do first, and then what to do next", async () => {
    expect(await page()).toContain("No Chinese documents yet");
    expect((await server.postJson(`${base}/extract`, {})).status).toBe(409);
    expect((await server.send(base)).status).toBe(404);
    await server.importTexts({
      "a.txt": notice(1, "2024年5月6日"),
      "b.txt": notice(2, "2024年7月8日"),
      "c.txt": `${EVIL}\n\n${notice(3, "2025年6月3日")}`,
    });
    expect(await page()).toContain("3 documents wait to be read");
    const answer = await server.postJson(`${base}/extract`, {});
    expect(answer.status).toBe(202);
    const { job } = (await answer.json()) as { job: string };
    expect((await server.application.jobs.waitFor(job))?.state).toBe("done");
    expect(await page()).toContain("data-rows");
  });

  it("lists every candidate once, with its class and reason, and shows one with its lines", async () => {
    const { run, rows } = await list();
    expect(new Set(rows.map(({ text }) => text)).size).toBe(rows.length);
    expect(rows.some(({ text }) => text === PHRASE)).toBe(true);
    const detail = await detailOf(run, PHRASE);
    expect(detail.lines.map(({ key }) => key)).toEqual([PHRASE, PHRASE, PHRASE]);
    expect(detail.tree.filter(({ isHere }) => isHere).map(({ text }) => text)).toEqual([PHRASE]);
    expect(detail.tree.every(({ width }) => width >= 0 && width <= 100)).toBe(true);
    for (const { document } of detail.lines) {
      expect(detail.documents[document]?.address).toBe(`/p/${server.projectId}/translate?document=${document}`);
    }
    expect(detail.timeline?.words).toContain("2024-05-06 to 2025-06-03");
    expect(detail.timeline?.drawing).toMatch(/^<svg .*<title[^>]*>Distinct uses by month<[/]title><desc[^>]*>3 distinct uses/);
  });

  it("answers 404 for a run or a candidate that is not there", async () => {
    const { run } = await list();
    expect((await server.send(`${base}/runs/none/detail?text=${encodeURIComponent(PHRASE)}`)).status).toBe(404);
    expect((await server.send(`${base}/runs/${run}/detail?text=x`)).status).toBe(404);
  });
});

describe("decisions over HTTP", () => {
  it("are saved, shown with their concept, refused when stale, and undone", async () => {
    const { run } = await list();
    const decide = (action: string, on: string | null) =>
      server.postJson(`${base}/decisions`, { text: PHRASE, action, base: on });
    const accepted = (await (await decide("accept", null)).json()) as { decision: { id: string }; concept: string };
    const detail = await detailOf(run, PHRASE);
    expect(detail.concept).toMatchObject({
      status: "proposed",
      address: `/p/${server.projectId}/glossary/${accepted.concept}`,
    });
    const stale = await decide("drop", null);
    expect(stale.status).toBe(409);
    expect(await stale.json()).toMatchObject({
      error: { code: "stale", details: { mine: { action: "drop" }, theirs: { action: "accept", id: accepted.decision.id } } },
    });
    expect((await decide("drop", accepted.decision.id)).status).toBe(200);
    const undo = async () => (await (await server.postJson(`${base}/undo`, {})).json()) as object;
    expect(await undo()).toMatchObject({ text: PHRASE, decision: { action: "accept", id: accepted.decision.id } });
    expect(await undo()).toEqual({ text: PHRASE, withdrawn: "gone" });
    expect(await undo()).toEqual({});
    expect((await list()).rows.find(({ text }) => text === PHRASE)?.decision).toBeUndefined();
  });

  it("merge, tell apart and make frames, refuse in words, and are told to whoever asks what happened", async () => {
    type Changes = { sequence: number; texts: { text: string; decision?: { action: string } }[]; pairs?: object[] };
    const changes = async (after: number) => (await (await server.send(`${base}/changes?after=${after}`)).json()) as Changes;
    const { run, sequence } = (await (await server.send(base)).json()) as { run: string; sequence: number };
    const post = async (path: string, body: object) => (await server.postJson(`${base}/${path}`, body)).json();
    const accepted = (await post("decisions", { text: PHRASE, action: "accept", base: null })) as { concept: string };
    const entries = await (await server.send(`${base}/runs/${run}/entries?text=x&find=${encodeURIComponent("早")}`)).json();
    expect(entries).toMatchObject({ entries: [{ id: accepted.concept, head: PHRASE }] });
    const merge = { text: "早处置", action: "merge", base: null, concept: accepted.concept, termType: "shortForm" };
    expect(await post("decisions", merge)).toMatchObject({ decision: { partner: PHRASE } });
    expect(await post("decisions", { text: "落实", action: "frame", base: null, pattern: "落实" })).toMatchObject({
      error: { code: "refused", message: expect.stringContaining("needs something fixed") as string },
    });
    expect(await post("pairs", { text: PHRASE, partner: "早处置" })).toMatchObject({ error: { code: "refused" } });
    expect(await post("pairs", { text: PHRASE, partner: "早发现", reason: "other acts" })).toMatchObject({
      pairs: [{ text: PHRASE, partner: "早发现", reason: "other acts" }],
    });
    const told = await changes(sequence);
    expect(told.texts.map(({ text, decision }) => [text, decision?.action])).toEqual([
      [PHRASE, "accept"],
      ["早处置", "merge"],
    ]);
    expect(told.pairs).toHaveLength(1);
    expect(await changes(told.sequence)).toMatchObject({ texts: [], sequence: told.sequence });
    expect((await server.send(`${base}/changes?after=x`)).status).toBe(400);
    expect(await post("undo", { text: "早发现", partner: PHRASE })).toMatchObject({ pairs: [] });
    for (const text of ["早处置", PHRASE]) expect(await post("undo", {})).toMatchObject({ text });
  });

  it("need a known action and a text", async () => {
    for (const body of [{}, { text: PHRASE, action: "undecided", base: null }, { text: "", action: "drop", base: null }]) {
      expect((await server.postJson(`${base}/decisions`, body)).status).toBe(400);
    }
  });

  it("keep the place where a person stopped", async () => {
    const session = {
      text: PHRASE,
      search: "早",
      state: "open",
      since: "all",
      class: "all",
      evidence: "",
      document: "",
      dated: "last",
      from: "2024-05-01",
      to: "",
      lookAlikes: false,
      wide: true,
      sort: "count",
      descending: true,
      lines: "left",
    };
    const put = (body: object) =>
      server.send(`${base}/session`, {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
    expect((await put({ ...session, sort: "nothing" })).status).toBe(400);
    expect((await put(session)).status).toBe(204);
    expect(await page()).toContain("&quot;sort&quot;:&quot;count&quot;");
  });
});

describe("the timeline", () => {
  const day = fc
    .tuple(fc.integer({ min: 1950, max: 2030 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map(([year, month, date]) => [year, month, date].map((part) => String(part).padStart(2, "0")).join("-"));

  it("is nothing without dates", () => {
    expect(layOutTimeline([])).toBeUndefined();
  });

  it("keeps every bar inside the picture, as high as its uses, whatever the span", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ date: day, alone: fc.boolean() }), { minLength: 1, maxLength: 40 }), (uses) => {
        const timeline = layOutTimeline(uses);
        expect(timeline).toBeDefined();
        if (!timeline) return;
        for (const bar of [...timeline.all, ...timeline.alone, ...timeline.empty]) {
          expect(bar.x).toBeGreaterThanOrEqual(0);
          expect(bar.x + bar.width).toBeLessThanOrEqual(timeline.width + 1);
          expect(bar.y).toBeGreaterThanOrEqual(0);
          expect(bar.y + bar.height).toBeCloseTo(timeline.baseline, 0);
        }
        expect(timeline.all.length + timeline.empty.length).toBeLessThanOrEqual(82);
        expect(timeline.total).toBe(uses.length);
        expect(timeline.most.count).toBeGreaterThanOrEqual(Math.ceil(uses.length / timeline.all.length));
      }),
    );
  });

  it.each([
    ["2024-01-31", "2024-03-01", "month", 3],
    ["2015-01-01", "2024-12-31", "quarter", 40],
    ["1990-01-01", "2024-12-31", "year", 35],
  ])("counts %s to %s by %s", (first, last, unit, periods) => {
    const timeline = layOutTimeline([first, last].map((date) => ({ date, alone: false })));
    expect(timeline?.unit).toBe(unit);
    expect((timeline?.all.length ?? 0) + (timeline?.empty.length ?? 0)).toBe(periods);
  });
});

describe("the difference of look-alikes", () => {
  const show = (text: string, other: string) =>
    markDifference(text, other)
      .map((part) => (part.differs ? `[${part.text}]` : part.text))
      .join("");

  it.each([
    ["群防群治", "群防群控", "群防群[控]"],
    ["外防输入、内防扩散", "内防扩散、外防输出", "内防扩散、外防输[出]"],
    ["定点医院", "定点医疗", "定点医[疗]"],
    ["防汛", "防汛", "防汛"],
  ])("of %s and %s is %s", (text, other, shown) => {
    expect(show(text, other)).toBe(shown);
  });

  it("glues back to the other text", () => {
    const words = fc.string({ unit: fc.constantFrom("防", "控", "治", "、", "𠮷"), maxLength: 12 });
    fc.assert(
      fc.property(words, words, (text, other) => {
        expect(
          markDifference(text, other)
            .map((part) => part.text)
            .join(""),
        ).toBe(other);
      }),
    );
  });
});
