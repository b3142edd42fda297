// Chooses and starts the training engine, and says why.
import { W2vError } from '../errors.ts';
import type { EngineOptions, TrainingEngine } from './engine.ts';
import { requireOneOf } from './settings.ts';

export const engineChoices = ['auto', 'tensorflow', 'wasm'] as const;
export type EngineChoice = (typeof engineChoices)[number];

/**
 * Starts an engine. `auto` takes TensorFlow if it is set up, otherwise the portable engine, which is always available.
 *
 * @returns the engine, and in a few words why it is this one
 * @throws W2vError 'engine-unavailable' if TensorFlow is requested and does not load, 'usage' for an unknown name
 */
export async function openEngine(
  choice: EngineChoice = 'auto',
  options: EngineOptions = {},
): Promise<{ engine: TrainingEngine; why: string }> {
  requireOneOf('engine', choice, engineChoices);
  if (choice !== 'wasm') {
    try {
      const { createTensorflowEngine } = await import('./tensorflow/engine.ts');
      const engine = await createTensorflowEngine(options);
      return { engine, why: choice === 'auto' ? 'it is set up' : 'as asked' };
    } catch (error) {
      const missing = error instanceof W2vError && error.code === 'engine-unavailable';
      if (choice !== 'auto' || !missing) throw error;
      const { createWasmEngine } = await import('./wasm/engine.ts');
      return { engine: await createWasmEngine(), why: error.message };
    }
  }
  const { createWasmEngine } = await import('./wasm/engine.ts');
  return { engine: await createWasmEngine(), why: 'as asked' };
}
