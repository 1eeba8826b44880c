/** Where a person stopped: kept on the server a moment after each step, so that any browser goes on there. */
import { project } from "../shell/dom.ts";
import { put } from "../shell/request.ts";
import { EVERYTHING } from "./model.ts";
import type { View } from "./model.ts";
import type { LineOrder } from "./lines.ts";

export type Session = View & { readonly text: string; readonly lines: LineOrder };

const DELAY = 700;

export function createSessionKeeper(current: () => Session): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = async () => {
    timer = undefined;
    // Losing it costs a scroll, so nobody is told.
    const answer = await put(`/api/p/${project()}/candidates/session`, current(), { quiet: true, keepalive: true });
    if (answer.ok && timer === undefined) sessionStorage.removeItem(keptUnder());
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || timer === undefined) return;
    clearTimeout(timer);
    void save();
  });
  return () => {
    // A page that is loaded again at once is asked for before the server hears of the last step.
    sessionStorage.setItem(keptUnder(), JSON.stringify(current()));
    clearTimeout(timer);
    timer = setTimeout(() => void save(), DELAY);
  };
}

/** The page was loaded again: the address may be a step behind what this tab did last. */
export function isLoadedAgain(): boolean {
  return performance
    .getEntriesByType("navigation")
    .some((entry) => entry instanceof PerformanceNavigationTiming && entry.type === "reload");
}

/** What this tab did last and the server may not know yet. */
export function findUnsavedSession(): Partial<Session> | undefined {
  const kept = sessionStorage.getItem(keptUnder());
  return kept === null ? undefined : (JSON.parse(kept) as Partial<Session>);
}

function keptUnder(): string {
  return `candidates-place:${project()}`;
}

/** What the session says about the list; one of an earlier version may say less. */
export function pickView(session: Partial<Session> | undefined): View {
  const known = Object.keys(EVERYTHING).filter((key) => session?.[key as keyof View] !== undefined);
  return { ...EVERYTHING, ...Object.fromEntries(known.map((key) => [key, session?.[key as keyof View]])) };
}
