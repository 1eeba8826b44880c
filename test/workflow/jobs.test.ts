import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Job } from "../../src/model/job.ts";
import { openStores } from "../../src/storage/stores.ts";
import type { Stores } from "../../src/storage/stores.ts";
import { createJobRunner } from "../../src/workflow/jobs.ts";
import type { JobRunner } from "../../src/workflow/jobs.ts";
import type { tasks } from "./jobs-tasks.ts";

type TestTasks = typeof tasks;
const registry = new URL("./jobs-tasks.ts", import.meta.url);
const clock = () => "2026-03-01T08:00:00.000Z";

let stores: Stores;
let jobs: JobRunner<TestTasks>;

beforeEach(async () => {
  stores = await openStores(":memory:");
  jobs = createJobRunner<TestTasks>({ stores, clock, registry });
});

afterEach(async () => {
  await jobs.close();
  await stores.close();
});

function startSpin(milliseconds: number): Promise<Job> {
  return jobs.start({
    projectId: "p",
    kind: "extract",
    label: "云溪省通知",
    task: "spin",
    input: milliseconds,
    finish: (rounds) => Promise.resolve(String(rounds)),
  });
}

/** Waits until the job has got past waiting for a thread. */
function waitUntilRunning(id: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = jobs.subscribe(id, (job) => {
      if (job.state !== "running" || job.progress.total === 0) return;
      stop();
      resolve();
    });
  });
}

describe("a job", () => {
  it("waits, runs, stores what came out within its life, and is done", async () => {
    const states: string[] = [];
    const job = await jobs.start({
      projectId: "p",
      kind: "align",
      label: "通知",
      task: "double",
      input: 21,
      finish: async (output, context) => {
        states.push(`finish in ${context.job.state}`);
        await stores.settings.save({ key: "output", value: output });
        return "setting:output";
      },
    });
    expect(job.state).toBe("waiting");
    jobs.subscribe(job.id, ({ state }) => states.push(state));
    const done = await jobs.waitFor(job.id);
    expect(done).toMatchObject({ state: "done", result: "setting:output", finishedAt: clock() });
    expect(await stores.settings.find("output")).toBe(42);
    expect(states[0]).toBe("waiting");
    expect(states.slice(-2)).toEqual(["finish in running", "done"]);
    expect(await stores.jobs.find(job.id)).toEqual(done);
  });

  it("fails with the text of the error, in the task or when its output is stored", async () => {
    const start = { projectId: "p", kind: "check", label: "通知" } as const;
    const inTask = await jobs.start({ ...start, task: "fail", input: "第三行读不懂", finish: () => Promise.resolve(undefined) });
    expect(await jobs.waitFor(inTask.id)).toMatchObject({ state: "failed", error: "第三行读不懂" });
    const inFinish = await jobs.start({ ...start, task: "double", input: 1, finish: () => Promise.reject(new Error("disk")) });
    expect(await jobs.waitFor(inFinish.id)).toMatchObject({ state: "failed", error: "disk" });
    expect((await jobs.list("p")).map((job) => job.id)).toEqual([inFinish.id, inTask.id]);
  });

  it("reports progress about ten times a second, the last state included, and a listener can leave", async () => {
    const job = await startSpin(500);
    const heard: Job[] = [];
    const missed: Job[] = [];
    jobs.subscribe(job.id, (now) => heard.push(now));
    jobs.subscribe(job.id, (now) => missed.push(now))();
    const done = await jobs.waitFor(job.id);
    expect(done?.progress).toEqual({ done: 500, total: 500, stage: "spin" });
    const running = heard.filter((now) => now.state === "running" && now.progress.total > 0);
    expect(running.length).toBeGreaterThan(0);
    expect(running.length).toBeLessThan(15);
    expect(heard.at(-1)?.state).toBe("done");
    expect(missed).toEqual([]);
  });

  it("tells a late listener how it ended", async () => {
    const job = await startSpin(1);
    await jobs.waitFor(job.id);
    const state = await new Promise((resolve) => jobs.subscribe(job.id, (now) => resolve(now.state)));
    expect(state).toBe("done");
  });

  it("is cancelled in the middle of a busy loop, and stores nothing", async () => {
    const job = await startSpin(60_000);
    await waitUntilRunning(job.id);
    expect(await jobs.cancel(job.id)).toMatchObject({ state: "cancelled" });
    expect(await stores.jobs.find(job.id)).toMatchObject({ state: "cancelled", finishedAt: clock() });
    expect(await jobs.cancel(job.id)).toMatchObject({ state: "cancelled" });
    const next = await jobs.start({
      projectId: "p",
      kind: "check",
      label: "",
      task: "double",
      input: 2,
      finish: async () => "x",
    });
    expect(await jobs.waitFor(next.id)).toMatchObject({ state: "done" });
  });

  it("is cancelled while it waits for a thread", async () => {
    const running = await Promise.all(Array.from({ length: 8 }, () => startSpin(60_000)));
    const last = running.at(-1);
    expect(await jobs.cancel(last?.id ?? "")).toMatchObject({ state: "cancelled" });
    await Promise.all(running.map((job) => jobs.cancel(job.id)));
  });

  it("does not block the main thread", async () => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const warm = await startSpin(1);
    await jobs.waitFor(warm.id);
    delay.enable();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 20);
    const job = await startSpin(3000);
    const done = await jobs.waitFor(job.id);
    clearInterval(timer);
    delay.disable();
    const longest = delay.max / 1e6;
    console.log(`longest pause of the main thread during a job that spins for 3 s: ${longest.toFixed(1)} ms`);
    expect(done?.state).toBe("done");
    // Blocked, it would be none; how many more depends on what else the machine does.
    expect(ticks).toBeGreaterThan(10);
  });
});

describe("a task without a job", () => {
  it("answers its output and its progress", async () => {
    const progress: number[] = [];
    expect(await jobs.runTask("spin", 20, { onProgress: ({ done }) => progress.push(done) })).toBeGreaterThan(0);
    expect(progress.at(-1)).toBe(20);
    expect(await jobs.list("p")).toEqual([]);
  });

  it("gets long lists whole, at the top and inside an object", async () => {
    expect(await jobs.runTask("bare", 1001)).toEqual(Array.from({ length: 1001 }, (_, at) => at));
    const { name, short, long } = await jobs.runTask("list", 30_000);
    expect([name, short, long.length, long[29_999]]).toEqual(["list", [1, 2, 3], 30_000, { at: 29_999, text: "第29999项" }]);
  });

  it("rejects with the error of the task, or with the reason of the signal", async () => {
    await expect(jobs.runTask("fail", "bad")).rejects.toThrow("bad");
    const controller = new AbortController();
    const spinning = jobs.runTask("spin", 60_000, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(spinning).rejects.toThrow("enough");
    await expect(jobs.runTask("double", 1, { signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow("before");
  });
});
