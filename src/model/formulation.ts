import type { IsoDay, Span } from "./span.ts";

export type FormulationClass =
  "set-phrase" | "series" | "institution" | "title" | "programme" | "law" | "numbered-slogan" | "reporting-verb" | "domain-term";

/** A document as the extractor reads it: dated, split, with paragraphs that count. */
export type ExtractionDocument = {
  readonly id: string;
  readonly title: string;
  readonly date?: IsoDay;
  readonly body?: string;
  readonly paragraphs: readonly string[];
};

/** Where a formulation stands: span in UTF-16 units of paragraph number `paragraph` of the document. */
export type Occurrence = Span & { readonly document: string; readonly paragraph: number };

/** Why a candidate has its rank: a stable slug with its values, put into words by the catalogues (`evidence:<code>`). */
export type Evidence = { readonly code: string; readonly values?: Readonly<Record<string, string | number>> };

/** A fixed official wording (提法), or a candidate for one. */
export type Formulation = {
  readonly text: string;
  readonly class: FormulationClass;
  /** All occurrences in the documents given. */
  readonly count: number;
  /** The same with copied documents and repeated paragraphs left out. */
  readonly distinctCount: number;
  /** Distinct documents; a family of copies counts once. */
  readonly documents: number;
  readonly firstDate?: IsoDay;
  readonly lastDate?: IsoDay;
  /** Occurrences outside any longer formulation of the list, copies left out. */
  readonly independentCount: number;
  /** Longer formulations of the list that contain this one, and those it contains. */
  readonly parents: readonly string[];
  readonly children: readonly string[];
  readonly variants: readonly { readonly text: string; readonly count: number }[];
  /** Look-alikes that mean something else; never merged. */
  readonly contrasts: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly occurrences: readonly Occurrence[];
};

/** A formulation with slots, written `{X}`, `{Y}`: 把{X}作为{Y}来抓. */
export type Frame = {
  readonly pattern: string;
  readonly count: number;
  readonly documents: number;
  readonly fillers: readonly string[];
  readonly occurrences: readonly Occurrence[];
};

export type ExtractionResult = {
  /** Best first. */
  readonly formulations: readonly Formulation[];
  readonly frames: readonly Frame[];
};
