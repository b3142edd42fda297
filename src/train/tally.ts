// What a training counts. Each thread counts in numbers of its own, which may be in shared memory; a tally is their
// sum.

/** What was trained so far. */
export interface Tally {
  /** Words of the corpus done, over all epochs, before subsampling: the position in the schedule. */
  words: number;
  /** Centers trained on: words with a context after subsampling. */
  centers: number;
  /** (epochs) The loss is measured on a sample of the examples: its sum (nats) and their number. */
  loss: Float64Array;
  examples: Float64Array;
  /** The highest mean loss of any chunk or batch that was measured, and the words done by then; 0 before the first. */
  worst: number;
  worstAt: number;
}

/** One thread's numbers: centers, worst, worstAt, then the losses and the examples of each epoch. */
export type ThreadTally = Float64Array;

const CENTERS = 0;
const WORST = 1;
const WORST_AT = 2;
const LOSSES = 3;

export const threadTallyLength = (epochs: number): number => LOSSES + 2 * epochs;

const epochsOf = (own: ThreadTally): number => (own.length - LOSSES) / 2;

export function addCenters(own: ThreadTally, centers: number): void {
  own[CENTERS] += centers;
}

/** A chunk or batch was measured: `loss` summed over `examples`, above 0, of an epoch, when `words` words were done. */
export function addLoss(own: ThreadTally, epoch: number, loss: number, examples: number, words: number): void {
  own[LOSSES + epoch] += loss;
  own[LOSSES + epochsOf(own) + epoch] += examples;
  const mean = loss / examples;
  if (mean > own[WORST] || Number.isNaN(mean)) {
    own[WORST] = mean;
    own[WORST_AT] = words;
  }
}

/** Goes on from a tally, also from one of fewer epochs. Its words are counted elsewhere. */
export function restoreTally(own: ThreadTally, { centers, loss, examples, worst, worstAt }: Tally): void {
  own[CENTERS] = centers;
  own[WORST] = worst;
  own[WORST_AT] = worstAt;
  own.set(loss, LOSSES);
  own.set(examples, LOSSES + epochsOf(own));
}

export function sumOfThreads(threads: readonly ThreadTally[], words: number): Tally {
  const epochs = epochsOf(threads[0]);
  const sum: Tally = {
    words,
    centers: 0,
    loss: new Float64Array(epochs),
    examples: new Float64Array(epochs),
    worst: 0,
    worstAt: 0,
  };
  for (const own of threads) {
    sum.centers += own[CENTERS];
    for (let epoch = 0; epoch < epochs; epoch++) {
      sum.loss[epoch] += own[LOSSES + epoch];
      sum.examples[epoch] += own[LOSSES + epochs + epoch];
    }
    if (own[WORST] > sum.worst || Number.isNaN(own[WORST])) {
      sum.worst = own[WORST];
      sum.worstAt = own[WORST_AT];
    }
  }
  return sum;
}

/** Of no words, over `epochs`. */
export const emptyTally = (epochs: number): Tally => sumOfThreads([new Float64Array(threadTallyLength(epochs))], 0);

/** Adds up tallies of different words, over `epochs` or fewer of them. */
export function sumOfTallies(tallies: readonly Tally[], epochs: number): Tally {
  const sum = emptyTally(epochs);
  for (const { words, centers, loss, examples, worst, worstAt } of tallies) {
    sum.words += words;
    sum.centers += centers;
    for (let epoch = 0; epoch < epochs; epoch++) {
      sum.loss[epoch] += loss[epoch] ?? 0;
      sum.examples[epoch] += examples[epoch] ?? 0;
    }
    if (worst > sum.worst || Number.isNaN(worst)) {
      sum.worst = worst;
      sum.worstAt = worstAt;
    }
  }
  return sum;
}

/** The epoch to which a batch belongs that was full when `words` words of all epochs were read. */
export function epochAt(words: number, tokens: number, epochs: number): number {
  return Math.min(epochs - 1, Math.max(0, Math.ceil(words / tokens) - 1));
}

/**
 * One mean an epoch. An epoch too short for a sample takes the mean of the one before, the first ones that of the one
 * after. Empty if nothing was measured in any epoch.
 */
export function meansByEpoch({ loss, examples }: Pick<Tally, 'loss' | 'examples'>): number[] {
  const first = examples.findIndex((count) => count > 0);
  if (first < 0) return [];
  let mean = loss[first] / examples[first];
  return Array.from(loss, (sum, epoch) => {
    if (examples[epoch] > 0) mean = sum / examples[epoch];
    return mean;
  });
}
