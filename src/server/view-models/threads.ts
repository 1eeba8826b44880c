/** The discussions of an entry: open ones first, with what is new to the person who looks. */
import type { Comment } from "../../model/vetting.ts";
import type { Thread } from "../../workflow/glossary-discussion.ts";

export type ShownRemark = Comment & { readonly isNew: boolean };
export type ShownThread = {
  readonly id: string;
  readonly opening: ShownRemark;
  readonly answers: readonly ShownRemark[];
  readonly resolved: Thread["resolved"];
};

/** The newest remarks of others are new, as many as there are news. */
export function markThreads(
  threads: readonly Thread[],
  news: { readonly person: string; readonly comments: number },
): readonly ShownThread[] {
  const remarks = threads.flatMap(({ opening, answers }) => [opening, ...answers]);
  const others = remarks.filter(({ author }) => author !== news.person).toSorted((one, other) => (one.at < other.at ? 1 : -1));
  const fresh = new Set(others.slice(0, news.comments).map(({ id }) => id));
  const mark = (remark: Comment): ShownRemark => ({ ...remark, isNew: fresh.has(remark.id) });
  return threads
    .map(({ opening, answers, resolved }) => ({
      id: opening.id,
      opening: mark(opening),
      answers: answers.map(mark),
      resolved,
    }))
    .toSorted((one, other) => Number(one.resolved !== undefined) - Number(other.resolved !== undefined));
}
