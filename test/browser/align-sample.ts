/** An invented notice in both languages, and an alignment of it that is the same whatever the aligner thinks. */
import type { Bead } from "../../src/model/alignment.ts";
import { makeGroups } from "../../src/workflow/alignments.ts";
import type { TestServer } from "../server/server-setup.ts";

export const CHINESE = `云溪省防汛工作通知

截至6月3日8时，全省共有37条河流超警戒水位。紧急转移安置群众4.6万人。
要加快修复水毁农村公路，力争10月底前全部恢复通车。
各地要落实早预警、早转移、早处置。做到责任到人、措施到位。
要严格执行二十四小时值班制度，及时报送险情灾情。

云溪省人民政府办公厅
2024年6月17日
`;
export const ENGLISH = `Notice on flood control work in Yunxi Province

As of 8:00 on 3 June, 37 rivers in the province had risen above their warning levels, and many people had been moved to safety.
Repairs to flood-damaged rural roads must be sped up so that all of them reopen to traffic by the end of October.
All localities must put early warning, early evacuation and early response into practice. A named person is to answer for every task.
The 24-hour duty system must be strictly observed, and dangers and damage reported in time.

General Office of the People's Government of Yunxi Province
17 June 2024
`;

/** A fixed alignment, whatever the aligner thinks today: 1:1, 2:1, 1:1, 2:2, then 1:1. */
export async function storeAlignment(server: TestServer, { isCrossed = false } = {}): Promise<string> {
  const { documents, segments, alignments } = server.application.stores;
  const { projectId } = server;
  const sideOf = async (side: "source" | "target") => {
    const [document] = await documents.list({ projectId, side });
    return { id: document?.id ?? "", segments: await segments.list({ documentId: document?.id ?? "" }) };
  };
  const [source, target] = [await sideOf("source"), await sideOf("target")];
  const bead = (first: readonly number[], second: readonly number[]): Bead => ({
    source: first,
    target: second,
    confidence: first.length === 2 ? 0.7 : 0.97,
    anchors: first.includes(1) ? [{ kind: "number", source: "37", target: "37" }] : [],
  });
  const beads = [
    bead([0], [0]),
    bead([1, 2], [1]),
    bead([3], [2]),
    bead([4, 5], [3, 4]),
    ...(isCrossed ? [bead([6], []), bead([7], [5]), bead([8], [6]), bead([], [7])] : [6, 7, 8].map((at) => bead([at], [at - 1]))),
  ];
  const crossing = { source: { from: 6, to: 7 }, target: { from: 7, to: 8 }, confidence: 0.9, beads: [] };
  const sides = { source: source.segments, target: target.segments, crossings: isCrossed ? [crossing] : [] };
  let number = 0;
  const created = await alignments.create({
    projectId,
    sourceDocumentId: source.id,
    targetDocumentId: target.id,
    state: { groups: makeGroups(beads, sides, () => `g${String((number += 1))}`) },
    author: "Zhao Ning",
    at: server.application.clock(),
  });
  return created.id;
}
