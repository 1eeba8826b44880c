/** What the page of an entry knows, and how it is drawn anew after a change: the server's own page, its parts put in place. */
import type { MatchingRule, Source, Term, TermStatus, TermType, TermUsage, ConceptKind } from "../../model/concept.ts";
import { all, pageData } from "../shell/dom.ts";

export type PageTerm = Term & { readonly revision: number; readonly waitingApproval?: { readonly author: string } };

export type ConceptPage = {
  readonly concept: {
    readonly id: string;
    readonly kind: ConceptKind;
    readonly class?: string;
    readonly domain?: string;
    readonly note?: string;
    readonly revision: number;
    readonly paraphrased?: boolean;
  };
  readonly headword: string;
  /** An approval by the person who proposed waits for a second one. */
  readonly fourEyes: boolean;
  /** Who looks at the page. */
  readonly person: string;
  readonly hasNews: boolean;
  readonly relationNames: readonly string[];
  readonly relationEnds: Readonly<Record<string, { readonly type: string; readonly side: "from" | "to" }>>;
  readonly terms: readonly PageTerm[];
  readonly sources: readonly Source[];
  readonly languages: { readonly source: string; readonly target: string };
  readonly choices: {
    readonly classes: readonly string[];
    readonly kinds: readonly ConceptKind[];
    readonly statuses: readonly TermStatus[];
    readonly usages: readonly TermUsage[];
    readonly types: readonly TermType[];
    readonly matching: readonly MatchingRule[];
  };
};

let state: ConceptPage | undefined;

export function concept(): ConceptPage {
  state ??= pageData() as ConceptPage;
  return state;
}

export function findTerm(id: string): PageTerm | undefined {
  return concept().terms.find((term) => term.id === id);
}

/** Fetches the page and puts its marked parts in place; false when the server does not answer. */
export async function refreshPage(): Promise<boolean> {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => undefined);
  if (!response?.ok) return false;
  const active = document.querySelector<HTMLElement>(".term-card.is-active")?.dataset["term"];
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of all("[data-swap]")) {
    const next = fresh.querySelector(`[data-swap="${part.dataset["swap"] ?? ""}"]`);
    if (next) part.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
  }
  const cards = all(".term-card");
  const card = cards.find((one) => one.dataset["term"] === active) ?? cards[0];
  card?.dispatchEvent(new CustomEvent("activate", { bubbles: true }));
  state = JSON.parse(fresh.body.dataset["page"] ?? "{}") as ConceptPage;
  return true;
}
