// The learning rate decreases linearly with the words seen, from its initial value to a floor (word2vec.c).

/** @param done words seen so far, of all epochs; @param total words of all epochs. */
export function learningRateAt(start: number, floorRatio: number, done: number, total: number): number {
  return start * Math.max(floorRatio, 1 - done / (total + 1));
}
