// The k highest scores of many, with their rows: a heap whose top is the lowest score kept.

export class BestRows {
  /** A score must be above this to enter. */
  worst = Number.NEGATIVE_INFINITY;
  readonly #k: number;
  readonly #heap: [row: number, score: number][] = [];

  constructor(k: number) {
    this.#k = k;
  }

  /** Keeps a row whose score is above `worst`; of equal scores the earlier row stays. */
  add(row: number, score: number): void {
    const heap = this.#heap;
    if (heap.length < this.#k) {
      heap.push([row, score]);
      let at = heap.length - 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!isWorse(heap[at]!, heap[parent]!)) break;
        [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
        at = parent;
      }
    } else {
      heap[0] = [row, score];
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        let worst = at;
        if (left < heap.length && isWorse(heap[left]!, heap[worst]!)) worst = left;
        if (left + 1 < heap.length && isWorse(heap[left + 1]!, heap[worst]!)) worst = left + 1;
        if (worst === at) break;
        [heap[at], heap[worst]] = [heap[worst]!, heap[at]!];
        at = worst;
      }
    }
    if (heap.length === this.#k) this.worst = heap[0]![1];
  }

  /** Highest score first; equal ones by row. */
  sorted(): [row: number, score: number][] {
    return this.#heap.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }
}

function isWorse(a: [number, number], b: [number, number]): boolean {
  return a[1] < b[1] || (a[1] === b[1] && a[0] > b[0]);
}
