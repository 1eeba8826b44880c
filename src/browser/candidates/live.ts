/**
 * What others decide meanwhile, asked for every few seconds while somebody looks at the page: an event stream for each
 * open tab would use up the few connections that a browser gives to one server.
 */
import { project } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import type { Decision, Pair } from "./model.ts";

export type Changes = {
  readonly sequence: number;
  readonly texts: readonly { readonly text: string; readonly decision?: Decision }[];
  readonly pairs?: readonly Pair[];
  readonly run?: string;
};

export type Live = {
  /** The list was read anew: changes up to this number are in it. */
  readonly startFrom: (sequence: number) => void;
};

const ASK_EVERY_MS = 4_000;

export function watchDecisions(onChanges: (changes: Changes) => void): Live {
  let after: number | undefined;
  let isAsking = false;
  const ask = async () => {
    if (after === undefined || isAsking || document.visibilityState === "hidden") return;
    isAsking = true;
    const asked = after;
    const answer = await get<Changes>(`/api/p/${project()}/candidates/changes?after=${String(asked)}`, { quiet: true });
    isAsking = false;
    if (!answer.ok || after !== asked) return;
    after = answer.value.sequence;
    onChanges(answer.value);
  };
  setInterval(() => void ask(), ASK_EVERY_MS);
  document.addEventListener("visibilitychange", () => void ask());
  return {
    startFrom: (sequence) => {
      after = sequence;
    },
  };
}
