/** The button that extracts, with the progress of the job, its cancelling and its end. */
import type { Job } from "../../model/job.ts";
import { project, required } from "../shell/dom.ts";
import { cancelJob, followJob, jobPercent } from "../shell/jobs.ts";
import { post } from "../shell/request.ts";
import { formatNumber, hasWords, t } from "../shell/strings.ts";
import { showProblem } from "../shell/toast.ts";

export type ExtractionEvents = {
  /** A new list is there. */
  readonly onDone: () => void;
  readonly say: (words: string) => void;
};

/** `job`: one that runs already when the page is opened. */
export function startExtractionButton(job: string | undefined, events: ExtractionEvents): void {
  const button = document.querySelector<HTMLButtonElement>("[data-extract]");
  button?.addEventListener("click", () => void extract());
  if (job !== undefined) void follow(job);

  async function extract(): Promise<void> {
    if (!button) return;
    button.disabled = true;
    const answer = await post<{ readonly job: string }>(`/api/p/${project()}/candidates/extract`);
    if (answer.ok) await follow(answer.value.job);
    button.disabled = false;
  }

  async function follow(id: string): Promise<void> {
    const place = required("[data-job]");
    const cancel = required<HTMLButtonElement>("[data-job-cancel]");
    const onCancel = () => {
      cancel.disabled = true;
      void cancelJob(id);
    };
    // In its place, so that nothing moves.
    if (button) button.hidden = true;
    cancel.disabled = false;
    cancel.addEventListener("click", onCancel);
    place.hidden = false;
    const last = await followJob(id, showProgress);
    cancel.removeEventListener("click", onCancel);
    place.hidden = true;
    if (button) button.hidden = false;
    if (last.state === "done") {
      for (const notice of document.querySelectorAll<HTMLElement>("[data-broken], [data-age]")) notice.hidden = true;
      events.onDone();
    } else if (last.state === "cancelled") events.say(t("candidates:extract.cancelled"));
    else {
      const words = t(last.state === "interrupted" ? "candidates:extract.interrupted" : "candidates:extract.failed");
      showProblem(last.error === undefined ? words : `${words} ${last.error}`);
    }
  }
}

function showProgress(job: Job): void {
  const percent = jobPercent(job) ?? 0;
  const bar = required<HTMLProgressElement>("[data-job-bar]");
  bar.value = percent;
  const stage = `candidates:extract.stage.${job.progress.stage}`;
  const words = t(hasWords(stage) ? stage : "candidates:extract.name");
  required("[data-job-words]").textContent = t("candidates:extract.progress", { stage: words, percent: formatNumber(percent) });
}
