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

/** Another form of the same wording. Old runs do not know why it is one, nor its days. */
export type Variant = {
  readonly text: string;
  readonly count: number;
  readonly kind?: VariantKind;
  readonly firstDate?: IsoDay;
  readonly lastDate?: IsoDay;
};

/** How a variant differs: marks or 的, order of members, a word that only presses, an interchangeable ending, a shorter form. */
export type VariantKind = "marks" | "order" | "pressing" | "ending" | "short-form";

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
  readonly variants: readonly Variant[];
  /** Look-alikes that mean something else; never merged. */
  readonly contrasts: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly occurrences: readonly Occurrence[];
};

/** What stood in one slot of a frame, the most frequent first; `others` counts the places of those that are not listed. */
export type FrameSlot = {
  readonly name: string;
  readonly fillers: readonly { readonly text: string; readonly count: number }[];
  readonly others: number;
};

/** A place of a frame with its slots; a series may have more of them than its pattern names. */
export type FrameOccurrence = Occurrence & { readonly slots?: readonly Span[] };

/**
 * A formulation with slots, written `{X}`, `{Y}`: 把{X}作为{Y}来抓. Words that may stand in one place are parted by `|`:
 * 不仅{X}，而且|还{Y}. The comma of a correlative may be missing in the text.
 */
export type Frame = {
  readonly pattern: string;
  readonly count: number;
  readonly documents: number;
  readonly firstDate?: IsoDay;
  readonly lastDate?: IsoDay;
  /** Of the first slot, the most frequent first. */
  readonly fillers: readonly string[];
  readonly slots?: readonly FrameSlot[];
  /** The wider frame of the list that this one is a special case of. */
  readonly general?: string;
  /** Special cases, also those that are no frames of the list themselves. */
  readonly versions?: readonly { readonly pattern: string; readonly count: number }[];
  readonly occurrences: readonly FrameOccurrence[];
};

export type ExtractionResult = {
  /** Best first. */
  readonly formulations: readonly Formulation[];
  readonly frames: readonly Frame[];
};
