/** The view in the address, so that a link, a bookmark and the way back show the same list. Pure. */
import { EVERYTHING } from "./model.ts";
import type { View } from "./model.ts";

/** Short names; what is as in `EVERYTHING` is left out. */
const NAMES: Readonly<Record<keyof View, string>> = {
  search: "q",
  state: "state",
  since: "since",
  class: "class",
  evidence: "evidence",
  document: "document",
  dated: "dated",
  from: "from",
  to: "to",
  lookAlikes: "twins",
  wide: "wide",
  sort: "sort",
  descending: "down",
};

const CHOICES: Readonly<Partial<Record<keyof View, readonly string[]>>> = {
  state: ["all", "open", "accept", "merge", "frame", "drop", "later"],
  since: ["all", "new", "changed", "gone"],
  dated: ["first", "last"],
  sort: ["rank", "text", "count", "distinctCount", "documents", "independentCount", "firstDate", "lastDate"],
};
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function writeAddress(view: View, selected: string): string {
  const parameters = new URLSearchParams();
  for (const key of Object.keys(NAMES) as (keyof View)[]) {
    if (view[key] !== EVERYTHING[key]) parameters.set(NAMES[key], typeof view[key] === "boolean" ? "1" : view[key]);
  }
  if (selected !== "") parameters.set("at", selected);
  const written = parameters.toString();
  return written === "" ? "" : `?${written}`;
}

/** Undefined when the address says nothing about the view. What it says wrongly is left out. */
export function readAddress(search: string): View | undefined {
  const parameters = new URLSearchParams(search);
  const keys = (Object.keys(NAMES) as (keyof View)[]).filter((key) => parameters.has(NAMES[key]));
  if (keys.length === 0) return undefined;
  const read: Record<string, string | boolean> = {};
  for (const key of keys) {
    const value = parameters.get(NAMES[key]) ?? "";
    if (typeof EVERYTHING[key] === "boolean") read[key] = value === "1";
    else if ((CHOICES[key]?.includes(value) ?? true) && (DAY.test(value) || (key !== "from" && key !== "to"))) read[key] = value;
  }
  return { ...EVERYTHING, ...read };
}
