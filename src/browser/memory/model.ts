/** What the server sends to the memory page, and what its parts share. */
import { element } from "../shell/dom.ts";
import { diffTexts } from "../../text/difference.ts";
import { formatInstant, hasWords, t } from "../shell/strings.ts";

export type ShownMemory = {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly penalty: number;
  readonly readOnly: boolean;
  readonly isUsed: boolean;
  readonly unitCount: number;
  readonly changedAt?: string;
  readonly isLent?: boolean;
  readonly projectName?: string;
};
export type Overview = {
  readonly memories: readonly ShownMemory[];
  readonly trash: readonly {
    readonly id: string;
    readonly name: string;
    readonly unitCount: number;
    readonly removedAt: string;
  }[];
  readonly attachable: readonly {
    readonly id: string;
    readonly name: string;
    readonly unitCount: number;
    readonly projectName: string;
  }[];
};
export type ShownUnit = {
  readonly id: string;
  readonly memoryId: string;
  readonly source: string;
  readonly target: string;
  readonly state: string;
  readonly document?: string;
  readonly author?: string;
  readonly notes?: readonly string[];
  readonly changedAt?: string;
  readonly codes: number;
  /** The row of a translation or an alignment that it comes from. */
  readonly address?: string;
};
export type Page = {
  overview: Overview;
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
  readonly maxFileBytes: number;
};

/** What parts of the page ask of the whole. */
export type Whole = {
  readonly page: Page;
  /** Says in the dock what was done or is going on. */
  readonly say: (text: string) => void;
  /** Follows a job and says how it goes; its result when it was done. */
  readonly follow: (jobId: string) => Promise<string | undefined>;
  /** Something changed: what other tabs show is old. */
  readonly changed: (options?: { readonly overview?: boolean }) => Promise<void>;
  readonly openTab: (tab: string) => void;
  /** Shows the units of one import or memory in their tab. */
  readonly showUnits: (filter: Readonly<Record<string, string>>) => void;
};

export const STATES = ["initial", "translated", "reviewed", "final"] as const;

export function nameOf(memory: Pick<ShownMemory, "name" | "projectName">): string {
  const own = `common:memory.${memory.name}`;
  const name = hasWords(own) ? t(own) : memory.name;
  return memory.projectName === undefined ? name : t("memory:of-project", { name, project: memory.projectName });
}

export function whenOf(instant: string | undefined): string {
  const date = new Date(instant ?? "");
  return Number.isNaN(date.getTime()) ? "" : formatInstant(date);
}

export function button(words: string, run: () => void, look = "btn btn-s"): HTMLButtonElement {
  const made = element("button", { class: look, type: "button" }, words);
  made.addEventListener("click", run);
  return made;
}

export function langOf(tag: string): string {
  return tag.startsWith("zh") ? "zh-Hans" : tag;
}

/** A text whose differences from another are coloured; both pieces in one line. */
export function differences(before: string, after: string): Node[] {
  return diffTexts(before, after).map(({ kind, text }) =>
    kind === "equal" ? document.createTextNode(text) : element(kind === "removed" ? "del" : "ins", { class: "diff" }, text),
  );
}

export function field(label: string, control: HTMLElement, isWide = false): HTMLElement {
  const id = `memory-field-${fieldCount++}`;
  control.id = id;
  return element(
    "div",
    { class: isWide ? "form-item is-wide" : "form-item" },
    element("label", { class: "label", for: id }, label),
    control,
  );
}
let fieldCount = 0;

type Options = readonly (readonly [value: string, words: string])[];

export function choice(options: Options, value = ""): HTMLSelectElement {
  const made = element("select", { class: "field" });
  fillChoice(made, options, value);
  return made;
}

/** Other options; what was chosen stays chosen if it is among them. */
export function fillChoice(select: HTMLSelectElement, options: Options, value = select.value): void {
  select.replaceChildren(...options.map(([key, words]) => element("option", { value: key }, words)));
  select.value = options.some(([key]) => key === value) ? value : (options[0]?.[0] ?? "");
}

export function empty(title: string, text: string, ...actions: readonly HTMLElement[]): HTMLElement {
  return element("div", { class: "empty" }, element("h2", { class: "strong" }, title), element("p", {}, text), ...actions);
}
