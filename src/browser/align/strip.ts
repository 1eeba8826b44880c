/** The whole document in one narrow column: what is settled, what is doubtful, and where the window is. */
import { required, setAttributes } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import { isOpen, isSuspicious } from "./alignment.ts";
import type { Group } from "./alignment.ts";

const SVG = "http://www.w3.org/2000/svg";
/** More bars than this cannot be told apart on a screen; a bar then stands for several rows. */
const MOST_BARS = 240;
const HEIGHT = 1000;

export type Strip = {
  readonly show: (groups: readonly Group[]) => void;
  readonly showWindow: (first: number, last: number) => void;
};

export function createStrip(place: HTMLElement, onPick: (index: number) => void): Strip {
  let count = 0;
  const svg = make("svg", { class: "strip", viewBox: `-6 0 26 ${HEIGHT}`, preserveAspectRatio: "none", role: "img" });
  const bars = make("g", {});
  const window_ = make("rect", { class: "strip-window", x: -5, width: 24 });
  svg.append(bars, window_);
  place.replaceChildren(svg);
  svg.addEventListener("click", (event) => {
    const box = svg.getBoundingClientRect();
    const share = (event.clientY - box.top) / Math.max(1, box.height);
    if (count > 0) onPick(Math.min(count - 1, Math.max(0, Math.floor(share * count))));
  });
  return {
    show: (groups) => {
      count = groups.length;
      const barCount = Math.min(MOST_BARS, count);
      const step = HEIGHT / Math.max(1, barCount);
      const made: Element[] = [];
      for (let bar = 0; bar < barCount; bar += 1) {
        const first = Math.floor((bar * count) / barCount);
        const end = Math.max(first + 1, Math.floor(((bar + 1) * count) / barCount));
        made.push(...drawBar(groups.slice(first, end), bar * step, step));
      }
      bars.replaceChildren(...made);
      const doubtful = groups.flatMap((group, at) => (isSuspicious(group) ? [at + 1] : []));
      const done = groups.filter((group) => !isOpen(group)).length;
      setAttributes(svg, { "aria-label": t("align:strip", { done, count, doubtful: doubtful.length }) });
    },
    showWindow: (first, last) => {
      const scale = HEIGHT / Math.max(1, count);
      setAttributes(window_, { y: first * scale, height: Math.max(6, (last - first + 1) * scale) });
    },
  };
}

/** A doubtful row is always to be seen: in a bar of many rows as wide as its share, alone as a whole bar with a mark. */
function drawBar(groups: readonly Group[], y: number, step: number): Element[] {
  const height = Math.max(1, step * 0.8);
  const suspicious = groups.filter(isSuspicious).length;
  if (suspicious > 0 && groups.length === 1) {
    const mark = `M-5 ${y - 1}v${Math.max(5, height + 2)}l4 -${Math.max(5, height + 2) / 2}z`;
    return [make("rect", { class: "c-warn", x: 0, y, width: 20, height }), make("path", { class: "c-warn", d: mark })];
  }
  const base = drawRest(groups, y, height);
  const width = Math.max(3, (20 * suspicious) / groups.length);
  return suspicious === 0 ? [base] : [base, make("rect", { class: "c-warn", x: 0, y, width, height })];
}

function drawRest(groups: readonly Group[], y: number, height: number): Element {
  if (groups.every((group) => !isOpen(group) || isSuspicious(group))) {
    return make("rect", { class: "c-good", x: 0, y, width: 20, height });
  }
  const isOdd = groups.every((group) => group.source !== 1 || group.target !== 1);
  return make("rect", { class: "c-rest", x: isOdd ? 8 : 4, y, width: isOdd ? 4 : 12, height });
}

function make(name: string, attributes: Parameters<typeof setAttributes>[1]): SVGElement {
  const made = document.createElementNS(SVG, name);
  setAttributes(made, attributes);
  return made;
}

/** The small bar of the page bar: settled, doubtful, the rest. */
export function showProgress(groups: readonly Group[], words: string): void {
  const total = Math.max(1, groups.length);
  const done = groups.filter((group) => !isOpen(group)).length;
  const doubtful = groups.filter(isSuspicious).length;
  const svg = make("svg", {
    class: "stack stack-mini",
    viewBox: `0 0 ${total} 6`,
    preserveAspectRatio: "none",
    role: "img",
    "aria-label": words,
  });
  svg.append(
    make("rect", { class: "c-rest", width: total, height: 6 }),
    make("rect", { class: "c-good", width: done, height: 6 }),
    make("rect", { class: "c-warn", x: done, width: doubtful, height: 6 }),
  );
  required("[data-progress]").replaceChildren(svg);
}
