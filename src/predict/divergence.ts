// When training has diverged: the steps were too long, scores grow without bound, and what comes out says nothing.
// One rule for both engines: the mean loss of the examples measured last is not a finite number, or more than LIMIT times
// that of untrained vectors, (1 + negative) log 2. A loss of 100 times as much takes scores of about 70 nats on the wrong
// side in every term; training that goes well never leaves the first few times.
import { W2vError } from '../errors.ts';
import type { TrainSettings } from './settings.ts';

const LIMIT = 100;

/**
 * @param loss mean per example, nats; @param epochs done so far
 * @throws W2vError 'diverged'
 */
export function requireConvergence(
  loss: number,
  epochs: number,
  { negative, learningRate }: Pick<TrainSettings, 'negative' | 'learningRate'>,
): void {
  const untrained = (1 + negative) * Math.LN2;
  if (loss <= LIMIT * untrained) return;
  const observed = Number.isFinite(loss)
    ? `is ${loss < 1e6 ? Math.round(loss).toLocaleString('en') : loss.toExponential(1)} (untrained: ${untrained.toFixed(2)})`
    : 'is not a finite number';
  throw new W2vError(
    'diverged',
    `training diverged: the loss ${observed} after ${epochs.toFixed(2)} epochs (learning rate ${learningRate})`,
    `train with a lower learning rate: { learningRate: ${learningRate / 2} }`,
  );
}
