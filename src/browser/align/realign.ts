/** Aligning anew what nobody confirmed: all of it, the marked rows, or the rows around a pin. A job that can be cancelled. */
import { element, required } from "../shell/dom.ts";
import { cancelJob, followJob, jobPercent, jobWords } from "../shell/jobs.ts";
import { post } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { showProblem } from "../shell/toast.ts";
import type { Group, News } from "./alignment.ts";
import { sayInDock } from "./dock.ts";
import type { Editor } from "./editor.ts";
import type { Steps } from "./steps.ts";

type SentencePlace = { readonly group: string; readonly sentence: number };
export type Realignment = {
  readonly range?: { readonly first: string; readonly last: string };
  readonly pin?: { readonly source: SentencePlace; readonly target: SentencePlace };
};

export type Realigner = { readonly start: (wanted: Realignment) => Promise<void>; readonly isRunning: () => boolean };

export function createRealigner(place: {
  readonly address: string;
  readonly editor: Editor;
  readonly steps: Steps;
  readonly revision: () => number;
  readonly onNews: (news: News) => void;
}): Realigner {
  const { editor, steps } = place;
  let isRunning = false;

  const start = async (wanted: Realignment): Promise<void> => {
    if (isRunning || !steps.isIdle()) return;
    isRunning = true;
    try {
      const body = { baseRevision: place.revision(), ...wanted };
      const answer = await post<{ readonly job: string } | { readonly refusal: string }>(`${place.address}/realign`, body, {
        quiet: true,
      });
      if (answer.ok) {
        if ("refusal" in answer.value) sayInDock(t(`align:refusal.${answer.value.refusal}`), "refusal");
        else await follow(answer.value.job);
      } else if (answer.code === "stale") {
        place.onNews(answer.details as News);
        sayInDock(t("align:news.realign"), "news");
      } else showProblem(answer.message);
    } finally {
      isRunning = false;
    }
  };

  const follow = async (id: string): Promise<void> => {
    const shown = required("[data-job]");
    const progress = required<HTMLProgressElement>("progress", shown);
    shown.hidden = false;
    required<HTMLButtonElement>("[data-cancel-job]").onclick = () => void cancelJob(id);
    const before = editor.alignment().groups;
    const job = await followJob(id, (now) => {
      const percent = jobPercent(now);
      if (percent === undefined) progress.removeAttribute("value");
      else progress.value = percent;
      required("[data-job-words]").textContent = jobWords(now);
    });
    shown.hidden = true;
    const came = await steps.refresh();
    if (job.state === "failed" || job.state === "interrupted") showProblem(t("align:realign-failed", { error: job.error ?? "" }));
    else if (job.state === "cancelled") sayInDock(t("align:realign-cancelled"), "news");
    else if (job.result === undefined) sayInDock(t("align:news.realign"), "news");
    else sayInDock(came ? describeNew(countNew(before)) : t("align:realigned-same"), "news");
  };

  /** The same rows may be measured anew: others were confirmed meanwhile. */
  const describeNew = (count: number): string => (count > 0 ? t("align:realigned", { count }) : t("align:realigned-measured"));

  const countNew = (before: readonly Group[]): number => {
    const known = new Set(before.map((group) => group.id));
    return editor.alignment().groups.filter((group) => !known.has(group.id)).length;
  };

  return { start, isRunning: () => isRunning };
}

/** Loading failed: what happened, and the way to try again. */
export function showFailed(message: string): void {
  const again = element("button", { class: "btn", type: "button" }, t("align:load-again"));
  again.addEventListener("click", () => location.reload());
  required("[data-rows]").replaceChildren(element("div", { class: "empty" }, element("p", {}, message), again));
}
