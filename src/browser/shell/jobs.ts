/** Long work: following a job by its events, and the menu in the top bar that shows what runs and what has ended. */
import type { Job } from "../../model/job.ts";
import { element, icon, project } from "./dom.ts";
import { get, post } from "./request.ts";
import { formatNumber, hasWords, t } from "./strings.ts";

const SHOWN = 6;
const ENDED: ReadonlySet<Job["state"]> = new Set(["done", "failed", "cancelled", "interrupted"]);
const LOOK = {
  done: { icon: "s-check", className: "status is-good" },
  failed: { icon: "s-error", className: "status is-bad" },
  cancelled: { icon: "s-rejected", className: "status" },
  interrupted: { icon: "s-warn", className: "status is-warn" },
} as const;

const known = new Map<string, Job>();

export function hasEnded(job: Job): boolean {
  return ENDED.has(job.state);
}

/** Events that a proxy swallowed or a stream that could not be opened must not leave a person waiting for ever. */
const ASK_AGAIN_MS = 4_000;

/** Calls `onProgress` at every change and resolves with the ended job. The menu follows by itself. */
export function followJob(id: string, onProgress: (job: Job) => void = () => undefined): Promise<Job> {
  const address = `/api/jobs/${encodeURIComponent(id)}`;
  return new Promise((resolve) => {
    const events = new EventSource(`${address}/events`);
    const tell = (job: Job): void => {
      known.set(job.id, job);
      showMenu();
      onProgress(job);
      if (!hasEnded(job)) return;
      events.close();
      clearInterval(asking);
      resolve(job);
    };
    const asking = setInterval(() => {
      void get<Job>(address, { quiet: true }).then((answer) => {
        if (answer.ok && hasEnded(answer.value)) tell(answer.value);
      });
    }, ASK_AGAIN_MS);
    for (const name of ["progress", "end"]) {
      events.addEventListener(name, (event: MessageEvent<string>) => tell(JSON.parse(event.data) as Job));
    }
  });
}

export function cancelJob(id: string): Promise<unknown> {
  return post(`/api/jobs/${encodeURIComponent(id)}/cancel`);
}

/** 0 to 100; undefined while the whole is not known. */
export function jobPercent(job: Job): number | undefined {
  return job.progress.total > 0 ? Math.floor((100 * job.progress.done) / job.progress.total) : undefined;
}

/** "Aligning, 133 of 214", in words. */
export function jobWords(job: Job): string {
  if (hasEnded(job)) return t(`common:jobs.state.${job.state}`);
  const stage = `common:jobs.stage.${job.progress.stage}`;
  const name = hasWords(stage) ? t(stage) : t(`common:jobs.kind.${job.kind}`);
  if (job.progress.total <= 0) return name;
  return t("common:jobs.progress", { stage: name, done: job.progress.done, total: job.progress.total });
}

/** Shows the jobs of the project and follows those that run. */
export function startJobsMenu(): void {
  if (!document.querySelector("#jobs-menu")) return;
  void get<{ readonly jobs: readonly Job[] }>(`/api/p/${project()}/jobs`, { quiet: true }).then((answer) => {
    if (!answer.ok) return;
    for (const job of answer.value.jobs.slice(0, SHOWN).reverse()) {
      known.set(job.id, job);
      if (!hasEnded(job)) void followJob(job.id);
    }
    showMenu();
  });
}

function showMenu(): void {
  const summary = document.querySelector("[data-jobs-summary]");
  const list = document.querySelector("[data-jobs-list]");
  if (!summary || !list || known.size === 0) return;
  const jobs = [...known.values()].sort((first, second) => (first.createdAt < second.createdAt ? 1 : -1)).slice(0, SHOWN);
  const running = jobs.find((job) => !hasEnded(job));
  summary.replaceChildren(...(running ? runningSummary(running) : [icon("s-check")]));
  list.replaceChildren(...jobs.map(jobItem));
}

function runningSummary(job: Job): Node[] {
  const percent = jobPercent(job);
  const progress = element("progress", { class: "progress-mini", max: 100, value: percent, "aria-hidden": "true" });
  const words = t(`common:jobs.kind.${job.kind}`);
  return [progress, element("span", { class: "hide-s" }, percent === undefined ? words : `${words} ${formatNumber(percent)} %`)];
}

/** An extraction is named by the number of its documents: a number reads the same in every language. */
function jobName(job: Job): string {
  if (job.kind !== "extract" || !/^\d+$/.test(job.label)) return job.label;
  return t("common:jobs.documents", { count: Number(job.label) });
}

function jobItem(job: Job): HTMLElement {
  const percent = jobPercent(job);
  const item = element("div", { class: "job-item" }, element("strong", {}, jobName(job)));
  if (hasEnded(job)) {
    const look = LOOK[job.state as keyof typeof LOOK];
    item.append(element("span", { class: look.className }, icon(look.icon), t(`common:jobs.state.${job.state}`)));
    if (job.error) item.append(element("span", { class: "quiet tiny" }, job.error));
    return item;
  }
  const cancel = element("button", { class: "btn btn-s btn-quiet", type: "button" }, t("common:cancel"));
  cancel.addEventListener("click", () => void cancelJob(job.id));
  item.append(
    element("span", { class: "num" }, percent === undefined ? "" : `${formatNumber(percent)} %`),
    element("progress", { max: 100, value: percent, "aria-label": jobWords(job) }),
    element("span", { class: "quiet tiny" }, jobWords(job)),
    cancel,
  );
  return item;
}
