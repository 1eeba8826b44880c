/** A real application with a project on a fresh data folder, for tests of use cases. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NewDocument } from "../../src/storage/document-store.ts";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import { createProject } from "../../src/workflow/projects.ts";

export type TestApplication = {
  readonly application: Application;
  /** A project, zh to en. */
  readonly projectId: string;
  /** Closes the application and removes its folder. */
  readonly close: () => Promise<void>;
};

export async function openTestApplication(): Promise<TestApplication> {
  const folder = await mkdtemp(join(tmpdir(), "dingyi-test-"));
  const outcome = await openApplication({ dataFolder: folder });
  if (outcome.kind === "failed") throw new Error(outcome.code);
  const { application } = outcome;
  return {
    application,
    projectId: (await createProject(application, { name: "云溪" })).id,
    close: async () => {
      await application.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type TextDocument = {
  readonly projectId: string;
  readonly title: string;
  /** Each a paragraph of one segment. */
  readonly sentences: readonly string[];
  readonly author: string;
} & Partial<Pick<NewDocument, "language" | "side" | "date">>;

/** Stores a document as the import would; answers its id. */
export async function addTextDocument(
  { stores, clock }: Pick<Application, "stores" | "clock">,
  { sentences, author, ...document }: TextDocument,
): Promise<string> {
  const paragraphs = sentences.map((text, at) => ({
    text,
    role: "body" as const,
    line: at + 1,
    segments: [{ kind: "segment" as const, source: text }],
  }));
  const stored = await stores.documents.add(
    { ordinal: 0, language: "zh", side: "source", ...document, paragraphs },
    { author, at: clock() },
  );
  return stored.id;
}
