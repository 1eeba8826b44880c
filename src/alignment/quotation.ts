/**
 * Reads the quotation marks of one sentence after another and knows whether the end of each is inside a quotation.
 *
 * Straight marks and the apostrophe that doubles as a closing mark are told by their neighbours: ' opens before a
 * letter where no word goes on, and closes behind a mark ('Very well,' he said) or at the end of the sentence.
 * Each paragraph of a long quotation may open it again; a mark that closes what nobody opened closes all.
 * Cost: O(length).
 */
export type SeenQuotes = {
  /** The sentence begins with an opening mark, ends with a closing one. */
  readonly opens: boolean;
  readonly closes: boolean;
  /** Its end is inside a quotation. */
  readonly inside: boolean;
  readonly count: number;
};

export type QuotationTracker = {
  readonly read: (sentence: string) => SeenQuotes;
  /** What is open now was never closed. */
  readonly forget: () => void;
};

type Kind = "double" | "single" | "corner" | "white corner";

const ANY_MARK = /["“”„«»'‘’「」『』]/gu;
const BEFORE = /^[\s（(【[—–-]*$/u;
const BEHIND = /^[\s，,。.！!？?；;：:）)】\]…—–-]*$/u;
const WORD_SIGN = /[\p{L}\p{N}]/u;
const MARK_BEFORE_CLOSING = /[.,!?;:…—–\-)\]”"。，！？；：）]/u;

const CURVED: Readonly<Record<string, { readonly kind: Kind; readonly opens: boolean }>> = {
  "“": { kind: "double", opens: true },
  "„": { kind: "double", opens: true },
  "«": { kind: "double", opens: true },
  "”": { kind: "double", opens: false },
  "»": { kind: "double", opens: false },
  "‘": { kind: "single", opens: true },
  "「": { kind: "corner", opens: true },
  "」": { kind: "corner", opens: false },
  "『": { kind: "white corner", opens: true },
  "』": { kind: "white corner", opens: false },
};

export function trackQuotation(): QuotationTracker {
  let open: Kind[] = [];
  const read = (sentence: string): SeenQuotes => {
    let opens = false;
    let closes = false;
    let count = 0;
    let clean = 0;
    for (const found of sentence.matchAll(ANY_MARK)) {
      const mark = readMark(sentence, found.index, open);
      if (!mark) continue;
      count++;
      if (mark.opens) {
        // Behind earlier marks, brackets and spaces only.
        if (BEFORE.test(sentence.slice(clean, found.index)) && (clean === 0 || opens)) opens = true;
        if (!open.includes(mark.kind)) open.push(mark.kind);
      } else {
        const at = open.lastIndexOf(mark.kind);
        open = at < 0 ? [] : open.slice(0, at);
      }
      closes = !mark.opens && BEHIND.test(sentence.slice(found.index + 1).replaceAll(ANY_MARK, ""));
      clean = found.index + 1;
    }
    return { opens, closes, inside: open.length > 0, count };
  };
  return {
    read,
    forget: () => {
      open = [];
    },
  };
}

function readMark(sentence: string, at: number, open: readonly Kind[]): { kind: Kind; opens: boolean } | undefined {
  const sign = sentence[at] ?? "";
  const curved = CURVED[sign];
  if (curved) return curved;
  const before = sentence[at - 1] ?? " ";
  const behind = sentence[at + 1] ?? " ";
  if (sign === '"') {
    const opens =
      /\s/u.test(before) || BEFORE.test(before) ? !/\s/u.test(behind) : !open.includes("double") && WORD_SIGN.test(behind);
    return { kind: "double", opens };
  }
  // ’ and ': an apostrophe when letters stand on both sides.
  if (WORD_SIGN.test(before) && WORD_SIGN.test(behind)) return undefined;
  if (sign === "'" && BEFORE.test(before) && !/\s/u.test(behind)) return { kind: "single", opens: true };
  // Behind a word it may be the genitive of a plural: the farmers' day.
  const isEnd = sentence.slice(at + 1).trim() === "" || MARK_BEFORE_CLOSING.test(behind);
  if (open.includes("single") && (MARK_BEFORE_CLOSING.test(before) || isEnd)) return { kind: "single", opens: false };
  return MARK_BEFORE_CLOSING.test(before) && !WORD_SIGN.test(behind) ? { kind: "single", opens: false } : undefined;
}
