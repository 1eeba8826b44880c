/** A timeline as the text of an SVG picture: colours by class, so that both themes have theirs; words for screen readers. */
import type { Timeline, TimelineBar } from "./timeline.ts";

export type TimelineWords = {
  /** What is counted. */
  readonly title: string;
  /** What the picture shows, in a sentence. */
  readonly description: string;
  readonly formatNumber: (value: number) => string;
};

const LEFT = 20;

export function drawTimeline(timeline: Timeline, words: TimelineWords): string {
  const { width, height, baseline } = timeline;
  const bars = (name: string, list: readonly TimelineBar[]): readonly string[] =>
    list.map((bar) => `<rect class="${name}" x="${bar.x}" y="${bar.y}" width="${bar.width}" height="${bar.height}"/>`);
  const rules = timeline.rules.flatMap(({ y, count }) => [
    `<path class="c-rule" d="M${LEFT} ${y}H${width}"/>`,
    `<text x="${LEFT - 6}" y="${y + 4}" text-anchor="end">${escapeText(words.formatNumber(count))}</text>`,
  ]);
  const years = timeline.years.map(({ x, year }) => `<text x="${x}" y="${baseline + 15}">${escapeText(year)}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} ${height}" role="img"`,
    ` aria-labelledby="timeline-title" aria-describedby="timeline-description">`,
    `<title id="timeline-title">${escapeText(words.title)}</title>`,
    `<desc id="timeline-description">${escapeText(words.description)}</desc>`,
    ...rules,
    ...bars("c-rest", timeline.empty),
    ...bars("c-soft", timeline.all),
    ...bars("c-accent", timeline.alone),
    `<path class="c-axis" d="M${LEFT} ${baseline + 0.5}H${width}"/>`,
    ...years,
    `</svg>`,
  ].join("");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
