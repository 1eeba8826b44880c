/** A row that somebody else saved meanwhile: what the person chooses becomes what is saved next. */
import { askAboutConflict } from "../shell/conflict.ts";
import { formatInstant } from "../shell/strings.ts";
import type { Draft } from "./drafts.ts";
import type { Change, StaleDetails } from "./saver.ts";

/** What to save on top of theirs; undefined to take theirs. */
export async function settleConflict(
  { theirs, base }: StaleDetails,
  draft: Draft,
  language: string,
): Promise<{ readonly change: Change | undefined; readonly isEdited: boolean }> {
  const { target, state, origin } = draft;
  // The same text on both sides is no question; it is confirmed if either was.
  if (theirs.target === target && (theirs.state !== "initial" || state === "initial"))
    return { change: undefined, isEdited: false };
  if (theirs.target === target) return { change: { target, state, origin }, isEdited: false };
  const resolution = await askAboutConflict({
    mine: target,
    theirs: theirs.target ?? "",
    base: base ?? "",
    ...(theirs.author === undefined ? {} : { author: theirs.author }),
    ...(theirs.changedAt === undefined ? {} : { at: formatInstant(new Date(theirs.changedAt)) }),
    language,
  });
  if (resolution === "theirs") return { change: undefined, isEdited: false };
  if (resolution === "mine") return { change: { target, state, origin }, isEdited: false };
  return { change: { target: `${target}\n${theirs.target ?? ""}`, state: "initial", origin: "typed" }, isEdited: true };
}
