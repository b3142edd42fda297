// Which losses the TensorFlow engine trains with. Checked before it is loaded, and by the engine for those who open it themselves.
import { W2vError } from '../errors.ts';
import type { Loss } from './settings.ts';

const names = { ns: 'negative sampling', hs: 'hierarchical softmax', softmax: 'the full softmax' };

/** @throws W2vError 'usage' */
export function requireTensorflowLoss(loss: Loss): void {
  if (loss === 'ns') return;
  throw new W2vError(
    'usage',
    `the TensorFlow engine trains with negative sampling, not with ${names[loss]} (loss '${loss}')`,
    "train with { engine: 'wasm' }, or leave out { loss }",
  );
}
