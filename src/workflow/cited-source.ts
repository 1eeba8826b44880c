/** A citation as it is shown: the body and the document, never a judgement of them. */
import type { Source } from "../model/concept.ts";

export type ShownSource = {
  /** `house` and `proposed` have words of their own (`glossary:citation.<kind>`). */
  readonly kind: "source" | "text" | "house" | "proposed";
  readonly body: string;
  readonly title: string | undefined;
  readonly date: string | undefined;
  readonly locator: string | undefined;
  /** Where the locator is an address on the web. */
  readonly link: string | undefined;
};

export function showSource(written: string, sources: ReadonlyMap<string, Source>): ShownSource {
  const nothing = { title: undefined, date: undefined, locator: undefined, link: undefined };
  if (written === "house" || written === "proposed") return { kind: written, body: "", ...nothing };
  const source = sources.get(written);
  if (!source) return { kind: "text", body: written, ...nothing, link: findLink(written) };
  const { body, title, date, locator } = source;
  return { kind: "source", body, title, date, locator, link: locator === undefined ? undefined : findLink(locator) };
}

/** Only web addresses: anything else (`javascript:` above all) stays text. */
export function findLink(locator: string): string | undefined {
  const text = locator.trim();
  const address = /^https?:\/\//i.test(text) ? text : /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/\S*$/i.test(text) ? `https://${text}` : "";
  return URL.canParse(address) ? address : undefined;
}
