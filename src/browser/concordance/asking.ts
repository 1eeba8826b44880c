/**
 * Asking the server: the list in blocks as they come into view, the first one again and again while the memory is still
 * being read or searched. An answer to an earlier question is thrown away.
 */
import { project } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import type { Failure } from "../shell/request.ts";
import { writeQuestion } from "./model.ts";
import type { Answer, Found, Hit, Question } from "./model.ts";

const BLOCK = 50;
const ASK_AGAIN = 250;

export type Asking = {
  /** Asks a new question; what comes back goes to `onAnswer`. */
  readonly ask: (question: Question) => void;
  readonly hitAt: (index: number) => Hit | undefined;
  /** How many hits a question would have; undefined when there is no answer. */
  readonly count: (question: Question) => Promise<number | undefined>;
};

type Options = {
  readonly onAnswer: (answer: Answer | Failure, isFirst: boolean) => void;
  readonly onBlock: (offset: number, count: number) => void;
};

export function createAsking({ onAnswer, onBlock }: Options): Asking {
  let hits = new Map<number, Hit>();
  let asked = new Set<number>();
  let current: Question | undefined;
  let stop = new AbortController();

  const load = async (question: Question, block: number): Promise<Answer | Failure> => {
    const answer = await get<Answer>(address(question, block * BLOCK, BLOCK), { signal: stop.signal, quiet: true });
    return answer.ok ? answer.value : answer;
  };

  const keep = ({ rows, offset }: Found) => rows.forEach((row, at) => hits.set(offset + at, row));

  const askFirst = async (question: Question, signal: AbortSignal): Promise<void> => {
    for (let isFirst = true; ; isFirst = false) {
      const answer = await load(question, 0);
      if (signal.aborted) return;
      const isFound = "kind" in answer && answer.kind === "found";
      if (isFound) {
        // A longer list has other hits further down.
        hits = new Map();
        asked = new Set([0]);
        keep(answer);
      }
      onAnswer(answer, isFirst);
      if (!("kind" in answer) || (isFound && answer.end !== undefined)) return;
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
      if (signal.aborted) return;
    }
  };

  return {
    ask: (question) => {
      stop.abort();
      stop = new AbortController();
      current = question;
      void askFirst(question, stop.signal);
    },
    hitAt: (index) => {
      const block = Math.floor(index / BLOCK);
      if (current && !asked.has(block)) {
        asked.add(block);
        const { signal } = stop;
        void load(current, block).then((answer) => {
          if (signal.aborted) return;
          if (!("kind" in answer) || answer.kind !== "found") return void asked.delete(block);
          keep(answer);
          onBlock(answer.offset, answer.rows.length);
        });
      }
      return hits.get(index);
    },
    count: async (question) => {
      for (let tries = 0; tries < 40; tries += 1) {
        const answer = await get<Answer>(address(question, 0, 0), { signal: stop.signal, quiet: true });
        if (!answer.ok) return undefined;
        if (answer.value.kind === "found" && answer.value.end !== undefined) return answer.value.total;
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
      }
      return undefined;
    },
  };
}

function address(question: Question, offset: number, limit: number): string {
  const query = writeQuestion(question);
  query.set("offset", String(offset));
  query.set("limit", String(limit));
  return `/api/p/${project()}/concordance?${query.toString()}`;
}
