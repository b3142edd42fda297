// Selects the k highest scores and their rows with a min-heap.

export class BestRows {
  /** A score must be above this to enter. */
  worst = Number.NEGATIVE_INFINITY;
  readonly #k: number;
  // Two lists of numbers instead of a list of pairs, because thousands of entries come and go.
  readonly #rows: number[] = [];
  readonly #scores: number[] = [];

  constructor(k: number) {
    this.#k = k;
  }

  /** Keeps a row whose score is above `worst`; among equal scores the earlier row is kept. */
  add(row: number, score: number): void {
    const size = this.#rows.length;
    if (size < this.#k) {
      this.#rows.push(row);
      this.#scores.push(score);
      this.#rise(size, row, score);
    } else {
      this.#sink(row, score);
    }
    if (this.#rows.length === this.#k) this.worst = this.#scores[0];
  }

  /** The kept rows, in no particular order. */
  rows(): readonly number[] {
    return this.#rows;
  }

  /** Highest score first; equal scores by row. */
  sorted(): [row: number, score: number][] {
    const pairs = this.#rows.map((row, at): [number, number] => [row, this.#scores[at]]);
    return pairs.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }

  #rise(from: number, row: number, score: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isWorse(row, score, parent)) break;
      this.#rows[at] = this.#rows[parent];
      this.#scores[at] = this.#scores[parent];
      at = parent;
    }
    this.#rows[at] = row;
    this.#scores[at] = score;
  }

  /** Replaces the top of the heap and sifts it down. */
  #sink(row: number, score: number): void {
    const size = this.#rows.length;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#isWorse(this.#rows[child + 1], this.#scores[child + 1], child)) child++;
      if (this.#isWorse(row, score, child)) break;
      this.#rows[at] = this.#rows[child];
      this.#scores[at] = this.#scores[child];
      at = child;
    }
    this.#rows[at] = row;
    this.#scores[at] = score;
  }

  #isWorse(row: number, score: number, than: number): boolean {
    const other = this.#scores[than];
    return score < other || (score === other && row > this.#rows[than]);
  }
}
