/** A real server on a fresh data folder, removed afterwards. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen } from "../../src/server/listen.ts";
import type { ListenOptions } from "../../src/server/listen.ts";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import { acceptImport, previewImport } from "../../src/workflow/import.ts";
import { createProject } from "../../src/workflow/projects.ts";
import { CACHE_FOLDER } from "../caches.ts";

export type TestServer = {
  readonly url: string;
  readonly application: Application;
  /** A project, zh to en. */
  readonly projectId: string;
  /** Imports texts as the page does, everything accepted as proposed; answers the ids of the documents. */
  readonly importTexts: (texts: Readonly<Record<string, string | Uint8Array>>) => Promise<readonly string[]>;
  /** fetch on this server, as its own pages would do it. */
  readonly send: (path: string, init?: RequestInit) => Promise<Response>;
  readonly postJson: (path: string, body: unknown) => Promise<Response>;
  readonly close: () => Promise<void>;
};

export type TestServerOptions = Partial<Pick<ListenOptions, "author" | "allowedHosts">> & { readonly projectName?: string };

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), "dingyi-test-"));
  const outcome = await openApplication({ dataFolder: folder, cacheFolder: CACHE_FOLDER });
  if (outcome.kind !== "opened") throw new Error(`no data folder: ${outcome.code}`);
  const { application } = outcome;
  const project = await createProject(application, { name: options.projectName ?? "Yunxi flood season" });
  const author = options.author ?? "Zhao Ning";
  const server = await listen({
    application,
    port: 0,
    host: "127.0.0.1",
    logLevel: "silent",
    author,
    ...(options.allowedHosts ? { allowedHosts: options.allowedHosts } : {}),
  });
  const base = server.url.replace(/\/$/, "");
  // A connection of its own: one that is kept may be closed by the server in the moment in which it is used again.
  const own = { "Sec-Fetch-Site": "same-origin", Connection: "close" };
  const send = (path: string, init: RequestInit = {}) =>
    fetch(base + path, { redirect: "manual", ...init, headers: { ...own, ...init.headers } });
  return {
    url: base,
    application,
    projectId: project.id,
    send,
    postJson: (path, body) =>
      send(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
    importTexts: async (texts) => {
      const incoming = await mkdtemp(join(folder, "given-"));
      const files = await Promise.all(
        Object.entries(texts).map(async ([name, content], number) => {
          const path = join(incoming, String(number));
          await writeFile(path, content);
          return { name, mediaType: "text/plain", path };
        }),
      );
      const preview = await previewImport(application, { projectId: project.id, author, files });
      await application.jobs.waitFor(preview.jobId ?? "");
      const accepted = await acceptImport(application, { dataFolder: folder, projectId: project.id, id: preview.id, author });
      if (accepted.kind !== "accepted") throw new Error(`import: ${accepted.kind}`);
      return accepted.documents.map(({ id }) => id);
    },
    close: async () => {
      await server.close();
      await application.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
