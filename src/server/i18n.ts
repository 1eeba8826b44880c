/**
 * The languages of the interface: catalogues in views/locales/<language>/<namespace>.json.
 * A language is chosen by the cookie `language`, else by Accept-Language; every kind of Chinese gets zh-CN.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { RequestHandler } from "express";
import i18next from "i18next";
import Backend from "i18next-fs-backend";
import { LanguageDetector, handle } from "i18next-http-middleware";

export const LANGUAGES = ["en", "zh-CN"] as const;
export type InterfaceLanguage = (typeof LANGUAGES)[number];

/** Puts a key of the catalogues into words. */
export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string;

export type Internationalization = {
  /** Sets `request.t` and `request.language`. */
  readonly middleware: RequestHandler;
  /** The function for a language outside of a request. */
  readonly translator: (language: InterfaceLanguage) => Translate;
  /** A whole catalogue, for the browser. */
  readonly catalogue: (language: string, namespace: string) => object | undefined;
  readonly namespaces: readonly string[];
};

export async function createInternationalization(folder: string): Promise<Internationalization> {
  const namespaces = readdirSync(join(folder, LANGUAGES[0]))
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length));
  const instance = i18next.createInstance();
  await instance
    .use(Backend)
    .use(LanguageDetector)
    .init({
      backend: { loadPath: join(folder, "{{lng}}", "{{ns}}.json") },
      supportedLngs: [...LANGUAGES],
      preload: [...LANGUAGES],
      fallbackLng: LANGUAGES[0],
      ns: namespaces,
      defaultNS: "common",
      // The views escape; escaping here as well would show &lt; to the reader.
      interpolation: { escapeValue: false },
      detection: {
        order: ["cookie", "header"],
        lookupCookie: "language",
        caches: false,
        convertDetectedLanguage: (language: string) => nearestLanguage(language),
      },
    });
  return {
    middleware: handle(instance),
    translator: (language) => instance.getFixedT(language) as unknown as Translate,
    catalogue: (language, namespace) =>
      isInterfaceLanguage(language) && namespaces.includes(namespace)
        ? (instance.getResourceBundle(language, namespace) as object | undefined)
        : undefined,
    namespaces,
  };
}

/** The value of `<html lang>`: Han fonts are chosen by the script, not by the country. */
export function htmlLanguage(language: string): string {
  return language === "zh-CN" ? "zh-Hans" : "en";
}

export function isInterfaceLanguage(value: unknown): value is InterfaceLanguage {
  return LANGUAGES.some((language) => language === value);
}

function nearestLanguage(tag: string): string {
  const primary = tag.toLowerCase().split(/[-_]/)[0];
  return primary === "zh" ? "zh-CN" : primary === "en" ? "en" : tag;
}
