/** Comparing versions over HTTP: rows with spans, decisions with what was seen, the report. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

const ONE = `云溪省防汛工作会议

会议指出，当前防汛形势严峻，各地要坚持人民至上，落实责任，做好群众转移和安置工作。

要加强水库巡查，及时发布预警信息，确保堤防安全。

要抓好灾后恢复重建，保障群众基本生活。
`;
const TWO = `云溪省防汛工作会议

当前防汛形势严峻,各地要坚持人民至上，落实责任，做好群众转移安置工作。

要加强水库巡查，及时发布预警信息，确保堤防安全。

各市要做好统计上报，按时报送<b>灾情</b>。
`;

let server: TestServer;
let base = "";
let other = "";
beforeAll(async () => {
  server = await startTestServer();
  [base = "", other = ""] = await server.importTexts({ "one.txt": ONE, "two.txt": TWO });
});
afterAll(() => server.close());

type Row = {
  readonly place: string;
  readonly base?: { readonly text: string };
  readonly other?: { readonly text: string };
  readonly differences: readonly { readonly class: string; readonly base: Span; readonly other: Span }[];
};
type Span = { readonly start: number; readonly end: number };

async function load(): Promise<{ rows: Row[]; decisions: { place: string; sequence: number; reading?: string }[] }> {
  const response = await server.send(`/api/p/${server.projectId}/comparison?base=${base}&other=${other}`);
  expect(response.status).toBe(200);
  return response.json();
}

it("pairs paragraphs in order, with differences that stand where they say", async () => {
  const { rows } = await load();
  expect(rows.map((row) => [row.base !== undefined, row.other !== undefined])).toEqual([
    [true, true],
    [true, true],
    [true, true],
    [true, false],
    [false, true],
  ]);
  const read = (row: Row) =>
    row.differences.map(({ class: name, base: one, other: two }) => [
      name,
      row.base?.text.slice(one.start, one.end),
      row.other?.text.slice(two.start, two.end),
    ]);
  expect(rows.map(read)).toEqual([
    [],
    [
      ["attribution", "会议指出，", ""],
      ["width", "，", ","],
      ["wording", "和", ""],
    ],
    [],
    [],
    [],
  ]);
});

it("keeps decisions, refuses one that did not see the last, and says both", async () => {
  const place = (await load()).rows[1]?.place ?? "";
  const decide = (content: object) =>
    server.postJson(`/api/p/${server.projectId}/comparison/readings`, { base, other, place, ...content });
  const first = (await (await decide({ reading: "base" })).json()) as { sequence: number; author: string };
  expect(first.author).toBe("Zhao Ning");
  const late = await decide({ reading: "other" });
  expect(late.status).toBe(409);
  expect(await late.json()).toMatchObject({ error: { details: { mine: { reading: "other" }, theirs: { reading: "base" } } } });
  expect((await decide({ note: "和 belongs here", reading: "base", basedOn: first.sequence })).status).toBe(200);
  const { decisions } = await load();
  expect(decisions).toMatchObject([{ place, reading: "base", note: "和 belongs here" }]);
  expect((await decide({ reading: "third" })).status).toBe(400);
});

it("writes a report with the decisions, escaped, of the classes asked for", async () => {
  const get = async (classes: string) =>
    (await server.send(`/p/${server.projectId}/compare/report?base=${base}&other=${other}${classes}`)).text();
  const all = await get("");
  expect(all).toContain("<del>会议指出，</del>");
  expect(all).toContain("和 belongs here");
  expect(all).toContain("&lt;b&gt;灾情&lt;/b&gt;");
  expect(await get("&class=width")).not.toContain("<del>会议指出，</del>");
});

it("answers for documents that are not there, or the same one twice", async () => {
  const path = `/api/p/${server.projectId}/comparison`;
  expect((await server.send(`${path}?base=${base}&other=nobody`)).status).toBe(404);
  expect((await server.send(`${path}?base=${base}&other=${base}`)).status).toBe(404);
  expect((await server.send(`/p/${server.projectId}/compare?base=${base}&other=${base}`)).status).toBe(200);
});
