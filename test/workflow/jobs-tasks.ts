/** Tasks for the tests of the job runner: each does one thing that real work may do. */
import type { TaskContext } from "../../src/workflow/job-tasks.ts";

export const tasks = {
  double: (input: number) => input * 2,
  fail: (input: string): never => {
    throw new Error(input);
  },
  spin: (milliseconds: number, { report }: TaskContext) => {
    const start = performance.now();
    let rounds = 0;
    while (performance.now() - start < milliseconds) {
      rounds++;
      report({ done: Math.min(performance.now() - start, milliseconds), total: milliseconds, stage: "spin" });
    }
    report({ done: milliseconds, total: milliseconds, stage: "spin" });
    return rounds;
  },
  list: (length: number) => ({
    name: "list",
    short: [1, 2, 3],
    long: Array.from({ length }, (_, at) => ({ at, text: `第${at}项` })),
  }),
  bare: (length: number) => Array.from({ length }, (_, at) => at),
};
