/**
 * Characters as code points, and short runs of them (n-grams) as bucket numbers.
 *
 * A bucket may hold several n-grams: an index over buckets finds all that holds the n-gram and a little more,
 * so its user must verify. In return no table of n-grams is needed. Cost: O(1) each.
 */

/** The code points of a text. A lone surrogate stands for itself. */
export function toCodePoints(text: string): Uint32Array {
  const codes = new Uint32Array(text.length);
  return codes.subarray(0, readCodePoints(text, codes));
}

/** Writes the code points to the front of `codes`, which must be as long as the text; returns how many they are. */
export function readCodePoints(text: string, codes: Uint32Array): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    let code = text.charCodeAt(at);
    if (code >= 0xd800 && code < 0xdc00 && at + 1 < text.length) {
      const low = text.charCodeAt(at + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        code = (code - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000;
        at++;
      }
    }
    codes[length++] = code;
  }
  return length;
}

/** The bucket of a pair of codes among 2 ** bits buckets. Multipliers: odd, from Steele & Vigna (2021) for 32 bits. */
export function bucketOfPair(first: number, second: number, bits: number): number {
  return (Math.imul(first, 0x915f77f5) + Math.imul(second, 0x93d765dd)) >>> (32 - bits);
}
