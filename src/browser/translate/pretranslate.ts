/** Pre-translation of the whole text: how many rows the memory would fill, then the proposals, and back as one step. */
import { cancelJob, followJob, jobPercent, jobWords } from "../shell/jobs.ts";
import { showDialog } from "../shell/dialogs.ts";
import { element, project, required } from "../shell/dom.ts";
import { get, post } from "../shell/request.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";

type Counts = {
  readonly rows: number;
  readonly inContext: number;
  readonly exact: number;
  readonly fuzzy: number;
  readonly adapted: number;
  readonly doubtful: number;
  readonly cautioned: number;
  readonly nothing: number;
  readonly written: number;
};

/** What is put in at least; 100 takes equal texts only. */
const THRESHOLDS = [100, 95, 85, 75, 70] as const;
const LINES = ["inContext", "exact", "fuzzy", "adapted", "doubtful", "cautioned", "nothing"] as const;

/** `changed` is called when rows of the text have other texts now. */
export function startPretranslation(documentId: string, changed: () => void): void {
  const base = `/api/p/${project()}/documents/${encodeURIComponent(documentId)}/pretranslation`;
  required("[data-pretranslate]").addEventListener("click", () => void open());

  const undo = async () => {
    const answer = await post<{ readonly rows: readonly unknown[] }>(`${base}/undo`);
    if (!answer.ok) return;
    showToast(t("translate:pretranslate.undone", { count: answer.value.rows.length }));
    changed();
  };

  const open = async () => {
    const kept = await get<{ readonly rows: number }>(base, { quiet: true });
    const choice = element(
      "select",
      { class: "field", id: "pretranslate-threshold" },
      ...THRESHOLDS.map((value) =>
        element(
          "option",
          { value },
          t(value === 100 ? "translate:pretranslate.exact-only" : "translate:pretranslate.from", { percent: value }),
        ),
      ),
    );
    const place = element("div", { class: "stack-m", role: "status" });
    const count = element("button", { class: "btn", type: "button" }, t("translate:pretranslate.count"));
    const back = element(
      "button",
      { class: "btn btn-quiet", type: "button" },
      t("translate:pretranslate.undo", { count: kept.ok ? kept.value.rows : 0 }),
    );
    back.hidden = !kept.ok || kept.value.rows === 0;
    const write = element(
      "button",
      { class: "btn btn-primary", type: "button", disabled: true },
      t("translate:pretranslate.write"),
    );
    let running: string | undefined;

    const run = async (isTrial: boolean): Promise<Counts | undefined> => {
      const body = { threshold: Number(choice.value), isTrial };
      const started = await post<{ readonly job: string }>(base, body);
      if (!started.ok) return undefined;
      running = started.value.job;
      const bar = element("progress", { max: 100, "aria-label": t("translate:pretranslate.title") });
      const words = element("p", {});
      place.replaceChildren(words, bar);
      const job = await followJob(running, (now) => {
        words.textContent = jobWords(now);
        const percent = jobPercent(now);
        if (percent !== undefined) bar.value = percent;
      });
      running = undefined;
      if (job.state !== "done" || job.result === undefined) {
        place.replaceChildren(element("p", {}, t(`common:jobs.state.${job.state}`)));
        return undefined;
      }
      return JSON.parse(job.result) as Counts;
    };

    back.addEventListener("click", () => {
      back.dataset["pressed"] = "";
      back.closest("dialog")?.close();
    });
    choice.addEventListener("change", () => {
      write.disabled = true;
      place.replaceChildren();
    });
    const tryOut = async () => {
      count.disabled = true;
      const counts = await run(true);
      count.disabled = false;
      if (!counts) return;
      place.replaceChildren(renderCounts(counts));
      write.disabled = counts.inContext + counts.exact + counts.fuzzy === 0;
    };
    count.addEventListener("click", () => void tryOut());

    const pressed = await showDialog({
      title: t("translate:pretranslate.title"),
      body: [
        element("p", {}, t("translate:pretranslate.text")),
        element("label", { class: "label", for: "pretranslate-threshold" }, t("translate:pretranslate.threshold")),
        element("div", { class: "pretranslate-choice" }, choice, count, back),
        place,
      ],
      actions: [write],
    });
    // Left while it counts: nobody will read the answer.
    if (running !== undefined) void cancelJob(running);
    if (pressed === write) {
      const counts = await run(false);
      if (!counts) return;
      showToast(t("translate:pretranslate.done", { count: counts.written }), { undo });
      changed();
    } else if (back.dataset["pressed"] !== undefined) await undo();
  };
}

function renderCounts(counts: Counts): HTMLElement {
  return element(
    "dl",
    { class: "pretranslate-counts" },
    element("dt", { class: "strong" }, t("translate:pretranslate.counts.rows")),
    element("dd", { class: "num strong" }, formatNumber(counts.rows)),
    ...LINES.flatMap((name) => [
      element("dt", {}, t(`translate:pretranslate.counts.${name}`)),
      element("dd", { class: "num" }, formatNumber(counts[name])),
    ]),
  );
}
