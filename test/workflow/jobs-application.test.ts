import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application, OpenOutcome } from "../../src/workflow/application.ts";

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "dingyi-test-"));
});

afterEach(() => rm(parent, { recursive: true, force: true }));

function getApplication(outcome: OpenOutcome): Application {
  if (outcome.kind === "failed") throw new Error(outcome.code);
  return outcome.application;
}

describe("a data folder", () => {
  it("is made when it is not there, and nobody else may read it", async () => {
    const dataFolder = join(parent, "deep", "data");
    const application = getApplication(await openApplication({ dataFolder }));
    expect((await stat(dataFolder)).mode & 0o777).toBe(0o700);
    expect(application.dataFolder).toBe(dataFolder);
    expect(application.clock()).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    await application.close();
    await application.close();
  });

  it("is open once at a time, and can be opened again when it was closed", async () => {
    const first = getApplication(await openApplication({ dataFolder: parent }));
    const second = await openApplication({ dataFolder: parent });
    expect(second).toEqual({ kind: "failed", code: "in-use", values: { folder: parent, process: process.pid } });
    await first.close();
    await getApplication(await openApplication({ dataFolder: parent })).close();
  });

  it("is refused while another process has it, and free as soon as that process was killed; its jobs are interrupted", async () => {
    const script = `
      import { openApplication } from ${JSON.stringify(new URL("../../src/workflow/application.ts", import.meta.url).href)};
      const { application } = await openApplication({ dataFolder: process.argv[1] });
      await application.stores.jobs.add({ id: "j", projectId: "p", kind: "import", label: "", state: "running",
        progress: { done: 0, total: 1, stage: "read" }, createdAt: "2026-03-01T08:00:00.000Z" });
      console.log("open");
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script, parent], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    expect(await openApplication({ dataFolder: parent })).toMatchObject({ code: "in-use", values: { process: child.pid } });
    child.kill("SIGKILL");
    await once(child, "exit");
    const application = getApplication(await openApplication({ dataFolder: parent }));
    expect((await application.stores.jobs.find("j"))?.state).toBe("interrupted");
    expect((await application.jobs.list("p")).map((job) => job.state)).toEqual(["interrupted"]);
    await application.close();
  });

  it("that cannot be one is refused with a code, and what is there stays as it is", async () => {
    const file = join(parent, "file");
    await writeFile(file, "text");
    expect(await openApplication({ dataFolder: file })).toMatchObject({ code: "no-access" });
    await writeFile(join(parent, "dingyi.sqlite"), "this is a text of some length and no database at all. ".repeat(100));
    expect(await openApplication({ dataFolder: parent })).toMatchObject({ code: "damaged" });
    expect((await stat(join(parent, "dingyi.sqlite"))).size).toBe(5400);
  });
});
