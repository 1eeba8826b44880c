/** Dense numbers for the characters of a memory, from 1 in the order they turn up. 0 stands for every other one. */

export class Alphabet {
  readonly #basic = new Int32Array(0x10000);
  readonly #supplementary = new Map<number, number>();
  readonly #codes: number[] = [0];

  /** One more than the highest number. */
  get size(): number {
    return this.#codes.length;
  }

  /** The number of a code point, 0 when the memory does not hold it. */
  find(code: number): number {
    return code < 0x10000 ? (this.#basic[code] as number) : (this.#supplementary.get(code) ?? 0);
  }

  /** The number of a code point, a new one if need be. */
  add(code: number): number {
    let number = this.find(code);
    if (number !== 0) return number;
    number = this.#codes.push(code) - 1;
    if (code < 0x10000) this.#basic[code] = number;
    else this.#supplementary.set(code, number);
    return number;
  }

  /** The code points in the order of their numbers, from number 1 on. */
  list(): readonly number[] {
    return this.#codes.slice(1);
  }
}
