/** The discussion of an entry: remarks and answers, closed and opened again. Nothing in it is changed or deleted. */
import type { Comment } from "../model/vetting.ts";
import type { CommentOutcome } from "../storage/vetting-store.ts";
import type { Application } from "./application.ts";
import { findConcept } from "./glossary.ts";

export type Thread = {
  /** The remark that opened it; its id is the id of the thread. */
  readonly opening: Comment;
  /** Answers, and the lines that closed it or opened it again, oldest first. */
  readonly answers: readonly Comment[];
  /** Who closed it and when, while it is closed. */
  readonly resolved?: { readonly author: string; readonly at: string };
};

type Place = { readonly projectId: string; readonly conceptId: string };

/** Oldest first; undefined when the project has no such entry. */
export async function listThreads(application: Application, place: Place): Promise<readonly Thread[] | undefined> {
  if (!(await findConcept(application, place))) return undefined;
  return groupThreads(await application.stores.vetting.listComments(place.conceptId));
}

export function groupThreads(comments: readonly Comment[]): readonly Thread[] {
  return comments
    .filter(({ threadId }) => threadId === undefined)
    .map((opening) => {
      const answers = comments.filter(({ threadId }) => threadId === opening.id);
      const last = answers.findLast(({ kind }) => kind !== "comment");
      return {
        opening,
        answers,
        ...(last?.kind === "resolve" ? { resolved: { author: last.author, at: last.at } } : {}),
      };
    });
}

export async function addRemark(
  application: Application,
  remark: Place & {
    readonly author: string;
    readonly text: string;
    /** About one wording of the entry. */
    readonly termId?: string;
    /** As an answer. */
    readonly threadId?: string;
  },
): Promise<CommentOutcome> {
  const { projectId, ...comment } = remark;
  if (!(await findConcept(application, { projectId, conceptId: comment.conceptId }))) {
    return { kind: "refused", code: "not-found" };
  }
  return application.stores.vetting.addComment({ ...comment, at: application.clock() });
}

export async function settleThread(
  application: Application,
  step: Place & {
    readonly author: string;
    readonly threadId: string;
    readonly kind: "resolve" | "reopen";
    readonly text?: string;
  },
): Promise<CommentOutcome> {
  const { projectId, conceptId, ...rest } = step;
  const threads = await listThreads(application, { projectId, conceptId });
  if (!threads?.some(({ opening }) => opening.id === step.threadId)) return { kind: "refused", code: "not-found" };
  return application.stores.vetting.settleThread({ ...rest, at: application.clock() });
}
