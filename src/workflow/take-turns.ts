/** Runs long pure work a few milliseconds at a time, so that requests are answered in between. */
import { setImmediate as nextTurn } from "node:timers/promises";

/** Well below the 50 ms that the event loop may be held: a step of the work may overrun it. */
const TURN = 8;

export async function takeTurns<T>(steps: Generator<void, T>): Promise<T> {
  let start = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - start < TURN) continue;
    await nextTurn();
    start = performance.now();
  }
}
