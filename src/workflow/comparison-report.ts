/** A version comparison as a page that prints. */
import type { FileComparisonResult } from "./compare-files.ts";
import { escapeHtml, wrapHtmlPage } from "./html-page.ts";

/** The words of the page, from the catalogues. */
export type ComparisonWords = {
  readonly language: string;
  readonly title: string;
  readonly summary: string;
  readonly base: string;
  readonly other: string;
  readonly className: (slug: string) => string;
};

export function formatComparisonHtml(result: FileComparisonResult, words: ComparisonWords): string {
  const rows = result.rows.map(
    (row) =>
      `<tr><td>${row.baseLine}</td><td>${row.otherLine}</td><td>${escapeHtml(words.className(row.class))}</td>` +
      `<td lang="zh">${escapeHtml(row.before)}<del>${escapeHtml(row.base)}</del><ins>${escapeHtml(row.other)}</ins>${escapeHtml(row.after)}</td></tr>`,
  );
  const moved = result.moved.map(
    ({ baseLine, otherLine, text }) =>
      `<tr><td>${baseLine}</td><td>${otherLine}</td><td>${escapeHtml(words.className("moved"))}</td><td lang="zh">${escapeHtml(text)}</td></tr>`,
  );
  const only = result.only.map(({ side, line, text }) => {
    const mark = side === "base" ? "del" : "ins";
    const places = side === "base" ? `<td>${line}</td><td></td>` : `<td></td><td>${line}</td>`;
    return `<tr>${places}<td></td><td lang="zh"><${mark}>${escapeHtml(text)}</${mark}></td></tr>`;
  });
  const head = `<tr><th>${escapeHtml(words.base)}</th><th>${escapeHtml(words.other)}</th><th></th><th></th></tr>`;
  const body = `<p>${escapeHtml(words.summary)}</p>\n<table>\n${[head, ...rows, ...moved, ...only].join("\n")}\n</table>`;
  return wrapHtmlPage({ language: words.language, title: words.title, body });
}
