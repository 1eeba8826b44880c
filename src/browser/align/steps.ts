/**
 * Sends steps one after the other, each with the revision that the one before left, and hands on what came of it.
 *
 * A step is worked out only when its turn comes, so that pressing m twice merges what the first merge left. A stale step
 * has changed nothing: what the others did is taken in first; then the step is sent again when its rows are as the
 * person saw them, else the person decides.
 */
import { get, post } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { showProblem } from "../shell/toast.ts";
import type { Operation } from "./operation.ts";
import type { Alignment, Change, Head, News } from "./alignment.ts";
import { askAboutStep, isTouched, whoOf } from "./step-conflict.ts";

type Refusal = { readonly refusal: string };
type Done = Head & { readonly change: Change };

export type StepPlace = {
  readonly address: string;
  readonly revision: () => number;
  readonly alignment: () => Alignment;
  /** A step of this person is saved. */
  readonly onDone: (done: Done, operation: Operation | "undo" | "redo") => void;
  /** What others did, to be shown under their steps. */
  readonly onNews: (news: News) => void;
  readonly onRefusal: (code: string) => void;
  /** Said in the dock until the next step. */
  readonly onMessage: (words: string) => void;
  /** The revision that this page is based on is not known any more. */
  readonly onLost: () => Promise<void>;
  /** The alignment is not there any more. */
  readonly onGone: () => void;
  readonly onSaving: (isSaving: boolean) => void;
};

export type Steps = {
  /** Says whether the step was done. */
  readonly edit: (makeOperation: () => Operation | undefined) => Promise<boolean>;
  readonly travel: (direction: "undo" | "redo") => void;
  /** Takes in what others did; says whether there was anything. */
  readonly refresh: () => Promise<boolean>;
  readonly isIdle: () => boolean;
};

/** So many times a step is sent again when others are faster; after that the person is told. */
const MOST_TRIES = 4;

export function createSteps(place: StepPlace): Steps {
  let tail: Promise<void> = Promise.resolve();
  let waiting = 0;

  const enqueue = (work: () => Promise<void>): void => {
    waiting += 1;
    tail = tail.then(work).finally(() => {
      waiting -= 1;
      if (waiting === 0) place.onSaving(false);
    });
  };

  const send = async (path: string, body: object) => {
    place.onSaving(true);
    const answer = await post<Done | Refusal>(`${place.address}/${path}`, body, { quiet: true });
    if (!answer.ok && answer.code !== "stale") showProblem(answer.message);
    return answer;
  };

  const takeIn = async (news: News | undefined): Promise<void> => {
    if (news?.change) place.onNews(news);
    else await place.onLost();
  };

  const edit = async (operation: Operation): Promise<boolean> => {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const before = place.alignment();
      const answer = await send("steps", { baseRevision: place.revision(), operation });
      if (answer.ok) {
        if ("refusal" in answer.value) {
          place.onRefusal(answer.value.refusal);
          return false;
        }
        place.onDone(answer.value, operation);
        return true;
      }
      if (answer.code !== "stale") return false;
      const news = answer.details as News | undefined;
      await takeIn(news);
      const after = place.alignment();
      const touched = isTouched(operation, before, after);
      if (touched && !(await askAboutStep({ operation, news, before, after }))) return false;
      if (!touched) place.onMessage(t("align:news.both", whoOf(news)));
    }
    place.onMessage(t("align:news.busy"));
    return false;
  };

  const travel = async (direction: "undo" | "redo"): Promise<void> => {
    const answer = await send(direction, { baseRevision: place.revision() });
    if (answer.ok) {
      if ("refusal" in answer.value) place.onRefusal(answer.value.refusal);
      else place.onDone(answer.value, direction);
    } else if (answer.code === "stale") {
      const news = answer.details as News | undefined;
      await takeIn(news);
      // Undo would now take back what somebody else did: the person looks first.
      place.onMessage(t("align:news.look", whoOf(news)));
    }
  };

  return {
    edit: (makeOperation) =>
      new Promise((resolve) => {
        enqueue(async () => {
          const operation = makeOperation();
          resolve(operation !== undefined && (await edit(operation)));
        });
      }),
    travel: (direction) => enqueue(() => travel(direction)),
    refresh: async () => {
      const answer = await get<News | undefined>(`${place.address}/changes?since=${place.revision()}`, { quiet: true });
      if (!answer.ok && answer.code === "not-found") place.onGone();
      // A step that was sent meanwhile brings its own news.
      if (!answer.ok || !answer.value || waiting > 0 || answer.value.revision === place.revision()) return false;
      await takeIn(answer.value);
      return true;
    },
    isIdle: () => waiting === 0,
  };
}
