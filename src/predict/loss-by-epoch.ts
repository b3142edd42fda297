// Mean loss per example, epoch by epoch, from a sample of the examples.

export interface LossByEpoch {
  /** @param done words read so far, over all epochs; @param loss summed over `examples` (nats) */
  add(done: number, loss: number, examples: number): void;
  /** The mean of the epoch that was added to last; undefined before anything was measured. */
  latest(): number | undefined;
  /** See meansByEpoch. */
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
    means: () => meansByEpoch(losses, examples),
  };
}

/**
 * One mean an epoch from (epochs) sums and numbers of examples. An epoch too short to have had a sample takes the mean of the
 * one before, the first ones that of the one after. Empty where nothing was measured in any epoch.
 */
export function meansByEpoch(losses: Float64Array, examples: Float64Array): number[] {
  const first = examples.findIndex((count) => count > 0);
  if (first < 0) return [];
  let mean = losses[first] / examples[first];
  return Array.from(losses, (loss, epoch) => {
    if (examples[epoch] > 0) mean = loss / examples[epoch];
    return mean;
  });
}
