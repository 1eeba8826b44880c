/** A query made ready for the parts of an index: its codes, its signature, the meter and the plan that go with it. */
import { DistanceMeter } from "../text/edit-distance.ts";
import { signatureBit } from "./part.ts";
import { PiecePlan } from "./pieces.ts";

/** One per index, used again for every query. */
export class SearchQuery {
  readonly meter = new DistanceMeter(1);
  readonly plan = new PiecePlan();
  /** Codes of the alphabet, 0 for those that no text holds. */
  codes = new Int32Array(64);
  length = 0;
  /** The three words of the signature. */
  signature0 = 0;
  signature1 = 0;
  signature2 = 0;

  /** Takes the first `length` codes as the query; they are below `alphabet`. */
  prepare(codes: Int32Array, length: number, alphabet: number): void {
    if (this.codes.length < length) this.codes = new Int32Array(length * 2);
    const own = this.codes;
    let [word0, word1, word2] = [0, 0, 0];
    for (let at = 0; at < length; at++) {
      const code = codes[at] as number;
      own[at] = code;
      if (code === 0) continue;
      const bit = signatureBit(code);
      if (bit < 32) word0 |= 1 << bit;
      else if (bit < 64) word1 |= 1 << (bit & 31);
      else word2 |= 1 << (bit & 31);
    }
    this.length = length;
    this.signature0 = word0;
    this.signature1 = word1;
    this.signature2 = word2;
    this.meter.reserve(alphabet);
    this.meter.prepare(own, length);
  }
}
