/**
 * Decisions about places, saved at once. What was there before is kept for this tab, so that each can be taken back,
 * also after a reload; a decision of somebody else is never overwritten unseen.
 */
import { project } from "../shell/dom.ts";
import { post } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { showProblem } from "../shell/toast.ts";
import type { Decision, Side } from "./model.ts";

export type Content = { readonly reading?: Side | undefined; readonly note?: string | undefined };
type Step = { readonly place: string; readonly before: Content };

export type Readings = {
  readonly find: (place: string) => Decision | undefined;
  /** Saves and answers whether it was saved. */
  readonly decide: (place: string, content: Content) => Promise<boolean>;
  /** Takes the last decision of this tab back; answers its place. */
  readonly undo: () => Promise<string | undefined>;
  readonly canUndo: () => boolean;
};

export type ReadingsOptions = {
  readonly versions: { readonly base: string; readonly other: string };
  readonly decisions: readonly Decision[];
  readonly onChange: (place: string) => void;
  readonly onSaving: (state: "saving" | "saved" | "failed") => void;
};

export function createReadings({ versions, decisions, onChange, onSaving }: ReadingsOptions): Readings {
  const memory = `dingyi-readings ${project()} ${versions.base} ${versions.other}`;
  const standing = new Map(decisions.map((decision) => [decision.place, decision]));
  const steps = JSON.parse(sessionStorage.getItem(memory) ?? "[]") as Step[];
  // One after the other: a second key must build on what the first has saved.
  let last: Promise<unknown> = Promise.resolve();

  const save = async (place: string, content: Content): Promise<boolean> => {
    const known = standing.get(place);
    onSaving("saving");
    const answer = await post<Decision>(
      `/api/p/${project()}/comparison/readings`,
      { ...versions, place, ...content, ...(known ? { basedOn: known.sequence } : {}) },
      { quiet: true },
    );
    if (answer.ok) {
      standing.set(place, answer.value);
      onSaving("saved");
      onChange(place);
      return true;
    }
    onSaving("failed");
    if (answer.code === "stale") {
      const { theirs } = answer.details as { readonly theirs: Decision };
      standing.set(place, theirs);
      onChange(place);
      showProblem(t("compare:taken", { author: theirs.author, words: wordsOf(theirs) }));
    } else showProblem(answer.message);
    return false;
  };
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  const keep = () => sessionStorage.setItem(memory, JSON.stringify(steps.slice(-200)));

  return {
    find: (place) => standing.get(place),
    canUndo: () => steps.length > 0,
    decide: (place, content) =>
      inTurn(async () => {
        const before = contentOf(standing.get(place));
        if (before.reading === content.reading && (before.note ?? "") === (content.note ?? "")) return true;
        if (!(await save(place, content))) return false;
        steps.push({ place, before });
        keep();
        return true;
      }),
    undo: () =>
      inTurn(async () => {
        const step = steps.at(-1);
        if (!step || !(await save(step.place, step.before))) return undefined;
        steps.pop();
        keep();
        return step.place;
      }),
  };
}

export function contentOf(decision: Decision | undefined): Content {
  return { reading: decision?.reading, note: decision?.note };
}

export function wordsOf({ reading, note }: Decision): string {
  return [reading ? t(`compare:decided.${reading}`) : note ? "" : t("compare:decided.none"), note ?? ""]
    .filter(Boolean)
    .join(" · ");
}
