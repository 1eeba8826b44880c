/** Filter, search and row stand in the address, so that a reload or a link leads back to the same place. */
import { FILTERS } from "./filters.ts";
import type { Filter } from "./filters.ts";

export type Place = { readonly filter: Filter; readonly words: string; readonly row: number | undefined };

/** Browsers let a page change its address only so often. */
const WAIT = 400;

export function readAddress(): Place {
  const query = new URLSearchParams(location.search);
  const row = Number(/^#row-(\d+)$/.exec(location.hash)?.[1] ?? 0) - 1;
  return {
    filter: FILTERS.find((filter) => filter === query.get("rows")) ?? "all",
    words: query.get("find") ?? "",
    row: row >= 0 ? row : undefined,
  };
}

let waiting: ReturnType<typeof setTimeout> | undefined;

export function writeAddress({ filter, words, row }: Place): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const address = new URL(location.href);
    setOrDelete(address, "rows", filter === "all" ? "" : filter);
    setOrDelete(address, "find", words);
    address.hash = row === undefined ? "" : `row-${String(row + 1)}`;
    history.replaceState(history.state, "", address);
  }, WAIT);
}

function setOrDelete(address: URL, name: string, value: string): void {
  if (value === "") address.searchParams.delete(name);
  else address.searchParams.set(name, value);
}
