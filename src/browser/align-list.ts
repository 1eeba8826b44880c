/** The list of alignments: choosing two documents, with the partner suggested, and the job that aligns them. */
import { startList } from "./align/list-rows.ts";
import { startReceivingAlignments } from "./align/receive-alignment.ts";
import { pageData, project, required } from "./shell/dom.ts";
import { cancelJob, followJob, jobPercent, jobWords } from "./shell/jobs.ts";
import { post } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { t } from "./shell/strings.ts";
import { showProblem } from "./shell/toast.ts";

type Given = {
  readonly suggestions: readonly { readonly source: string; readonly target: string; readonly reasons: readonly string[] }[];
  readonly aligned: readonly { readonly source: string; readonly target: string; readonly address: string }[];
};

await startPage();
const given = pageData() as Given;
const form = document.querySelector<HTMLFormElement>("[data-start]");
if (form) startForm(form);
startReceivingAlignments();
startList();

function startForm(form: HTMLFormElement): void {
  const source = required<HTMLSelectElement>('[name="source"]', form);
  const target = required<HTMLSelectElement>('[name="target"]', form);
  // What the person chose is never replaced; the other side follows until it is chosen too.
  const chosen = { source: source.value !== "", target: target.value !== "" };
  if (!chosen.source && !chosen.target) {
    source.value = given.suggestions[0]?.source ?? "";
    target.value = given.suggestions[0]?.target ?? "";
  } else if (!chosen.target) suggestFor("source");
  else if (!chosen.source) suggestFor("target");
  explain();
  source.addEventListener("change", () => change("source"));
  target.addEventListener("change", () => change("target"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void start();
  });

  function change(side: "source" | "target"): void {
    chosen[side] = true;
    if (!chosen[side === "source" ? "target" : "source"]) suggestFor(side);
    explain();
  }

  function suggestFor(side: "source" | "target"): void {
    const [own, other] = side === "source" ? [source, target] : [target, source];
    const otherSide = side === "source" ? "target" : "source";
    const known = given.aligned.find((pair) => pair[side] === own.value);
    other.value = (given.suggestions.find((pair) => pair[side] === own.value) ?? known)?.[otherSide] ?? onlyOption(other);
  }

  /** Says why this pair is suggested, or that it is aligned already. */
  function explain(): void {
    const why = required("[data-why]", form);
    const known = given.aligned.find(isChosen);
    const suggestion = given.suggestions.find(isChosen);
    const reasons = suggestion?.reasons.map((reason) => t(`align:start.reason.${reason}`)).join(t("align:comma"));
    why.textContent = known
      ? t("align:start.known")
      : reasons === undefined
        ? source.value !== "" && target.value !== ""
          ? ""
          : t("align:start.no-suggestion")
        : t("align:start.why", { reasons });
    required("[data-submit-words]", form).textContent = known ? t("align:start.open") : t("align:start.button");
  }

  function isChosen(pair: { readonly source: string; readonly target: string }): boolean {
    return pair.source === source.value && pair.target === target.value;
  }

  async function start(): Promise<void> {
    const known = given.aligned.find(isChosen);
    if (known) return location.assign(known.address);
    const submit = required<HTMLButtonElement>("[data-submit]", form);
    submit.disabled = true;
    const body = { source: source.value, target: target.value };
    const answer = await post<{ readonly job?: string; readonly alignment?: string }>(`/api/p/${project()}/alignments`, body);
    const alignment = answer.ok ? (answer.value.alignment ?? (await follow(answer.value.job ?? ""))) : undefined;
    if (alignment !== undefined) location.assign(`/p/${project()}/align/${encodeURIComponent(alignment)}`);
    else submit.disabled = false;
  }

  async function follow(id: string): Promise<string | undefined> {
    const place = required("[data-job]", form);
    const progress = required<HTMLProgressElement>("progress", place);
    const words = required("[data-job-words]", place);
    const cancel = required<HTMLButtonElement>("[data-cancel-job]", place);
    place.hidden = false;
    cancel.onclick = () => void cancelJob(id);
    const job = await followJob(id, (now) => {
      const percent = jobPercent(now);
      if (percent === undefined) progress.removeAttribute("value");
      else progress.value = percent;
      words.textContent = jobWords(now);
    });
    place.hidden = true;
    if (job.state === "failed" || job.state === "interrupted") showProblem(t("align:start.failed", { error: job.error ?? "" }));
    return job.state === "done" ? job.result : undefined;
  }
}

/** With one document on a side there is nothing to choose. */
function onlyOption(select: HTMLSelectElement): string {
  return select.options.length === 2 ? (select.options[1]?.value ?? "") : "";
}
