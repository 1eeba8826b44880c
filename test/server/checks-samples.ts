/** A project with a glossary and translated rows, good and bad, for the tests of the checks. */
import type { TestServer } from "./server-setup.ts";

const TEXT = `关于做好防汛工作的通知

各地要坚持精准施策，落实防汛责任制。
要因地制宜、精准施策，全省投入3400人。
坚持分类指导、精准施策，先易后难推进。
各县要精准施策，不得放松。

云溪省人民政府办公厅
2024年6月17日
`;

const TARGETS: Readonly<Record<string, string>> = {
  "各地要坚持精准施策，落实防汛责任制。":
    "All localities should adopt targeted measures and fulfil flood control responsibilities.",
  "要因地制宜、精准施策，全省投入3400人。":
    "Adopt precise policies suited to local conditions; 4,300 people were deployed across the province.",
  "坚持分类指导、精准施策，先易后难推进。": "Give guidance by category and start with what is easy <img src=x onerror=alert(1)>.",
  "各县要精准施策，不得放松。": "Counties should adopt targeted measures and never slacken.",
};

export const SIGNED = { author: "Zhao Ning", at: "2026-03-01T08:00:00.000Z" };

export async function addTerm(server: TestServer, zh: string, en: readonly (readonly [string, "approved" | "superseded"])[]) {
  const common = { termType: "phrase", matching: "inflecting", attestations: [{ source: "house" }] } as const;
  await server.application.stores.concepts.create(
    {
      kind: "phrase",
      terms: [
        { ...common, status: "approved", language: "zh", text: zh },
        ...en.map(([text, status]) => ({ ...common, status, language: "en", text })),
      ],
    },
    { ...SIGNED, projectId: server.projectId, reason: "agreed", citation: "house" },
  );
}

/** Answers the id of the document. */
export async function fillProject(server: TestServer): Promise<string> {
  await addTerm(server, "精准施策", [
    ["targeted measures", "approved"],
    ["precise policies", "superseded"],
  ]);
  const [document = ""] = await server.importTexts({ "notice.txt": TEXT });
  await translate(server, document, TARGETS);
  return document;
}

export async function translate(
  server: TestServer,
  documentId: string,
  targets: Readonly<Record<string, string>>,
): Promise<void> {
  const { segments } = server.application.stores;
  const rows = await segments.list({ documentId });
  await segments.saveTargets(
    rows.flatMap(({ id, source, revision }) => {
      const target = targets[source];
      if (target === undefined) return [];
      return [{ ...SIGNED, segmentId: id, target, state: "translated", origin: "typed", baseRevision: revision }];
    }),
  );
}
