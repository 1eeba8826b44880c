/** The catalogues against each other and against what templates and code ask for. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Catalogue = { readonly [key: string]: string | Catalogue };

const locales = "views/locales";
const namespaces = readdirSync(join(locales, "en")).map((name) => name.replace(".json", ""));
const english = readAll("en");
const chinese = readAll("zh-CN");
const wanted = findWantedKeys();

function readAll(language: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (prefix: string, catalogue: Catalogue) => {
    for (const [key, value] of Object.entries(catalogue)) {
      if (typeof value === "string") found.set(prefix + key, value);
      else walk(`${prefix}${key}.`, value);
    }
  };
  for (const namespace of readdirSync(join(locales, language)).map((name) => name.replace(".json", ""))) {
    walk(`${namespace}:`, JSON.parse(readFileSync(join(locales, language, `${namespace}.json`), "utf8")) as Catalogue);
  }
  return found;
}

/** Every `namespace:path` that stands in a string literal; a template with a literal beginning wants all that begins so. */
function findWantedKeys(): { readonly exact: ReadonlyMap<string, string>; readonly prefixes: ReadonlyMap<string, string> } {
  const exact = new Map<string, string>();
  const prefixes = new Map<string, string>();
  const files = [
    ...readdirSync("src", { recursive: true }),
    ...readdirSync("views", { recursive: true }).map((name) => `../views/${String(name)}`),
  ]
    .map((name) => join("src", String(name)))
    .filter((name) => /[.](ts|eta)$/.test(name));
  const pattern = new RegExp(`["'\`](${namespaces.join("|")}):([\\w.-]*)(\\$\\{)?`, "g");
  for (const file of files) {
    for (const [, namespace, path = "", dynamic] of readFileSync(file, "utf8").matchAll(pattern)) {
      const key = `${String(namespace)}:${path}`;
      if (dynamic || path.endsWith(".")) prefixes.set(key, file);
      else if (path !== "") exact.set(key, file);
    }
  }
  return { exact, prefixes };
}

/** The key as code writes it: without the plural ending. */
function withoutPlural(key: string): string {
  return key.replace(/_(zero|one|two|few|many|other)$/, "");
}

function placeholders(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? ""))].sort();
}

describe("the catalogues", () => {
  it("hold more than nothing", () => {
    expect(english.size).toBeGreaterThan(100);
    expect(wanted.exact.size).toBeGreaterThan(100);
  });

  it("have the same namespaces and keys in both languages", () => {
    const keys = (catalogue: ReadonlyMap<string, string>) => [...new Set([...catalogue.keys()].map(withoutPlural))].sort();
    expect(keys(chinese)).toEqual(keys(english));
  });

  it("have one and other in English and only other in Chinese", () => {
    const plural = (catalogue: ReadonlyMap<string, string>, ending: string) =>
      [...catalogue.keys()]
        .filter((key) => key.endsWith(ending))
        .map(withoutPlural)
        .sort();
    expect(plural(chinese, "_one")).toEqual([]);
    expect(plural(english, "_one")).toEqual(plural(english, "_other"));
    expect(plural(chinese, "_other")).toEqual(plural(english, "_other"));
  });

  it("use the same values in both languages", () => {
    // All forms of a plural together: "one document" need not say its number.
    const values = (catalogue: ReadonlyMap<string, string>) => {
      const found = new Map<string, Set<string>>();
      for (const [key, text] of catalogue) {
        const name = withoutPlural(key);
        found.set(name, new Set([...(found.get(name) ?? []), ...placeholders(text)]));
      }
      return found;
    };
    const given = values(english);
    for (const [key, names] of values(chinese))
      expect([key, [...names].sort()]).toEqual([key, [...(given.get(key) ?? [])].sort()]);
  });

  it("have every key that templates and code ask for", () => {
    const known = new Set([...english.keys()].map(withoutPlural));
    const missing = [...wanted.exact].filter(([key]) => !known.has(key)).map(([key, file]) => `${key} (${file})`);
    const empty = [...wanted.prefixes].filter(([prefix]) => ![...known].some((key) => key.startsWith(prefix)));
    expect({ missing, empty }).toEqual({ missing: [], empty: [] });
  });

  it("have no key that nobody asks for", () => {
    const unused = [...new Set([...english.keys()].map(withoutPlural))].filter(
      (key) => !wanted.exact.has(key) && ![...wanted.prefixes.keys()].some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });

  it("say nothing empty, and Chinese in Chinese", () => {
    for (const [key, text] of [...english, ...chinese]) expect([key, text.trim()]).not.toEqual([key, ""]);
  });
});

describe("the templates", () => {
  it("write raw output only for layouts and includes", () => {
    const raw: string[] = [];
    for (const name of readdirSync("views", { recursive: true }).map(String)) {
      if (!name.endsWith(".eta")) continue;
      const text = readFileSync(join("views", name), "utf8");
      for (const [tag, content] of text.matchAll(/<%[-_]?~([\s\S]*?)%>/g)) {
        const isInclude = /^\s*include\("/.test(content ?? "");
        const isBody = name.startsWith("layouts") && /^\s*it[.]body\s*$/.test(content ?? "");
        if (!isInclude && !isBody) raw.push(`${name}: ${tag}`);
      }
    }
    expect(raw).toEqual([]);
  });

  it("hold no words of their own", () => {
    const loose: string[] = [];
    for (const name of readdirSync("views", { recursive: true }).map(String)) {
      if (!name.endsWith(".eta")) continue;
      const text = readFileSync(join("views", name), "utf8")
        .replace(/<%[\s\S]*?%>/g, "")
        .replace(/<kbd[^>]*>[^<]*<\/kbd>/g, "")
        .replace(/<span [^>]*aria-hidden="true"[^>]*>[^<]*<\/span>/g, "")
        .replace(/<[^>]*>/g, "\n");
      const words = text.match(/[\p{L}]{2,}/gu);
      if (words) loose.push(`${name}: ${words.join(" ")}`);
    }
    expect(loose).toEqual([]);
  });
});
