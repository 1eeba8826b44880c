/** What the concordance asks and is told, and its question as an address. */
import type { TermStatus } from "../../model/concept.ts";
import type { Span } from "../../model/span.ts";
import { hasWords, t } from "../shell/strings.ts";

export type Mark = Span & { readonly kind: "found" | "hint"; readonly hint?: number };
export type Change = { readonly kind: "equal" | "removed" | "added"; readonly text: string };
export type SideText = { readonly text: string; readonly marks: readonly Mark[]; readonly changes?: readonly Change[] };

export type Hit = {
  readonly id: string;
  readonly memory: string;
  readonly document?: string;
  readonly author?: string;
  readonly day?: string;
  readonly state: string;
  readonly address?: string;
  readonly source: SideText;
  readonly target: SideText;
  readonly distance?: number;
};

export type Count = { readonly value: string; readonly count: number };
export type Facet = "memory" | "state" | "author" | "document";
export const FACETS: readonly Facet[] = ["memory", "state", "author", "document"];

export type Hint = {
  readonly term: string;
  readonly text: string;
  readonly language: string;
  readonly conceptId?: string;
  readonly status?: TermStatus;
  readonly seen?: number;
};

export type Found = {
  readonly kind: "found";
  readonly end?: "complete" | "time-over" | "running-out";
  readonly share: number;
  readonly searched?: number;
  readonly units: number;
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly Hit[];
  readonly counts: {
    readonly memories: readonly Count[];
    readonly documents: readonly Count[];
    readonly authors: readonly Count[];
    readonly states: readonly Count[];
  };
  readonly hints: { readonly source: readonly Hint[]; readonly target: readonly Hint[] };
};

export type Answer = Found | { readonly kind: "reading"; readonly done: number; readonly total: number };

export type PageData = {
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
  readonly memories: readonly { readonly id: string; readonly name: string }[];
};

export type Side = "both" | "source" | "target";
export type Manner = "text" | "near" | "pattern";

export type Question = {
  readonly find: string;
  readonly side: Side;
  readonly manner: Manner;
  readonly isCaseExact: boolean;
  readonly isWidthExact: boolean;
  readonly order: string;
  readonly from: string;
  readonly to: string;
  /** One choice a facet. */
  readonly chosen: Readonly<Partial<Record<Facet, string>>>;
};

export const NO_QUESTION: Question = {
  find: "",
  side: "both",
  manner: "text",
  isCaseExact: false,
  isWidthExact: false,
  order: "relevance",
  from: "",
  to: "",
  chosen: {},
};

const SIDES: readonly Side[] = ["both", "source", "target"];
const MANNERS: readonly Manner[] = ["text", "near", "pattern"];

export function readQuestion(query: URLSearchParams): Question {
  return {
    find: query.get("find") ?? "",
    side: SIDES.find((side) => side === query.get("side")) ?? "both",
    manner: MANNERS.find((manner) => manner === query.get("manner")) ?? "text",
    isCaseExact: query.get("case") === "true",
    isWidthExact: query.get("width") === "true",
    order: query.get("order") ?? "relevance",
    from: query.get("from") ?? "",
    to: query.get("to") ?? "",
    chosen: Object.fromEntries(FACETS.flatMap((facet) => (query.has(facet) ? [[facet, query.get(facet) ?? ""]] : []))),
  };
}

/** Only what is not usual stands in the address. */
export function writeQuestion(question: Question): URLSearchParams {
  const query = new URLSearchParams();
  if (question.find !== "") query.set("find", question.find);
  if (question.side !== "both") query.set("side", question.side);
  if (question.manner !== "text") query.set("manner", question.manner);
  if (question.isCaseExact) query.set("case", "true");
  if (question.isWidthExact) query.set("width", "true");
  if (question.order !== "relevance") query.set("order", question.order);
  if (question.from !== "") query.set("from", question.from);
  if (question.to !== "") query.set("to", question.to);
  for (const facet of FACETS) if (question.chosen[facet] !== undefined) query.set(facet, question.chosen[facet]);
  return query;
}

export function isFiltered({ from, to, chosen }: Question): boolean {
  return from !== "" || to !== "" || Object.values(chosen).some((value) => value !== undefined);
}

/** The memories that a project fills itself are named in the reader's language. */
export function memoryName(name: string): string {
  return hasWords(`common:memory.${name}`) ? t(`common:memory.${name}`) : name;
}

export function langOf(tag: string): string {
  return tag === "zh" || tag === "zh-CN" ? "zh-Hans" : tag;
}
