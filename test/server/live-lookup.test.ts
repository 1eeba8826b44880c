/** The amaGama-compatible look-up, asked by clients that are not ours: curl, Python's urllib, and beside translate-toolkit's own matching. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject } from "../../src/workflow/projects.ts";
import { CONFIRMED, fillMemories } from "./memory-samples.ts";
import { findToolkitPython } from "../translate-toolkit.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

const run = promisify(execFile);
const [[SOURCE, TARGET]] = CONFIRMED as [readonly [string, string]];

type Candidate = { readonly source: string; readonly target: string; readonly quality: number; readonly rank: number };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await fillMemories(server);
});
afterAll(() => server.close());

async function get(path: string): Promise<{ readonly status: number; readonly body: unknown; readonly headers: Headers }> {
  // As a program sends it: no Sec-Fetch-Site, any kind accepted.
  const response = await fetch(server.url + path);
  return { status: response.status, body: await response.json(), headers: response.headers };
}

const candidates = async (path: string) => (await get(path)).body as readonly Candidate[];

const PYTHON = `
import json, sys, urllib.parse, urllib.request
base, text = sys.argv[1], sys.argv[2]
# Weblate: each part quoted with no safe characters, languages in small letters with underscores.
parts = [urllib.parse.quote(part, safe="") for part in ("zh_hans", "en", "unit", text[:500])]
weblate = json.load(urllib.request.urlopen(base + "/" + "/".join(parts)))
# translate-toolkit's restclient: quote_plus behind /unit/.
toolkit = json.load(urllib.request.urlopen(base + "/zh/en/unit/" + urllib.parse.quote_plus(text)))
languages = json.load(urllib.request.urlopen(base + "/languages/"))
print(json.dumps({"weblate": weblate, "toolkit": toolkit, "languages": languages}))
`;

/** The same memory as translate-toolkit reads it out of our TMX and matches it itself, beside what its kind of client is answered. */
const TOOLKIT = `
import io, json, sys, urllib.parse, urllib.request
from translate.search import match
from translate.storage import factory
base, memory, text = sys.argv[1:4]
file = io.BytesIO(urllib.request.urlopen(memory).read())
file.name = "memory.tmx"
store = factory.getobject(file)
own = [[unit.source, unit.target] for unit in match.matcher(store, max_candidates=5, min_similarity=70).matches(text)]
answer = json.load(urllib.request.urlopen(base + "/zh/en/unit/" + urllib.parse.quote_plus(text)))
print(json.dumps({"units": len(store.units), "own": own, "ours": [[one["source"], one["target"]] for one in answer]}))
`;

async function python(
  program: string,
  given: { readonly command?: string; readonly values: readonly string[] },
): Promise<unknown> {
  const { stdout } = await run(given.command ?? "python3", ["-c", program, ...given.values]);
  return JSON.parse(stdout);
}

const isMissing = async (command: string, ...given: string[]) =>
  run(command, given).then(
    () => false,
    () => true,
  );

describe("the live look-up", () => {
  it("answers source, target, quality and rank, the best first, under both addresses and for any name of the language", async () => {
    const text = encodeURIComponent(SOURCE);
    const [best] = await candidates(`/tmserver/zh/en/unit/${text}`);
    expect(best).toEqual({ source: SOURCE, target: TARGET, quality: 100, rank: 100 });
    for (const path of [
      `/api/v1/zh/en/unit/${text}`,
      `/tmserver/zh-CN/en_US/unit/${text}`,
      `/tmserver/zh/en/unit/?source=${text}`,
      `/tmserver/zh/en/unit?source=${text}`,
      `/tmserver/${encodeURIComponent(server.projectId)}/zh/en/unit/${text}`,
    ])
      expect((await candidates(path))[0], path).toEqual(best);
  });

  it("keeps to the least similarity and the number of candidates", async () => {
    const text = encodeURIComponent("第7条　县级防汛指挥部应当每日报告水情。");
    expect(await candidates(`/tmserver/zh/en/unit/${text}`)).toHaveLength(5);
    expect(await candidates(`/tmserver/zh/en/unit/${text}?max_candidates=2`)).toHaveLength(2);
    expect(await candidates(`/tmserver/zh/en/unit/${text}?min_similarity=100`)).toMatchObject([{ quality: 100 }]);
    expect(await candidates(`/tmserver/zh/en/unit/${text}?min_similarity=nonsense&max_candidates=1000`)).toHaveLength(40);
  });

  it("takes slashes, blanks written as plus, and anything else in the text", async () => {
    const { memories } = server.application.stores;
    const [memory] = await memories.list(server.projectId);
    const units = ["and/or 5G+ 医疗 100%?", "//路 径"].map((source, at) => ({
      ...{ source, target: "x", sourceLanguage: "zh", targetLanguage: "en", state: "translated" as const },
      originKey: `odd:${String(at)}`,
    }));
    await memories.saveUnits({ memoryId: memory?.id ?? "", units, author: "Lin", at: "2026-02-04T08:00:00.000Z" });
    for (const { source } of units) {
      const sent = encodeURIComponent(source);
      for (const text of [sent, sent.replaceAll("%20", "+"), sent.replaceAll("%2F", "/"), sent.replaceAll("%2B", "+")]) {
        expect((await candidates(`/tmserver/zh/en/unit/${text}`))[0], text).toMatchObject({ source, quality: 100 });
      }
    }
    const [first] = units;
    const text = encodeURIComponent(first?.source ?? "");
    expect((await candidates(`/TMSERVER/zh/en/UNIT/${text}`))[0]).toMatchObject({ quality: 100 });
    expect((await get("/tmserver/zh/en/unit/%E4%B8")).status).toBe(400);
  });

  it("answers an unknown pair, an empty text and a very long one with nothing", async () => {
    expect(await candidates("/tmserver/de/fr/unit/Wasser")).toEqual([]);
    expect(await candidates("/tmserver/en/zh/unit/flood")).toEqual([]);
    expect(await candidates("/tmserver/zh/en/unit/")).toEqual([]);
    expect(await candidates(`/tmserver/zh/en/unit/${"a".repeat(8000)}`)).toEqual([]);
    expect((await get("/tmserver/nowhere/zh/en/unit/x")).status).toBe(404);
  });

  it("gives nothing to pages of other sites, takes nothing in, and answers only under names of ours", async () => {
    const { headers } = await get("/tmserver/zh/en/unit/x");
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("cache-control")).toBe("no-store");
    for (const method of ["POST", "PUT", "DELETE"]) {
      const response = await fetch(`${server.url}/tmserver/zh/en/unit/x`, { method, body: method === "DELETE" ? null : "{}" });
      expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    }
  });

  it("is understood by Python's urllib as Weblate and translate-toolkit send it, and by curl", async () => {
    if (await isMissing("python3", "-c", "import json")) console.log("skipped: no python3");
    else {
      const base = `${server.url}/tmserver`;
      expect(await python(PYTHON, { values: [base, SOURCE] })).toMatchObject({
        weblate: [{ target: TARGET, quality: 100 }],
        toolkit: [{ target: TARGET, quality: 100 }],
        languages: { sourceLanguages: ["zh"], targetLanguages: ["en"] },
      });
    }
    if (await isMissing("curl", "--version")) return console.log("skipped: no curl");
    const { stdout } = await run("curl", [
      "-s",
      "--get",
      "--data-urlencode",
      `source=${SOURCE}`,
      `${server.url}/tmserver/zh/en/unit/`,
    ]);
    expect(JSON.parse(stdout)).toMatchObject([{ target: TARGET, quality: 100 }]);
    const refused = await run("curl", ["-s", "-H", "Host: example.org", `${server.url}/tmserver/languages/`]);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: "host-refused" } });
  });

  const toolkit = findToolkitPython("from translate.search import match");
  it.skipIf(toolkit === undefined)(
    "finds what translate-toolkit finds in the same memory, which it reads out of our TMX",
    async () => {
      const [memory] = (await server.application.stores.memories.list(server.projectId)).filter(
        ({ unitCount }) => unitCount < 40,
      );
      const file = `${server.url}/p/${encodeURIComponent(server.projectId)}/memories/${memory?.id ?? ""}/tmx`;
      for (const text of [SOURCE, SOURCE.replace("坚持", "始终坚持")]) {
        const values = [`${server.url}/tmserver`, file, text];
        const found = await python(TOOLKIT, { ...(toolkit === undefined ? {} : { command: toolkit }), values });
        expect(found).toEqual({ units: memory?.unitCount, own: [[SOURCE, TARGET]], ours: [[SOURCE, TARGET]] });
      }
    },
  );

  it("asks for the project when several have the pair", async () => {
    const { id } = await createProject(server.application, { name: "Second" });
    const { status, body } = await get("/tmserver/zh/en/unit/x");
    expect(status).toBe(409);
    expect(body).toMatchObject({
      error: { code: "lookup-ambiguous", details: { projects: expect.arrayContaining([id]) as string[] } },
    });
    expect(await candidates(`/tmserver/${id}/zh/en/unit/x`)).toEqual([]);
    // A project whose address begins as the word behind the pair does.
    const odd = await createProject(server.application, { name: "Unit 7" });
    const { memories } = server.application.stores;
    const memory = await memories.open({
      ...{ projectId: odd.id, name: "云溪", priority: 1, penalty: 0, readOnly: false, createdAt: "2026-02-04T08:00:00.000Z" },
    });
    const pair = {
      source: "水位",
      target: "water level",
      sourceLanguage: "zh",
      targetLanguage: "en",
      state: "reviewed",
    } as const;
    const signed = { author: "Lin", at: "2026-02-04T08:00:00.000Z" };
    await memories.saveUnits({ memoryId: memory.id, units: [{ ...pair, originKey: "odd:unit" }], ...signed });
    expect(await candidates(`/tmserver/${odd.id}/zh/en/unit/${encodeURIComponent("水位")}`)).toMatchObject([
      { target: "water level" },
    ]);
    expect((await get(`/tmserver/${id}/languages`)).body).toEqual({ sourceLanguages: ["zh"], targetLanguages: ["en"] });
  });
});
