/** Two people took a step at the same row: what each made of it and what stood there before, and a decision. */
import { askAboutConflict } from "../shell/conflict.ts";
import { formatInstant, t } from "../shell/strings.ts";
import { sentencesOf } from "./alignment.ts";
import type { Alignment, Group, News } from "./alignment.ts";
import type { Operation } from "./operation.ts";
import { ratioOf, stepWords } from "./words.ts";

/** What is said of a row stands beside what others did to it. */
const REMARKS: ReadonlySet<string> = new Set(["add-note", "remove-note", "bookmark", "unbookmark"]);

/** Did others change the rows that this step is about, its own and its neighbours, or the words in its own? */
export function isTouched(operation: Operation, before: Alignment, after: Alignment): boolean {
  if (REMARKS.has(operation.kind)) return false;
  const at = before.placeOf.get(operation.group);
  if (at === undefined) return false;
  if (describeRow(before, operation) !== describeRow(after, operation)) return true;
  return [at - 1, at, at + 1].some((index) => {
    const group = before.groups[index];
    return group !== undefined && JSON.stringify(group) !== JSON.stringify(findGroup(after, group.id));
  });
}

/** True when the step should be taken all the same. */
export async function askAboutStep(conflict: {
  readonly operation: Operation;
  readonly news: News | undefined;
  readonly before: Alignment;
  readonly after: Alignment;
}): Promise<boolean> {
  const { operation, news, before, after } = conflict;
  const isText = operation.kind === "edit-sentence";
  const { author, at } = whoOf(news);
  const steps = isText ? [] : (news?.steps ?? []).slice(-4).map((step) => stepWords(step));
  const answer = await askAboutConflict({
    mine: isText ? (operation.text ?? "") : t(`align:operation.${operation.kind}`),
    theirs: [describeRow(after, operation), ...steps].join("\n"),
    base: describeRow(before, operation),
    author,
    at,
    language: isText ? before[operation.side ?? "source"].language : document.documentElement.lang,
  });
  return answer === "mine" && after.placeOf.has(operation.group);
}

/** The words that the step is about: those of the sentence that is edited, else of both sides of the row. */
function describeRow(alignment: Alignment, { kind, group: id, side, sentence }: Operation): string {
  const group = findGroup(alignment, id);
  if (!group) return t("align:news.gone");
  const index = alignment.placeOf.get(id) ?? 0;
  const textsOf = (wanted: "source" | "target") => sentencesOf(alignment, index, wanted).map(({ text }) => text);
  if (kind === "edit-sentence") return textsOf(side ?? "source")[sentence ?? 0] ?? t("align:news.gone");
  const state = t("align:news.row", { ratio: ratioOf(group), state: t(`align:status.${group.status}`) });
  return [textsOf("source").join(" | "), textsOf("target").join(" | "), state].join("\n");
}

function findGroup(alignment: Alignment, id: string): Group | undefined {
  return alignment.groups[alignment.placeOf.get(id) ?? -1];
}

/** Who saved last, when, and in which rows. */
export function whoOf(news: News | undefined): { readonly author: string; readonly at: string; readonly rows: string } {
  const last = news?.steps.at(-1);
  const rows = [...new Set((news?.steps ?? []).flatMap(({ row }) => row ?? []))].sort((one, other) => one - other);
  return {
    author: last?.author ?? t("common:conflict.somebody"),
    at: last ? formatInstant(new Date(last.at)) : "",
    rows: rows.length === 0 ? t("align:news.many") : rows.slice(0, 6).join(t("align:comma")),
  };
}
