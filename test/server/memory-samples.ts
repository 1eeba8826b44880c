/** Two memories of invented notices: 40 numbered units of an import, and a few that translators confirmed. */
import type { NewUnit } from "../../src/storage/memory-store.ts";
import { addEntry } from "../../src/workflow/glossary.ts";
import type { TestServer } from "./server-setup.ts";

const AT = "2026-02-01T08:00:00.000Z";
const pair = { sourceLanguage: "zh", targetLanguage: "en", state: "translated" } as const;

export const CONFIRMED: readonly (readonly [string, string])[] = [
  [
    "各地要坚持外防输入、内防反弹，切实做好防汛工作。",
    "All localities must guard against both inflow and resurgence and do flood prevention work well.",
  ],
  ["坚持精准施策，做好防汛救灾工作。", "Take targeted measures in flood prevention and disaster relief."],
  ["要把防汛工作作为头等大事来抓。", "Treat flood prevention as the top priority."],
];

export async function fillMemories(server: TestServer): Promise<void> {
  const { application, projectId } = server;
  const { memories } = application.stores;
  const base = { projectId, penalty: 0, readOnly: false, createdAt: AT };
  const own = await memories.create({ ...base, name: "云溪公文", priority: 5 });
  const imported = await memories.create({ ...base, name: "Yunxi imports", priority: 0 });
  const confirmed = CONFIRMED.map(([source, target], at): NewUnit => ({
    ...pair,
    ...(at === 2 ? { state: "final" } : {}),
    source,
    target,
    originKey: `segment:${String(at)}`,
    link: { documentId: "d", segmentId: String(at) },
    document: "关于做好2026年防汛工作的通知",
    author: at === 0 ? "Lin" : "Zhao",
    createdAt: `2026-02-0${String(at + 1)}T08:00:00.000Z`,
  }));
  const others = Array.from({ length: 40 }, (_, at): NewUnit => ({
    ...pair,
    source: `第${String(at + 1)}条\u3000县级防汛指挥部应当每日报告水情。`,
    target: `Article ${String(at + 1)}: County headquarters shall report water levels daily.`,
    originKey: `import:x:${String(at)}`,
    author: "Import",
    createdAt: "2026-01-05T08:00:00.000Z",
  }));
  const signed = { author: "Lin", at: AT };
  await memories.saveUnits({ ...signed, memoryId: own.id, units: confirmed });
  await memories.saveUnits({ ...signed, memoryId: imported.id, units: others });
  const rendering = { text: "targeted measure", status: "proposed" } as const;
  await addEntry(application, { projectId, author: "Lin", kind: "phrase", text: "精准施策", rendering });
}
