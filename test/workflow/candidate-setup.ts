/** A project with three invented notices, of which the candidates are extracted. */
import { expect } from "vitest";
import { startExtraction } from "../../src/workflow/candidates.ts";
import { addTextDocument, openTestApplication } from "./application-setup.ts";
import type { TestApplication } from "./application-setup.ts";

export const PHRASE = "早预警、早转移、早处置";
export const LONGER = `坚持${PHRASE}`;
export const TEXTS = [
  [`各地要${LONGER}，确保群众安全。`, "各级负责人要靠前指挥，落实防汛责任制。", "要把责任落实作为头等大事来抓。"],
  [`云溪省要求做到${PHRASE}，切实减轻损失。`, "要把巡堤查险作为重要任务来抓。", "各县要落实防汛责任制，加强值守。"],
  [`基层干部${LONGER}，守住底线。`, "要把物资储备作为基础工作来抓。", `会议指出，${PHRASE}是多年经验的总结。`],
];
export const author = "Zhao Ning";

export type CandidateProject = TestApplication & {
  readonly documentIds: readonly string[];
  readonly addDocument: (title: string, sentences: readonly string[], date: string) => Promise<string>;
  /** Starts an extraction; answers its job, or why there is none. */
  readonly start: () => Promise<string>;
  /** Extracts; answers the run. */
  readonly extract: () => Promise<string>;
  readonly conceptsOf: (text: string) => Promise<readonly { readonly kind: string; readonly status: string | undefined }[]>;
};

export async function openCandidateProject(): Promise<CandidateProject> {
  const opened = await openTestApplication();
  const { application, projectId } = opened;
  const addDocument = (title: string, sentences: readonly string[], date: string) =>
    addTextDocument(application, { projectId, title, sentences, date, author });
  const documentIds: string[] = [];
  for (const [at, sentences] of TEXTS.entries())
    documentIds.push(await addDocument(`文件${at}`, sentences, `2024-0${at + 4}-11`));
  const start = async () => {
    const started = await startExtraction(application, { projectId, author });
    return started.kind === "started" ? started.job.id : started.kind;
  };
  return {
    ...opened,
    documentIds,
    addDocument,
    start,
    extract: async () => {
      const ended = await application.jobs.waitFor(await start());
      expect(ended?.state).toBe("done");
      return ended?.result ?? "";
    },
    conceptsOf: async (text) =>
      (await application.stores.concepts.findByTerm({ projectId, text })).map(({ kind, terms }) => ({
        kind,
        status: terms[0]?.status,
      })),
  };
}
