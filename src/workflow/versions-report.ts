/** Two versions of one text as a page that prints: what differs, which reading was chosen, and why. */
import type { DifferenceClass } from "../model/alignment.ts";
import type { Span } from "../model/span.ts";
import type { ReadingDecision } from "../storage/reading-store.ts";
import type { VersionRow, VersionSide } from "./compare-documents.ts";
import { escapeHtml, wrapHtmlPage } from "./html-page.ts";

/** The words of the page, from the catalogues. */
export type VersionsWords = {
  readonly language: string;
  readonly title: string;
  readonly summary: string;
  readonly base: string;
  readonly other: string;
  readonly differences: string;
  readonly decision: string;
  readonly only: string;
  readonly className: (slug: string) => string;
  readonly decided: (decision: ReadingDecision) => string;
};

export type VersionsReport = {
  readonly rows: readonly VersionRow[];
  readonly decisions: readonly ReadingDecision[];
  /** Classes that are reported; rows without any of them are left out, rows of one version and moved ones never. */
  readonly classes: ReadonlySet<DifferenceClass>;
};

export function formatVersionsHtml({ rows, decisions, classes }: VersionsReport, words: VersionsWords): string {
  const standing = new Map(decisions.map((decision) => [decision.place, decision]));
  const lines = rows.flatMap((row) => {
    const differences = row.differences.filter((difference) => classes.has(difference.class));
    if (row.base && row.other && !row.moved && differences.length === 0) return [];
    const decision = standing.get(row.place);
    const names = [...new Set([...differences.map((difference) => difference.class), ...(row.moved ? ["moved"] : [])])];
    const cells = [
      `<td>${escapeHtml(row.base && row.other ? names.map(words.className).join(", ") : words.only)}</td>`,
      `<td lang="zh">${markText(
        row.base,
        differences.map(({ base }) => base),
        "del",
      )}</td>`,
      `<td lang="zh">${markText(
        row.other,
        differences.map(({ other }) => other),
        "ins",
      )}</td>`,
      `<td>${decision ? escapeHtml(words.decided(decision)) : ""}</td>`,
    ];
    return [`<tr>${cells.join("")}</tr>`];
  });
  const heads = [words.differences, words.base, words.other, words.decision].map((head) => `<th>${escapeHtml(head)}</th>`);
  const body = `<p>${escapeHtml(words.summary)}</p>\n<table>\n<tr>${heads.join("")}</tr>\n${lines.join("\n")}\n</table>`;
  return wrapHtmlPage({ language: words.language, title: words.title, body });
}

function markText(side: VersionSide | undefined, spans: readonly Span[], mark: "del" | "ins"): string {
  if (!side) return "";
  let at = 0;
  let html = `${side.line} · `;
  for (const { start, end } of spans) {
    if (start < at || end === start) continue;
    html += `${escapeHtml(side.text.slice(at, start))}<${mark}>${escapeHtml(side.text.slice(start, end))}</${mark}>`;
    at = end;
  }
  return html + escapeHtml(side.text.slice(at));
}
