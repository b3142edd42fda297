// Which losses the TensorFlow engine trains with. Checked before the engine is loaded, and by the engine itself for
// direct callers.
import { usage } from '../base/errors.ts';
import type { Loss } from './settings.ts';

/** @throws W2vError 'usage' */
export function requireTensorflowLoss(loss: Loss): void {
  if (loss !== 'hs') return;
  throw usage(
    "the TensorFlow engine has no hierarchical softmax (loss 'hs')",
    "train with { engine: 'wasm' }, or with { loss: 'ns' } or { loss: 'softmax' }",
  );
}
