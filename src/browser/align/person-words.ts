/** A person beside an alignment, in words and in one or two letters. */
import { t } from "../shell/strings.ts";
import type { Person } from "./live.ts";

export function describePerson(person: Person, row: number | undefined): string {
  if (row === undefined) return t("align:people.here", { name: person.name });
  return t(person.isEditing ? "align:people.writing" : "align:people.at", { name: person.name, row: row + 1 });
}

/** 林岚 is one sign, Zhao Ning two letters. */
export function initialsOf(name: string): string {
  if (/^\p{Script=Han}/u.test(name)) return [...name][0] ?? "";
  return name
    .split(/\s+/u)
    .slice(0, 2)
    .map((part) => [...part][0] ?? "")
    .join("")
    .toUpperCase();
}
