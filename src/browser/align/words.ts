/** An alignment in words: its ratio, its confidence, what decided a row and what a step was called. */
import type { Anchor } from "../../model/alignment.ts";
import { t } from "../shell/strings.ts";
import { levelOf, stateOf, unmeasuredOf } from "./alignment.ts";
import type { Group, Step } from "./alignment.ts";

const KINDS: readonly Anchor["kind"][] = ["term", "date", "number", "name", "latin", "dictionary"];

export const STATE_LOOK = {
  confirmed: { icon: "s-check", className: "status is-good" },
  locked: { icon: "lock", className: "status is-good" },
  omitted: { icon: "s-omit", className: "status" },
  added: { icon: "s-omit", className: "status" },
  moved: { icon: "swap", className: "status is-warn" },
  alone: { icon: "s-doubt", className: "status is-warn" },
  empty: { icon: "s-omit", className: "status is-warn" },
  doubtful: { icon: "s-doubt", className: "status is-warn" },
  imported: { icon: "s-auto", className: "status" },
  "by-hand": { icon: "edit", className: "status" },
  automatic: { icon: "s-auto", className: "status" },
} as const;

export function ratioOf({ source, target }: Group): string {
  return `${source} : ${target}`;
}

/** "Certain", "Set by hand", "From the import", "No partner". */
export function confidenceWords(group: Group): string {
  const state = stateOf(group);
  if (group.source === 0 || group.target === 0) return t("align:level.alone");
  const unmeasured = unmeasuredOf(group);
  if (unmeasured) return t(`align:level.${unmeasured}`);
  return state === "doubtful" ? t("align:level.low") : t(`align:level.${levelOf(group)}`);
}

/** "3 numbers, 1 term"; the two kinds that come first decide the most. */
export function anchorWords(group: Group): string {
  if (group.source === 0 || group.target === 0 || group.confidence === 0) return "";
  const counts = KINDS.map((kind) => ({ kind, count: group.anchors.filter((anchor) => anchor.kind === kind).length }));
  const named = counts.filter(({ count }) => count > 0).slice(0, 2);
  if (named.length === 0) return t("align:anchors.none");
  return named.map(({ kind, count }) => t(`align:anchors.${kind}`, { count })).join(t("align:comma"));
}

export function stepWords(step: Step): string {
  const { code, row = 0, last = 0 } = step;
  return t(`align:step.${code}`, { row, last, next: row + 1, previous: row - 1 });
}
