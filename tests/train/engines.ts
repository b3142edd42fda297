// Both engines, for tests of what they have in common; TensorFlow is skipped where it is not set up.
import type { TrainingEngine } from '../../src/train/engine.ts';
import { createTensorflowEngine } from '../../src/train/tensorflow/engine.ts';
import { createWasmEngine } from '../../src/train/wasm/engine.ts';
import { tensorflow } from './tensorflow/available.ts';

export interface EngineUnderTest {
  name: TrainingEngine['name'];
  isMissing: boolean;
  open(): Promise<TrainingEngine>;
}

export const engines: EngineUnderTest[] = [
  { name: 'tensorflow', isMissing: tensorflow === undefined, open: () => createTensorflowEngine({ threads: 2 }) },
  { name: 'wasm', isMissing: false, open: createWasmEngine },
];
