// When training has diverged: the steps were too long, scores grow without bound, and what comes out says nothing.
// The rule: the mean loss of one chunk or batch is not a finite number, or more than LIMIT times that of untrained vectors
// (untrained-loss.ts). A loss of 100 times as much takes scores of about 70 nats on the wrong side in every term; training
// that goes well never leaves the first few times.
import { W2vError } from '../errors.ts';
import type { TrainSettings } from './settings.ts';

const LIMIT = 100;

/**
 * @param loss mean per example, nats; @param epochs done so far; @param expected the loss of untrained vectors, and the rate
 * @throws W2vError 'diverged'
 */
export function requireConvergence(
  loss: number,
  epochs: number,
  { untrained, learningRate }: { untrained: number; learningRate: number },
): void {
  if (loss <= LIMIT * untrained) return;
  const observed = Number.isFinite(loss)
    ? `is ${loss < 1e6 ? Math.round(loss).toLocaleString('en') : loss.toExponential(1)} (untrained: ${untrained.toFixed(2)})`
    : 'is not a finite number';
  throw diverged(`the loss ${observed} after ${epochs.toFixed(2)} epochs`, learningRate);
}

/** @param rows (n, D), from number `first` on; @throws W2vError 'diverged' */
export function requireFiniteRows(
  rows: Float32Array,
  first: number,
  { dim, learningRate }: Pick<TrainSettings, 'dim' | 'learningRate'>,
): void {
  for (let i = 0; i < rows.length; i++) {
    if (Number.isFinite(rows[i])) continue;
    throw diverged(`row ${first + Math.floor(i / dim)} holds ${rows[i]}`, learningRate);
  }
}

function diverged(observed: string, learningRate: number): W2vError {
  return new W2vError(
    'diverged',
    `training diverged: ${observed} (learning rate ${learningRate})`,
    `train with a lower learning rate: { learningRate: ${learningRate / 2} }`,
  );
}
