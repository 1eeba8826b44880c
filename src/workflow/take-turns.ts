/** Runs long pure work a few milliseconds at a time, so that requests are answered in between. */
import { setImmediate as nextTurn } from "node:timers/promises";

/** Well below the 50 ms that the event loop may be held: a step of the work may overrun it. */
const TURN = 8;

/** For a loop that has other things to wait for as well: `if (turns.isOver()) await turns.next()`. */
export type Turns = { readonly isOver: () => boolean; readonly next: () => Promise<void> };

export function startTurns(): Turns {
  let start = performance.now();
  return {
    isOver: () => performance.now() - start >= TURN,
    async next() {
      await nextTurn();
      start = performance.now();
    },
  };
}

export async function takeTurns<T>(steps: Generator<void, T>): Promise<T> {
  const turns = startTurns();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (turns.isOver()) await turns.next();
  }
}
