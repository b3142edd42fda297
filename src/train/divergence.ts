// When training has diverged: the steps were too long, scores grow without bound, and what comes out says nothing.
// The rule: the mean loss of one chunk or batch is not a finite number, or more than LIMIT times that of untrained
// vectors (untrained-loss.ts). A loss of 100 times as much takes scores of about 70 nats on the wrong side in every
// term; training that goes well never leaves the first few times.
import { W2vError } from '../base/errors.ts';
import { initScales } from './initialize.ts';
import type { TrainSettings } from './settings.ts';

const LIMIT = 100;

type Settings = Pick<TrainSettings, 'learningRate' | 'init' | 'initScale' | 'dim'>;

/**
 * @param loss mean per example, nats; @param epochs done so far; @param settings with the loss of untrained vectors
 * @throws W2vError 'diverged'
 */
export function requireConvergence(
  loss: number,
  epochs: number,
  { untrained, ...settings }: Settings & { untrained: number },
): void {
  if (loss <= LIMIT * untrained) return;
  const observed = Number.isFinite(loss)
    ? `is ${loss < 1e6 ? Math.round(loss).toLocaleString('en') : loss.toExponential(1)} (untrained: ${untrained.toFixed(2)})`
    : 'is not a finite number';
  throw diverged(`the loss ${observed} after ${epochs.toFixed(2)} epochs`, settings);
}

/** @param rows (n, D), from number `first` on; @throws W2vError 'diverged' */
export function requireFiniteRows(rows: Float32Array, first: number, settings: Settings): void {
  for (let i = 0; i < rows.length; i++) {
    if (Number.isFinite(rows[i])) continue;
    throw diverged(`row ${first + Math.floor(i / settings.dim)} holds ${rows[i]}`, settings);
  }
}

/** Large starting weights alone can give such a loss: then a lower rate would not help. */
function diverged(observed: string, { learningRate, init, initScale, dim }: Settings): W2vError {
  const { standard } = initScales(init, dim);
  const lower = `train with a lower learning rate: { learningRate: ${learningRate / 2} }`;
  if (initScale <= standard)
    return new W2vError('diverged', `training diverged: ${observed} (learning rate ${learningRate})`, lower);
  return new W2vError(
    'diverged',
    `training diverged: ${observed} (starting weights: ${init} with scale ${initScale}; learning rate ${learningRate})`,
    `start from smaller weights: { initScale: ${standard} }; if that does not help, ${lower}`,
  );
}
