/** A list of whole numbers that grows: a million of them in four bytes each. */
export class NumberList {
  #values: Int32Array;
  length: number;

  /** Takes the numbers over: they are copied when the list first grows. */
  constructor(values: Int32Array = new Int32Array(0)) {
    this.#values = values;
    this.length = values.length;
  }

  at(index: number): number | undefined {
    return index < this.length ? this.#values[index] : undefined;
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Int32Array(Math.max(256, this.length * 2));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  /** A copy of the numbers. */
  toArray(): Int32Array {
    return this.#values.slice(0, this.length);
  }
}
