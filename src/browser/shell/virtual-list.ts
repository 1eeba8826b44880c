/**
 * A list of many rows of which only those near the window are in the page: 10,000 rows scroll like 50.
 *
 * Method: a tall spacer holds the scroll height; heights of rows that were shown are measured and kept, the others
 * count with the given height. Prefix sums live in a Fenwick tree, so that a measured row costs log n and finding
 * the row at a scroll position does too. Rows keep their element while they are shown: focus and half-typed text
 * survive scrolling. Above the rows a spacer moves them; when a row above the window turns out taller than thought,
 * the browser's own scroll anchoring is switched off and the difference is added to the scroll position, so that
 * what a person reads does not jump.
 *
 * Works in a `<tbody>` too (`tag: "tbody"`): spacers are then rows.
 */
import { element } from "./dom.ts";

export type VirtualListOptions = {
  /** What scrolls. Below 64 rem, where the page scrolls as a whole, the window is watched as well. */
  readonly scroller: HTMLElement;
  /** Where the rows go; nothing else may be in it. */
  readonly container: HTMLElement;
  readonly count: number;
  /** First guess of a row's height in px. */
  readonly rowHeight: number;
  readonly renderRow: (index: number) => HTMLElement;
  /** Called with a row that leaves the page. */
  readonly releaseRow?: (index: number, row: HTMLElement) => void;
  /** Rows kept above and below the window. */
  readonly margin?: number;
};

export type VirtualList = {
  /** Another number of rows, or other rows: everything is made anew; `keepScroll` leaves the position. */
  readonly reset: (count: number, options?: { readonly keepScroll?: boolean }) => void;
  /** More rows behind those that are there, which stay as they are. */
  readonly grow: (count: number) => void;
  /** Makes one row anew if it is shown. */
  readonly refresh: (index: number) => void;
  readonly rowOf: (index: number) => HTMLElement | undefined;
  /** A row that is shown was changed in place and may have another height. */
  readonly remeasure: () => void;
  /** Brings a row into the window: nowhere if it is there, or so that it is third from the top. */
  readonly scrollTo: (index: number, place?: "nearest" | "third") => void;
  readonly firstVisible: () => number;
};

const AIMS = 6;

export function createVirtualList(options: VirtualListOptions): VirtualList {
  const { scroller, container } = options;
  const margin = options.margin ?? 8;
  const isTable = container instanceof HTMLTableSectionElement;
  const above = spacer(isTable);
  const below = spacer(isTable);
  const shown = new Map<number, HTMLElement>();
  let count = options.count;
  let heights = new Heights(count, options.rowHeight);
  let scheduled = 0;

  container.replaceChildren(above, below);
  scroller.style.setProperty("overflow-anchor", "none");

  /** The part of the list that is in the window, in px from the top of the list. */
  const visible = () => {
    const list = container.getBoundingClientRect();
    const box = scroller.getBoundingClientRect();
    const top = Math.max(0, box.top);
    const bottom = Math.min(window.innerHeight, box.bottom);
    return { top: top - list.top, bottom: Math.max(top, bottom) - list.top };
  };

  const draw = () => {
    cancelAnimationFrame(scheduled);
    scheduled = 0;
    const range = visible();
    const first = Math.max(0, heights.indexAt(range.top) - margin);
    const end = Math.min(count, heights.indexAt(range.bottom) + 1 + margin);
    const focused = document.activeElement;
    for (const [index, row] of shown) {
      // The row with the focus stays, or a person who scrolls loses the cursor.
      if ((index < first || index >= end) && !row.contains(focused)) release(index, row);
    }
    for (let index = first; index < end; index += 1) if (!shown.has(index)) insert(index);
    measure(range.top);
    place();
  };

  const insert = (index: number) => {
    const row = options.renderRow(index);
    row.dataset["index"] = String(index);
    const next = [...shown.keys()].filter((other) => other > index);
    const before = next.length > 0 ? shown.get(Math.min(...next)) : below;
    container.insertBefore(row, before ?? below);
    shown.set(index, row);
  };

  const release = (index: number, row: HTMLElement) => {
    shown.delete(index);
    options.releaseRow?.(index, row);
    row.remove();
  };

  const measure = (top: number) => {
    const anchor = heights.indexAt(top);
    let shift = 0;
    for (const [index, row] of shown) {
      const change = heights.set(index, row.getBoundingClientRect().height);
      if (index < anchor) shift += change;
    }
    if (Math.abs(shift) >= 1) scrollBy(shift);
  };

  const place = () => {
    const indices = [...shown.keys()].sort((one, other) => one - other);
    const first = indices[0];
    const last = indices[indices.length - 1];
    // A focused row far away leaves a gap: it is spanned by giving the rows between to the spacer of its side.
    setHeight(above, first === undefined ? 0 : heights.offset(gapStart(indices)) - heldHeight(indices));
    setHeight(
      below,
      last === undefined ? heights.total() : heights.total() - heights.offset(gapEnd(indices) + 1) - heldBelow(indices),
    );
  };

  /** First index of the longest run of neighbours: the rows of the window. */
  const run = (indices: readonly number[]) => {
    let best = { start: 0, length: 0 };
    for (let start = 0, at = 0; at < indices.length; at += 1) {
      if (at > 0 && indices[at] !== (indices[at - 1] ?? 0) + 1) start = at;
      if (at - start + 1 > best.length) best = { start, length: at - start + 1 };
    }
    return best;
  };
  const gapStart = (indices: readonly number[]) => indices[run(indices).start] ?? 0;
  const gapEnd = (indices: readonly number[]) => {
    const { start, length } = run(indices);
    return indices[start + length - 1] ?? 0;
  };
  const heldHeight = (indices: readonly number[]) => sum(indices.slice(0, run(indices).start));
  const heldBelow = (indices: readonly number[]) => {
    const { start, length } = run(indices);
    return sum(indices.slice(start + length));
  };
  const sum = (indices: readonly number[]) => indices.reduce((total, index) => total + heights.get(index), 0);

  const scrollBy = (px: number) => {
    if (scroller.scrollHeight > scroller.clientHeight + 1) scroller.scrollTop += px;
    else window.scrollBy(0, px);
  };

  /** How far to scroll, in px, so that the row is where it is wanted. */
  const distanceTo = (index: number, where: "nearest" | "third") => {
    const range = visible();
    const top = heights.offset(index);
    const bottom = top + heights.get(index);
    const head = scroller.querySelector(".grid-head, thead, .pane-head")?.getBoundingClientRect().height ?? 0;
    if (where === "third") return heights.offset(Math.max(0, index - 2)) - head - range.top;
    if (top < range.top + head) return top - head - range.top;
    return bottom > range.bottom ? bottom - range.bottom : 0;
  };

  const schedule = () => {
    if (scheduled === 0) scheduled = requestAnimationFrame(draw);
  };

  scroller.addEventListener("scroll", schedule, { passive: true });
  window.addEventListener("scroll", schedule, { passive: true });
  new ResizeObserver(schedule).observe(scroller);
  draw();

  return {
    reset: (next, resetOptions) => {
      for (const [index, row] of [...shown]) release(index, row);
      count = next;
      heights = new Heights(count, options.rowHeight);
      if (resetOptions?.keepScroll !== true) scroller.scrollTop = 0;
      place();
      draw();
    },
    grow: (next) => {
      const longer = new Heights(next, options.rowHeight);
      for (let index = 0; index < count; index += 1) longer.set(index, heights.get(index));
      heights = longer;
      count = next;
      draw();
    },
    refresh: (index) => {
      const row = shown.get(index);
      if (!row) return;
      const fresh = options.renderRow(index);
      fresh.dataset["index"] = String(index);
      row.replaceWith(fresh);
      shown.set(index, fresh);
      schedule();
    },
    rowOf: (index) => shown.get(index),
    remeasure: schedule,
    scrollTo: (index, where = "nearest") => {
      // Rows on the way are measured only when they are drawn, so the aim is taken again until it holds.
      for (let aim = 0; aim < AIMS; aim += 1) {
        const distance = distanceTo(index, where);
        if (Math.abs(distance) < 1) return;
        scrollBy(distance);
        draw();
      }
    },
    firstVisible: () => heights.indexAt(visible().top),
  };
}

/** Heights of rows with sums over any beginning, as a Fenwick tree. */
class Heights {
  readonly #heights: Float64Array;
  readonly #tree: Float64Array;

  constructor(count: number, height: number) {
    this.#heights = new Float64Array(count).fill(height);
    this.#tree = new Float64Array(count + 1);
    for (let node = 1; node <= count; node += 1) this.#tree[node] = height * (node & -node);
  }

  get(index: number): number {
    return this.#heights[index] ?? 0;
  }

  /** Returns by how much the row grew. */
  set(index: number, height: number): number {
    const change = height - this.get(index);
    if (change === 0) return 0;
    this.#heights[index] = height;
    for (let node = index + 1; node < this.#tree.length; node += node & -node)
      this.#tree[node] = (this.#tree[node] ?? 0) + change;
    return change;
  }

  /** Height of all rows before `index`. */
  offset(index: number): number {
    let sum = 0;
    for (let node = Math.min(index, this.#heights.length); node > 0; node -= node & -node) sum += this.#tree[node] ?? 0;
    return sum;
  }

  total(): number {
    return this.offset(this.#heights.length);
  }

  /** The row at this distance from the top; the last one when beyond. */
  indexAt(px: number): number {
    const count = this.#heights.length;
    let index = 0;
    let rest = Math.max(0, px);
    for (let step = 2 ** Math.floor(Math.log2(Math.max(1, count))); step >= 1; step /= 2) {
      const next = index + step;
      if (next <= count && (this.#tree[next] ?? 0) <= rest) {
        index = next;
        rest -= this.#tree[next] ?? 0;
      }
    }
    return Math.min(index, Math.max(0, count - 1));
  }
}

function spacer(isTable: boolean): HTMLElement {
  return isTable
    ? element("tr", { class: "spacer", "aria-hidden": "true" }, element("td", { colspan: 99 }))
    : element("div", { class: "spacer", "aria-hidden": "true" });
}

function setHeight(place: HTMLElement, px: number): void {
  place.hidden = px <= 0;
  const target = place.firstElementChild instanceof HTMLElement ? place.firstElementChild : place;
  target.style.setProperty("height", `${Math.max(0, px)}px`);
}
