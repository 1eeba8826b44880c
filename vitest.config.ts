import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const report = process.env.DINGYI_TEST_REPORT;

/**
 * All files of a worker share one module graph, so that the code is loaded, and a browser started, once and not for each
 * file. So no test may change what belongs to the process: its environment, its folder, its clock.
 */
export default defineConfig({
  test: {
    isolate: false,
    // A file of the real counts for continuous integration, beside what a person reads.
    ...(report ? { reporters: ["default", "json"], outputFile: { json: report } } : {}),
    // Two at a time even on two cores: half of the work is waiting for servers, browsers and other processes. Three are slower.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A page on a busy machine takes its time; what never comes still fails.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{server,browser,cli,storage,workflow}/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "edge",
          include: ["test/{server,cli,storage,workflow}/**/*.test.ts"],
          // Tests that start processes are starved on a busy machine.
          testTimeout: 90_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/browser/find-chromium.ts"],
          testTimeout: 150_000,
          // A loaded machine may starve a browser once; what fails twice is broken.
          retry: process.env.CI ? 1 : 0,
        },
      },
    ],
  },
});
