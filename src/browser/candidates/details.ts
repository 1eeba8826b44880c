/**
 * Evidence of candidates, fetched one at a time and kept for a while: moving on ends the request before, and what comes
 * next is fetched ahead, so that a key shows it at once.
 */
import { project } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import type { Answer } from "../shell/request.ts";
import type { Detail } from "./detail-data.ts";

const KEPT = 60;

export type Details = {
  readonly known: (text: string) => Detail | undefined;
  /** Undefined when another one was asked for meanwhile. */
  readonly load: (text: string) => Promise<Answer<Detail> | undefined>;
  readonly prefetch: (text: string) => void;
  /** What changed with a decision: the entry of the glossary. */
  readonly forget: (text: string) => void;
};

/** `runOf`: the run whose list has the text. */
export function createDetails(runOf: (text: string) => string): Details {
  const kept = new Map<string, Detail>();
  let current: AbortController | undefined;
  let ahead:
    { readonly text: string; readonly answer: Promise<Answer<Detail>>; readonly controller: AbortController } | undefined;

  const request = async (text: string, signal: AbortSignal): Promise<Answer<Detail>> => {
    const url = `/api/p/${project()}/candidates/runs/${encodeURIComponent(runOf(text))}/detail?text=${encodeURIComponent(text)}`;
    const answer = await get<Detail>(url, { quiet: true, signal });
    if (answer.ok && !signal.aborted) {
      kept.delete(text);
      kept.set(text, answer.value);
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(oldest);
    }
    return answer;
  };

  return {
    known: (text) => kept.get(text),
    load: async (text) => {
      current?.abort();
      const controller = new AbortController();
      current = controller;
      // One that is on its way already is waited for.
      const fetched = ahead?.text === text ? ahead : undefined;
      if (!fetched) ahead?.controller.abort();
      const answer = await (fetched?.answer ?? request(text, controller.signal));
      return controller.signal.aborted || (!answer.ok && answer.code === "aborted") ? undefined : answer;
    },
    prefetch: (text) => {
      if (kept.has(text) || ahead?.text === text) return;
      ahead?.controller.abort();
      const controller = new AbortController();
      const started = { text, controller, answer: request(text, controller.signal) };
      ahead = started;
      void started.answer.then(() => {
        if (ahead === started) ahead = undefined;
      });
    },
    forget: (text) => kept.delete(text),
  };
}
