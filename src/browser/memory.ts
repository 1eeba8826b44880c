/** The memories of a project: tabs, keys, importing, and what its parts share. */
import { createDuplicates } from "./memory/duplicates.ts";
import { createFigures } from "./memory/figures.ts";
import { createMemory, drawMemories } from "./memory/memories.ts";
import type { Overview, Page, Whole } from "./memory/model.ts";
import { createSteps } from "./memory/steps.ts";
import { createUnits } from "./memory/units.ts";
import { all, pageData, project, required } from "./shell/dom.ts";
import { receiveFiles } from "./shell/drop-files.ts";
import { followJob, jobWords } from "./shell/jobs.ts";
import { registerKeys } from "./shell/keys.ts";
import { get } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { formatNumber, t } from "./shell/strings.ts";
import { showProblem, undoShown } from "./shell/toast.ts";
import { uploadFiles } from "./shell/upload.ts";

await startPage();
const page = pageData() as Page;
const dock = required("[data-dock]");
const progress = required<HTMLProgressElement>("[data-progress]");
const files = required<HTMLInputElement>("[data-files]");
const tabs = all<HTMLButtonElement>("[data-tab]");
const panelOf = (name: string): HTMLElement => required(`[data-panel="${name}"]`);

const whole: Whole = {
  page,
  say: (text) => {
    dock.textContent = text;
  },
  async follow(jobId) {
    const job = await followJob(jobId, (now) => whole.say(jobWords(now)));
    whole.say(job.state === "done" ? "" : jobWords(job));
    if (job.state === "failed") showProblem(t("memory:job-failed"));
    return job.state === "done" ? (job.result ?? "") : undefined;
  },
  async changed({ overview = false } = {}) {
    if (overview) {
      const answer = await get<Overview>(`/api/p/${project()}/memories`, { quiet: true });
      if (answer.ok) page.overview = answer.value;
      drawMemories(panelOf("memories"), whole);
    }
    old = new Set(["units", "duplicates", "steps", "figures"]);
    refreshShown();
  },
  openTab: (name) => tabs.find((tab) => tab.dataset["tab"] === name)?.click(),
  showUnits: (filter) => {
    isShowing = true;
    whole.openTab("units");
    isShowing = false;
    units.show(filter);
  },
};
let old = new Set<string>();
let isShowing = false;
const units = createUnits(panelOf("units"), whole);
const parts: Readonly<Record<string, { readonly open: () => void; readonly refresh: () => void }>> = {
  units,
  duplicates: createDuplicates(panelOf("duplicates"), whole),
  steps: createSteps(panelOf("steps"), whole),
  figures: createFigures(panelOf("figures"), whole),
};

function shownTab(): string {
  return tabs.find((tab) => tab.getAttribute("aria-selected") === "true")?.dataset["tab"] ?? "memories";
}

/** What stands in a tab that nobody sees is made anew when it is opened. */
function refreshShown(): void {
  const name = shownTab();
  if (!old.delete(name)) return;
  parts[name]?.refresh();
}

for (const tab of tabs) {
  tab.addEventListener("click", () => {
    const name = tab.dataset["tab"] ?? "";
    history.replaceState(undefined, "", `#${name}`);
    required("[data-scroller]").scrollTop = 0;
    if (isShowing) return;
    const isOld = old.delete(name);
    parts[name]?.open();
    if (isOld && (name === "units" || name === "duplicates")) parts[name]?.refresh();
  });
}

drawMemories(panelOf("memories"), whole);
required("[data-new]").addEventListener("click", () => void createMemory(whole));
required("[data-import]").addEventListener("click", () => files.click());
receiveFiles((chosen) => void importFile(chosen));
const [wanted = "", asked] = location.hash.slice(1).split("?");
if (wanted === "units" && asked !== undefined) whole.showUnits(Object.fromEntries(new URLSearchParams(asked)));
else if (wanted in parts) whole.openTab(wanted);
registerKeys([
  ...tabs.map((tab, at) => ({ keys: String(at + 1), label: `memory:tabs.${tab.dataset["tab"] ?? ""}`, run: () => tab.click() })),
  { keys: "n", label: "memory:new.button", run: () => void createMemory(whole) },
  { keys: "i", label: "memory:import.button", run: () => files.click() },
  { keys: "/", label: "memory:keys.find", run: find },
  { keys: "Ctrl+Z", label: "common:undo", run: () => void undoShown() },
]);

function find(): void {
  whole.openTab("units");
  units.focusSearch();
}

/** The file goes to the server, whose page shows what is in it before anything is stored. */
async function importFile(chosen: readonly File[]): Promise<void> {
  const [file] = chosen;
  if (!file) return;
  if (file.size > page.maxFileBytes) return showProblem(t("memory:import.too-large", { size: formatNumber(page.maxFileBytes) }));
  progress.hidden = false;
  whole.say(t("memory:import.sending"));
  const answer = await uploadFiles<{ readonly address?: string; readonly refused?: string }>(
    `/api/p/${project()}/returns`,
    [file],
    (share) => {
      progress.value = share;
    },
  );
  progress.hidden = true;
  whole.say("");
  if (!answer.ok) return showProblem(answer.message);
  if (answer.value.address === undefined) return showProblem(t("memory:import.refused", { name: file.name }));
  location.assign(answer.value.address);
}
