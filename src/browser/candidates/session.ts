/** Where a person stopped: kept on the server a moment after each step, so that any browser goes on there. */
import { project } from "../shell/dom.ts";
import { put } from "../shell/request.ts";
import type { View } from "./model.ts";
import type { LineOrder } from "./lines.ts";

export type Session = View & { readonly text: string; readonly lines: LineOrder };

const DELAY = 700;

export function createSessionKeeper(current: () => Session): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    timer = undefined;
    // Losing it costs a scroll, so nobody is told.
    void put(`/api/p/${project()}/candidates/session`, current(), { quiet: true, keepalive: true });
  };
  const saveNow = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    save();
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") saveNow();
  });
  window.addEventListener("pagehide", saveNow);
  return () => {
    clearTimeout(timer);
    timer = setTimeout(save, DELAY);
  };
}
