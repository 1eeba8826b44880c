/** The outline of a sheet as text for a terminal, and as one HTML file that needs nothing else. */
import { escapeHtml, wrapHtmlPage } from "./html-page.ts";
import type { Block, Line, Outline, Run } from "./why-outline.ts";
import type { WhySheet } from "./why.ts";

/** Widest line of text, in columns of a terminal; a Han character takes two. */
const LABEL_WIDTH = 16;

function sayLine(line: Line): string {
  return line.map(({ text }) => text).join("");
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(character)
      ? 2
      : 1;
  return width;
}

const indent = (text: string, by: string) => text.replaceAll(/\r\n|[\r\n\u2028\u2029]/g, `\n${by}`);

function sayBlock(block: Block): string {
  switch (block.kind) {
    case "facts":
      return block.facts
        .map(({ label, lines }) => {
          const space = " ".repeat(Math.max(1, LABEL_WIDTH - widthOf(label)));
          return `  ${label}${space}${lines.map((line) => indent(sayLine(line), "    ")).join(`\n  ${" ".repeat(LABEL_WIDTH)}`)}`;
        })
        .join("\n");
    case "table":
      return block.rows
        .map(
          (row) =>
            `  ${row
              .map((cell) => indent(sayLine(cell), "    "))
              .filter((cell) => cell !== "")
              .join(" · ")}`,
        )
        .join("\n");
    case "citation":
      return [
        ...block.quotations.map((line) => `  “${indent(sayLine(line), "    ")}”`),
        `    ${indent(sayLine(block.place), "    ")}`,
      ].join("\n");
    case "text":
      return `  ${indent(sayLine(block.line), "    ")}`;
  }
}

export function formatWhyText(outline: Outline): string {
  const head = [outline.headword.text, ...(outline.rendering ? [outline.rendering.text] : [])].join("\n");
  const sections = outline.sections.map(({ title, blocks }) => `${title}\n${blocks.map(sayBlock).join("\n")}`);
  return `${[`${outline.title} · ${outline.about}`, head, sayBlock(outline.facts), ...sections, outline.foot].join("\n\n")}\n`;
}

/** The data of sheets for scripts; absent values are left out. */
export function formatWhyJson(sheets: readonly WhySheet[]): string {
  return `${JSON.stringify({ entries: sheets }, undefined, 2)}\n`;
}

function markRun({ text, lang, mark, href }: Run): string {
  const language = lang === undefined ? "" : ` lang="${escapeHtml(lang)}"`;
  const inner = escapeHtml(text);
  const marked =
    mark === "wording" ? `<mark${language}>${inner}</mark>` : mark === "quiet" ? `<small${language}>${inner}</small>` : "";
  if (marked !== "") return marked;
  if (href !== undefined) return `<a href="${escapeHtml(href)}" rel="noopener noreferrer"${language}>${inner}</a>`;
  return lang === undefined ? inner : `<span${language}>${inner}</span>`;
}

const markLine = (line: Line) => line.map(markRun).join("");

function markBlock(block: Block): string {
  switch (block.kind) {
    case "facts":
      return `<dl>${block.facts
        .map(({ label, lines }) => `<dt>${escapeHtml(label)}</dt>${lines.map((line) => `<dd>${markLine(line)}</dd>`).join("")}`)
        .join("\n")}</dl>`;
    case "table": {
      const head = block.head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
      const rows = block.rows.map((row) => `<tr>${row.map((cell) => `<td>${markLine(cell)}</td>`).join("")}</tr>`).join("\n");
      return `<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
    }
    case "citation":
      return `<blockquote>${block.quotations.map((line) => `<p>${markLine(line)}</p>`).join("")}<p><small>${markLine(block.place)}</small></p></blockquote>`;
    case "text":
      return `<p>${markLine(block.line)}</p>`;
  }
}

/** Several sheets follow each other in one file. */
export function formatWhyHtml(outlines: readonly Outline[], language: string): string {
  const bodies = outlines.map((outline) => {
    const rendering = outline.rendering ? `<p>${markRun({ ...outline.rendering, mark: "wording" })}</p>` : "";
    const sections = outline.sections.map(
      ({ title, blocks }) => `<h3>${escapeHtml(title)}</h3>\n${blocks.map(markBlock).join("\n")}`,
    );
    const head = `<p><small>${escapeHtml(outline.about)}</small></p>\n<h2>${markRun(outline.headword)}</h2>\n${rendering}`;
    return `<article>${head}\n${markBlock(outline.facts)}\n${sections.join("\n")}\n<p><small>${escapeHtml(outline.foot)}</small></p></article>`;
  });
  return wrapHtmlPage({ language, title: outlines[0]?.title ?? "", body: bodies.join("\n") });
}
