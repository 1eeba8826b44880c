/** Puts a page into its layout with what the shell shows on every page: projects, navigation, language, theme, words. */
import { createHash } from "node:crypto";
import type { Request, Response } from "express";
import type { Application } from "../workflow/application.ts";
import type { Assets } from "./assets.ts";
import { AREAS } from "./context.ts";
import type { PageView, Project } from "./context.ts";
import { createFormats } from "./formats.ts";
import { LANGUAGES, htmlLanguage, isInterfaceLanguage } from "./i18n.ts";
import type { Internationalization } from "./i18n.ts";
import type { Views } from "./views.ts";

type Parts = {
  readonly application: Application;
  readonly assets: Assets;
  readonly i18n: Internationalization;
  readonly views: Views;
  readonly version: string;
};

export type Renderer = (request: Request, response: Response, page: PageView) => Promise<void>;

export const THEMES = ["system", "light", "dark"] as const;

export function createRenderer(parts: Parts): Renderer {
  const { application, assets, i18n, views } = parts;
  const hashes = catalogueHashes(i18n);
  const stringsUrl = (language: string, namespace: string) =>
    `/locales/${language}/${namespace}.json?v=${hashes.get(`${language}/${namespace}`) ?? ""}`;

  return async (request, response, page) => {
    const language = isInterfaceLanguage(request.language) ? request.language : LANGUAGES[0];
    const project = response.locals["project"] as Project | undefined;
    const script = assets.has(`${page.page}.js`) ? `${page.page}.js` : "plain.js";
    const strings = ["common", ...(page.strings ?? [])].map((namespace) => ({ namespace, url: stringsUrl(language, namespace) }));
    const html = views.render(page.page, {
      ...page.data,
      t: request.t,
      format: createFormats(language),
      asset: assets.url,
      language,
      htmlLanguage: htmlLanguage(language),
      theme: themeOf(request),
      version: parts.version,
      title: page.title,
      page: page.page,
      area: page.area,
      areas: AREAS,
      workbench: page.workbench === true,
      address: request.originalUrl,
      project,
      projects: await application.stores.projects.list(),
      script: assets.url(script),
      chunks: assets.chunksOf(script),
      pageStyle: assets.has(`${page.page}.css`) ? assets.url(`${page.page}.css`) : undefined,
      strings,
      clientData: JSON.stringify(page.clientData ?? {}),
    });
    response.status(page.status ?? response.statusCode);
    // A page shows what is stored now; going back must not show what was there before.
    response.set({ "Cache-Control": "no-store", Vary: "Accept-Language, Cookie" }).type("html").send(html);
  };
}

function themeOf(request: Request): string {
  const cookie = /(?:^|;\s*)theme=(\w+)/.exec(request.headers.cookie ?? "")?.[1];
  return THEMES.find((theme) => theme === cookie) ?? "system";
}

function catalogueHashes(i18n: Internationalization): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  for (const language of LANGUAGES) {
    for (const namespace of i18n.namespaces) {
      const text = JSON.stringify(i18n.catalogue(language, namespace) ?? {});
      hashes.set(`${language}/${namespace}`, createHash("sha256").update(text).digest("hex").slice(0, 8));
    }
  }
  return hashes;
}
