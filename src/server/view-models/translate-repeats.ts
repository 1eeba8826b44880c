/** What the Translate page is told of the repeats of a row: plain data, no words. */
import type { Repeat } from "../../workflow/repeats.ts";
import type { ChangeView } from "./translate-matches.ts";

export type RepeatView = {
  readonly id: string;
  readonly document: string;
  readonly documentTitle: string;
  /** Number of its paragraph, from 1. */
  readonly paragraph: number;
  readonly kind: Repeat["kind"];
  readonly standing: Repeat["standing"];
  readonly reason?: string;
  /** From the row's source to this one's. */
  readonly changes: readonly ChangeView[];
  readonly target?: string;
  readonly proposal?: string;
  readonly isToDo?: true;
};

export function viewRepeat({ segment, document, kind, standing, exception, proposal, changes }: Repeat): RepeatView {
  return {
    id: segment.id,
    document: document.id,
    documentTitle: document.title,
    paragraph: segment.paragraph + 1,
    kind,
    standing,
    ...(exception ? { reason: exception.reason } : {}),
    changes,
    ...(segment.target === undefined || segment.target === "" ? {} : { target: segment.target }),
    ...(proposal ? { proposal: proposal.text } : {}),
    ...(proposal?.isToDo ? { isToDo: true as const } : {}),
  };
}
