/**
 * The shape of segmentation rules: SRX 2.0 (LISA/GALA, "Segmentation Rules eXchange") as data, so that a user's own .srx
 * file can take the place of ours. See docs/decisions/0002-segmentation-as-data.md.
 */

/**
 * SRX `rule`: at a place between two characters, `beforeBreak` must match the text that ends there and `afterBreak` the
 * text that begins there. The first rule of the list that matches decides: break, or (an exception) no break.
 * Patterns are regular expressions with the `u` flag; an empty one matches anywhere.
 * They must have bounded repetition, because they are tried at every place of a paragraph.
 */
export type SegmentationRule = {
  readonly break: boolean;
  readonly beforeBreak: string;
  readonly afterBreak: string;
  /** Why the rule is there, for whoever edits the list. */
  readonly note?: string;
};

/** SRX `languagerule`. */
export type LanguageRule = { readonly name: string; readonly rules: readonly SegmentationRule[] };

/** SRX `languagemap`: which rules serve a language; the pattern must match the whole tag, capitals ignored. */
export type LanguageMap = { readonly languagePattern: string; readonly languageRule: string };

/** SRX `header` and `body`. With `cascade` every matching map counts, in order; without, the first. */
export type SegmentationRules = {
  readonly cascade: boolean;
  readonly languageRules: readonly LanguageRule[];
  readonly mapRules: readonly LanguageMap[];
};
