/** Ticked hits and what is done with them: the change of many units of the memory page, with its preview and its Undo. */
import { createBulk } from "../memory/bulk.ts";
import type { Whole } from "../memory/model.ts";
import { followJob, jobWords } from "../shell/jobs.ts";
import { t } from "../shell/strings.ts";
import { showProblem } from "../shell/toast.ts";
import type { PageData } from "./model.ts";

export type Ticks = { readonly has: (unitId: string) => boolean; readonly set: (unitId: string, isTicked: boolean) => void };

export function createTicks(given: {
  readonly page: PageData;
  readonly place: HTMLElement;
  readonly dock: HTMLElement;
  /** Units were changed: what is shown is old. */
  readonly onChanged: () => void;
}): Ticks {
  const { page, place, dock, onChanged } = given;
  const ticked = new Set<string>();
  const say = (text: string) => {
    dock.textContent = text;
  };
  const nothing = { memories: [], trash: [], attachable: [] };
  const whole: Whole = {
    page: { ...page, overview: nothing, maxFileBytes: 0 },
    say,
    async follow(jobId) {
      const job = await followJob(jobId, (now) => say(jobWords(now)));
      say(job.state === "done" ? "" : jobWords(job));
      if (job.state === "failed") showProblem(t("memory:job-failed"));
      return job.state === "done" ? (job.result ?? "") : undefined;
    },
    changed() {
      ticked.clear();
      update();
      onChanged();
      return Promise.resolve();
    },
    openTab: () => undefined,
    showUnits: () => undefined,
  };
  const bulk = createBulk({ whole, selection: () => ({ unitIds: [...ticked] }), ticked: () => ticked.size });
  place.append(bulk.place);

  function update(): void {
    place.hidden = ticked.size === 0;
    bulk.update();
  }

  return {
    has: (unitId) => ticked.has(unitId),
    set(unitId, isTicked) {
      if (isTicked) ticked.add(unitId);
      else ticked.delete(unitId);
      update();
    },
  };
}
