// Chooses and starts the training engine, and says why.
import { checkOptionKinds } from '../base/check.ts';
import { usage, W2vError } from '../base/errors.ts';
import { checkRanges, choice as oneOf } from '../base/ranges.ts';
import type { EngineOptions, TrainingEngine } from './engine.ts';
import type { Loss } from './settings.ts';
import { requireTensorflowLoss } from './tensorflow-loss.ts';

export const engineChoices = ['auto', 'tensorflow', 'wasm'] as const;
/** `auto` (default) takes TensorFlow where it is set up, and the portable engine, `wasm`, otherwise. */
export type EngineChoice = (typeof engineChoices)[number];

/** What of a training decides the engine. */
interface Needs {
  loss?: Loss;
  subwords?: string | undefined;
  rounds?: object | undefined;
}

/**
 * Starts an engine. `auto` takes TensorFlow if it is set up and has the loss, otherwise the portable engine, which is
 * always available. Subwords and shards need the portable engine.
 *
 * @returns the engine, and in a few words why it is this one
 * @throws W2vError 'engine-unavailable' if TensorFlow is requested and does not load, 'usage' for an unknown name, and
 *   for a loss, subwords or shards that the engine does not have
 */
export async function openEngine(
  choice: EngineChoice = 'auto',
  needs: EngineOptions & Needs = {},
): Promise<{ engine: TrainingEngine; why: string }> {
  checkOptionKinds('openEngine', needs);
  const { loss = 'ns', subwords, rounds, ...options } = needs;
  checkRanges({ engine: oneOf(engineChoices) }, { engine: choice });
  if (choice === 'tensorflow') requireTensorflowLoss(loss);
  if (choice === 'tensorflow' && subwords !== undefined) throw noSubwords();
  if (choice === 'tensorflow' && rounds) throw noRounds();
  if (choice === 'wasm') return portable('as requested');
  if (choice === 'auto' && loss === 'hs') return portable(`the loss ${loss} needs it`);
  if (choice === 'auto' && subwords !== undefined) return portable('subwords need it');
  if (choice === 'auto' && rounds) return portable('shards need it');
  try {
    const { createTensorflowEngine } = await import('./tensorflow/engine.ts');
    const engine = await createTensorflowEngine(options);
    return { engine, why: choice === 'auto' ? 'it is set up' : 'as requested' };
  } catch (error) {
    const missing = error instanceof W2vError && error.code === 'engine-unavailable';
    if (choice !== 'auto' || !missing) throw error;
    return portable(error.message);
  }
}

/** The error for shards on TensorFlow. */
export function noRounds(): W2vError {
  const hint = "give { engine: 'wasm' } or { engine: 'auto' }, or leave out { shards }";
  return usage('the TensorFlow engine trains no shards', hint);
}

/** The error for subwords on TensorFlow. */
export function noSubwords(): W2vError {
  return usage(
    'the TensorFlow engine has no subwords',
    "give { engine: 'wasm' } or { engine: 'auto' }, or leave out { subwords }",
  );
}

async function portable(why: string): Promise<{ engine: TrainingEngine; why: string }> {
  const { createWasmEngine } = await import('./wasm/engine.ts');
  return { engine: await createWasmEngine(), why };
}
