/** Dense numbers for the characters of a memory, from 1 in the order they turn up. 0 stands for every other character. */
export class Alphabet {
  /** One more than the highest number. */
  size = 1;
  readonly #basic = new Int32Array(0x10000);
  readonly #supplementary = new Map<number, number>();

  /** The number of a code point, 0 when the memory does not hold it. */
  find(code: number): number {
    return code < 0x10000 ? (this.#basic[code] as number) : (this.#supplementary.get(code) ?? 0);
  }

  /** The number of a code point, a new one if need be. */
  add(code: number): number {
    let number = this.find(code);
    if (number !== 0) return number;
    number = this.size++;
    if (code < 0x10000) this.#basic[code] = number;
    else this.#supplementary.set(code, number);
    return number;
  }
}
