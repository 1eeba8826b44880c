/** The export page over real HTTP: offers with losses, downloads with their names and types. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTmx } from "../../src/formats/tmx.ts";
import { readXliff } from "../../src/formats/xliff.ts";
import { addTerm, fillProject, SIGNED } from "./checks-samples.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

let server: TestServer;
let document: string;
beforeAll(async () => {
  server = await startTestServer();
  document = await fillProject(server);
  await server.importTexts({ "other.txt": "另一份通知\n\n抓好落实。\n" });
  const memory = await server.application.stores.memories.create({
    projectId: server.projectId,
    ...{ name: "old", priority: 1, penalty: 0, readOnly: false, createdAt: SIGNED.at },
  });
  const unit = { sourceLanguage: "zh", targetLanguage: "en", state: "translated" } as const;
  await server.application.stores.memories.saveUnits({
    ...SIGNED,
    memoryId: memory.id,
    units: [{ ...unit, originKey: "import:x:1", source: "抓好落实。", target: "See <it> & implement." }],
  });
});
afterAll(() => server.close());

const file = (query: string) => server.send(`/p/${server.projectId}/export/file?${query}`);

type Offers = { offers: { format: string; count: number; losses: { code: string; count: number }[] }[] };

async function offers(query = ""): Promise<Offers["offers"]> {
  const response = await server.send(`/api/p/${server.projectId}/export/offers?${query}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as Offers).offers;
}

describe("what an export would lose", () => {
  it("is said of every format before the download, with numbers", async () => {
    const all = await offers();
    expect(all.map(({ format }) => format)).toEqual(["xliff12", "xliff20", "tmx", "csv", "tsv", "glossary-csv", "xliff-json"]);
    const losses = Object.fromEntries(all.map(({ format, losses }) => [format, losses.map(({ code }) => code)]));
    expect(losses["xliff20"]).toEqual([]);
    expect(losses["xliff12"]).toContain("term-renderings");
    expect(losses["xliff-json"]).toContain("states");
    expect(all.find(({ format }) => format === "tmx")?.count).toBe(1);
    expect(all.find(({ format }) => format === "glossary-csv")?.count).toBe(1);
  });

  it("is that of the chosen documents", async () => {
    const whole = (await offers()).find(({ format }) => format === "xliff20")?.count ?? 0;
    const chosen = await offers(`document=${document}`);
    expect(chosen.find(({ format }) => format === "xliff20")?.count).toBeLessThan(whole);
    expect(chosen.find(({ format }) => format === "tmx")?.losses.map(({ code }) => code)).toContain("untranslated-segments");
  });
});

describe("downloads", () => {
  it.each([
    ["xliff12", "application/xliff+xml; charset=utf-8", "xlf"],
    ["xliff20", "application/xliff+xml; charset=utf-8", "2.0.xlf"],
    ["tmx", "application/xml; charset=utf-8", "tmx"],
    ["csv", "text/csv; charset=utf-8", "csv"],
    ["tsv", "text/tab-separated-values; charset=utf-8", "tsv"],
    ["glossary-csv", "text/csv; charset=utf-8", "glossary.csv"],
    ["xliff-json", "application/json; charset=utf-8", "json"],
  ])("give %s with its type, saved under a name and never shown", async (format, type, extension) => {
    const response = await file(`format=${format}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-disposition")).toBe(`attachment; filename="Yunxi flood season.${extension}"`);
    expect((await response.text()).length).toBeGreaterThan(20);
  });

  it("write Chinese names as RFC 6266 asks: ASCII for the old, UTF-8 for the rest", async () => {
    const response = await file(`format=xliff20&document=${document}`);
    const name = encodeURIComponent("关于做好防汛工作的通知.2.0.xlf");
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="???????????.2.0.xlf"; filename*=UTF-8''${name}`,
    );
    const [read, ...others] = readXliff(await response.text()).value ?? [];
    expect(others).toEqual([]);
    expect(read?.original).toBe("关于做好防汛工作的通知");
  });

  it("stream the memory as well-formed TMX", async () => {
    const { value, diagnostics } = readTmx(await (await file("format=tmx")).text());
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject([{ source: "抓好落实。", target: "See <it> & implement." }]);
  });

  it("make formulas harmless and add a byte order mark for spreadsheets only", async () => {
    await addTerm(server, "公式", [["=1+1", "approved"]]);
    const plain = Buffer.from(await (await file("format=glossary-csv")).arrayBuffer()).toString("utf8");
    const safe = Buffer.from(await (await file("format=glossary-csv&spreadsheet=yes")).arrayBuffer()).toString("utf8");
    expect(plain).not.toMatch(/^\ufeff/);
    expect(plain).toMatch(/(^|,)=1\+1/m);
    expect(safe).toMatch(/^\ufeff/);
    expect(safe).not.toMatch(/(^|,)=1\+1/m);
  });

  it("fill empty targets for OmegaT, which passes over units without one", async () => {
    const [read] = readXliff(await (await file(`format=xliff12&profile=omegat&document=${document}`)).text()).value ?? [];
    expect(read?.units[0]?.segments[0]).toMatchObject({ source: "关于做好防汛工作的通知", target: "关于做好防汛工作的通知" });
  });

  it("refuse formats and tools that there are not", async () => {
    expect((await file("format=exe")).status).toBe(400);
    expect((await file("format=tmx&profile=word")).status).toBe(400);
    expect((await server.send("/p/nobody/export/file?format=tmx")).status).toBe(404);
  });
});
