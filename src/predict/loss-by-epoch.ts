// Mean loss per example, epoch by epoch, from a sample of the batches.

export interface LossByEpoch {
  /** @param done words read so far, over all epochs; @param loss summed over `examples` (nats) */
  add(done: number, loss: number, examples: number): void;
  /** The mean of the epoch that was added to last; undefined before anything was. */
  latest(): number | undefined;
  /** One mean an epoch. An epoch too short to have had a sample takes the mean of the one before. */
  means(): number[];
}

export function createLossByEpoch(epochs: number, tokens: number): LossByEpoch {
  const losses = new Float64Array(epochs);
  const examples = new Float64Array(epochs);
  let epoch = 0;
  return {
    add(done, loss, count) {
      epoch = Math.min(epochs - 1, Math.max(0, Math.ceil(done / tokens) - 1));
      losses[epoch] += loss;
      examples[epoch] += count;
    },
    latest: () => (examples[epoch] > 0 ? losses[epoch] / examples[epoch] : undefined),
    means() {
      const means: number[] = [];
      for (let i = 0; i < epochs; i++) {
        const mean = examples[i] > 0 ? losses[i] / examples[i] : means[i - 1];
        if (mean !== undefined) means[i] = mean;
      }
      const first = means.find((mean) => mean !== undefined);
      return first === undefined ? [] : Array.from({ length: epochs }, (_, i) => means[i] ?? first);
    },
  };
}
