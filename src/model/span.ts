/** A piece of a text: half-open [start, end) in UTF-16 code units, as `String.prototype.slice` takes them. */
export type Span = { readonly start: number; readonly end: number };

/** A BCP 47 language tag, as written by whoever gave it ("zh", "zh-Hans", "en-GB"). */
export type LanguageTag = string;

/** ISO 8601: a day ("2024-06-17") for dates of texts, a UTC instant ("2024-06-17T09:20:00.000Z") for events. */
export type IsoDay = string;
export type IsoInstant = string;
