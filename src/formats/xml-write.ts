/**
 * Escaping for the serialisers. What XML 1.0 cannot hold at all (control characters, lone surrogates, U+FFFE and U+FFFF)
 * is dropped and counted, so that the writer can announce it as a loss.
 */
import type { Loss } from "../model/diagnostic.ts";

// eslint-disable-next-line no-control-regex -- exactly the characters that XML 1.0 forbids
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
// eslint-disable-next-line no-control-regex -- the same, as a quick test
const NEEDS_CARE = /[&<>\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/;

export type XmlWriter = {
  readonly text: (text: string) => string;
  readonly attribute: (value: string) => string;
  readonly losses: () => readonly Loss[];
};

export function createXmlWriter(): XmlWriter {
  let dropped = 0;
  const legal = (text: string): string =>
    text.replace(ILLEGAL, () => {
      dropped += 1;
      return "";
    });
  return {
    text(text) {
      if (!NEEDS_CARE.test(text)) return text;
      return escapeText(legal(text));
    },
    attribute(value) {
      return escapeText(legal(value)).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
    },
    losses: () => (dropped > 0 ? [{ code: "illegal-characters", count: dropped }] : []),
  };
}

/** Character data; a carriage return would come back as a line feed unless written as a reference. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#13;");
}

export function escapeAttribute(value: string): string {
  return escapeText(value).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
}
