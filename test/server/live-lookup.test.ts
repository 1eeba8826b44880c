/** The amaGama-compatible look-up, asked by clients that are not ours: curl, Python's urllib, translate-toolkit's tmclient. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject } from "../../src/workflow/projects.ts";
import { CONFIRMED, fillMemories } from "./memory-samples.ts";
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

const TMCLIENT = `
import json, sys
from gi.repository import GLib
from translate.services import tmclient
loop = GLib.MainLoop()
client = tmclient.TMClient(sys.argv[1] + "/zh/en")
def done(widget, unit, data):
    print(json.dumps(data)); loop.quit()
client.translate_unit(sys.argv[2], None, done)
loop.run()
`;

async function python(program: string, ...given: string[]): Promise<unknown> {
  const { stdout } = await run("python3", ["-c", program, ...given]);
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

  it("is understood by Python's urllib as Weblate and translate-toolkit send it, by curl, and by tmclient where it is", async () => {
    if (await isMissing("python3", "-c", "import json")) console.log("skipped: no python3");
    else {
      const base = `${server.url}/tmserver`;
      expect(await python(PYTHON, base, SOURCE)).toMatchObject({
        weblate: [{ target: TARGET, quality: 100 }],
        toolkit: [{ target: TARGET, quality: 100 }],
        languages: { sourceLanguages: ["zh"], targetLanguages: ["en"] },
      });
      if (await isMissing("python3", "-c", "import gi, pycurl; from translate.services import tmclient")) {
        console.log("skipped: translate-toolkit's tmclient is not installed");
      } else expect(await python(TMCLIENT, base, SOURCE)).toMatchObject([{ target: TARGET }]);
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

  it("asks for the project when several have the pair", async () => {
    const { id } = await createProject(server.application, { name: "Second" });
    const { status, body } = await get("/tmserver/zh/en/unit/x");
    expect(status).toBe(409);
    expect(body).toMatchObject({
      error: { code: "lookup-ambiguous", details: { projects: expect.arrayContaining([id]) as string[] } },
    });
    expect(await candidates(`/tmserver/${id}/zh/en/unit/x`)).toEqual([]);
    expect((await get(`/tmserver/${id}/languages`)).body).toEqual({ sourceLanguages: ["zh"], targetLanguages: ["en"] });
  });
});
