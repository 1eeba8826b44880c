/**
 * The words of the page. The layout names the catalogues in `data-strings`; they are fetched once and kept by the
 * browser under an address with a hash. The rules are those of i18next that our catalogues use: `{{name}}`,
 * `{{name, number}}`, and `_one`/`_other` by `count`.
 */
type Catalogue = { readonly [key: string]: string | Catalogue };
export type Values = Readonly<Record<string, string | number>>;

const catalogues = new Map<string, Catalogue>();
const language = document.documentElement.dataset["language"] ?? "en";
const plural = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

export async function loadStrings(): Promise<void> {
  const list = JSON.parse(document.body.dataset["strings"] ?? "[]") as { readonly namespace: string; readonly url: string }[];
  await Promise.all(
    list.map(async ({ namespace, url }) => {
      const response = await fetch(url);
      if (response.ok) catalogues.set(namespace, (await response.json()) as Catalogue);
    }),
  );
}

/** The words for `namespace:path.to.key`; the key itself when there are none. */
export function t(key: string, values: Values = {}): string {
  const count = values["count"];
  const words =
    (typeof count === "number" ? find(`${key}_${plural.select(count)}`) : undefined) ?? find(key) ?? find(`${key}_other`);
  if (words === undefined) return key;
  return words.replace(/\{\{\s*(\w+)\s*(,\s*number\s*)?\}\}/g, (_whole, name: string, asNumber?: string) => {
    const value = values[name];
    return asNumber && typeof value === "number" ? numbers.format(value) : String(value ?? "");
  });
}

export function hasWords(key: string): boolean {
  return find(key) !== undefined;
}

export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** 14:02:11, for saved states. */
export function formatTime(instant: Date): string {
  return instant.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
}

/** A day and time, for what happened earlier. */
export function formatInstant(instant: Date): string {
  return instant.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}

function find(key: string): string | undefined {
  const colon = key.indexOf(":");
  let place: string | Catalogue | undefined = catalogues.get(colon < 0 ? "common" : key.slice(0, colon));
  for (const part of key.slice(colon + 1).split(".")) {
    if (typeof place !== "object") return undefined;
    place = place[part];
  }
  return typeof place === "string" ? place : undefined;
}
