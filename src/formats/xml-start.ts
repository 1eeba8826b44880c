/**
 * What a file that looks like XML or HTML begins with, without parsing it: for telling formats apart.
 *
 * Failure policy: undefined when no tag comes after the declaration, comments and DOCTYPE. Cost: linear, whatever stands there;
 * regular expressions over runs of comments would take exponential time on hostile files.
 */
export type XmlStart = {
  /** The name in the DOCTYPE, in lower case. */
  readonly doctype?: string;
  readonly hasDeclaration: boolean;
  /** Local name of the first element, in lower case. */
  readonly name: string;
  /** Its start tag, up to the next "<" at most. */
  readonly tag: string;
};

const BLANK = /\s*/y;
const TAG = /<(?:[\w.-]+:)?([\w.-]+)[^<>]*>?/y;
const DOCTYPE = /<!doctype\s+([\w.:-]+)/iy;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The end of a DOCTYPE that begins at `at`, its own declarations passed over. */
function endOfDoctype(text: string, at: number): number {
  const close = text.indexOf(">", at);
  const subset = text.indexOf("[", at);
  if (subset === -1 || (close !== -1 && close < subset)) return close;
  const end = text.indexOf("]", subset);
  return end === -1 ? -1 : text.indexOf(">", end);
}

export function findXmlStart(text: string): XmlStart | undefined {
  let doctype: string | undefined;
  let hasDeclaration = false;
  let at = text.startsWith("\ufeff") ? 1 : 0;
  for (;;) {
    at += matchAt(BLANK, text, at)?.[0].length ?? 0;
    let end: number;
    if (text.startsWith("<!--", at)) end = text.indexOf("-->", at + 4) + 2;
    else if (text.startsWith("<?", at)) {
      hasDeclaration ||= text.startsWith("<?xml", at);
      end = text.indexOf("?>", at) + 1;
    } else {
      const found = matchAt(DOCTYPE, text, at);
      if (!found) break;
      doctype = found[1]?.toLowerCase();
      end = endOfDoctype(text, at);
    }
    if (end < at) return undefined;
    at = end + 1;
  }
  const found = matchAt(TAG, text, at);
  if (!found) return undefined;
  return {
    ...(doctype === undefined ? {} : { doctype }),
    hasDeclaration,
    name: (found[1] ?? "").toLowerCase(),
    tag: found[0],
  };
}
