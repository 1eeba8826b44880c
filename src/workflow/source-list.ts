/** The list of sources beside a glossary: id, body, title, languages, date, locator, kind, seen_as. */
import { readCsv } from "../formats/csv.ts";
import type { Source } from "../model/concept.ts";

/** Rows without an id are left out; columns that are not there say nothing. */
export function readSources(text: string): readonly Source[] {
  const table = readCsv(text, { header: true }).value;
  const at = (name: string): number => table?.header?.indexOf(name) ?? -1;
  return (table?.rows ?? []).flatMap((row) => {
    const id = row[at("id")];
    if (id === undefined || id === "") return [];
    const date = row[at("date")];
    const locator = row[at("locator")];
    const kind = row[at("kind")];
    return [
      {
        id,
        body: row[at("body")] ?? "",
        title: row[at("title")] ?? "",
        ...(date ? { date } : {}),
        ...(locator ? { locator } : {}),
        ...(kind ? { kind } : {}),
      },
    ];
  });
}
