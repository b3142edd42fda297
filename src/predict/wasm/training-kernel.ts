// The training kernel (src/kernels/training.assembly.ts): which build of it runs here, and one instance a thread.
import { setFlagsFromString } from 'node:v8';
import { sha256Of } from '../../files/sha256.ts';
import { loadKernel } from '../../kernels/load.ts';
import { readKernel } from '../../kernels/read.ts';
import { startKernel } from '../../kernels/start.ts';
import { losses } from '../settings.ts';
import type { MemoryShape, TrainingMemory } from './training-memory.ts';

export interface TrainingKernel {
  /** See the kernel. */
  keepTokens(tokens: number, total: number, position: bigint, keepSeed: bigint, to: number): number;
  trainKept(total: number, first: number, last: number, drawSeed: bigint, rate: number): void;
  wordsSeen(): number;
  blocksDone(): number;
  resumeBlocks(done: number): void;
  lossOfChunk(): number;
  examplesOfChunk(): number;
  centresOfChunk(): number;
}

// (module (func (param v128 v128 v128) (result v128) (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2))))
const RELAXED_MADD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0],
  ...[10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11],
);

/** Whether fused multiply-add is there. V8 11 (Node 20) has it behind a flag that may be set at any time. */
function hasRelaxedSimd(): boolean {
  if (WebAssembly.validate(RELAXED_MADD)) return true;
  if (!process.versions.v8.startsWith('11.')) return false;
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  return WebAssembly.validate(RELAXED_MADD);
}

export interface LoadedKernel {
  module: WebAssembly.Module;
  arithmetic: 'relaxed-simd' | 'simd';
  /** Of its code, 12 hexadecimal digits. */
  hash: string;
}

/** The fastest build of the kernel that this Node runs. Its sums round differently from those of the other one. */
export function loadTrainingKernel(): LoadedKernel {
  const isRelaxed = hasRelaxedSimd();
  const name = isRelaxed ? 'training-relaxed' : 'training';
  const hash = sha256Of(readKernel(name)).slice(0, 12);
  return { module: loadKernel(name), arithmetic: isRelaxed ? 'relaxed-simd' : 'simd', hash };
}

export interface KernelShape
  extends Pick<MemoryShape, 'words' | 'window' | 'negative' | 'model' | 'loss' | 'hasFrozen'> {
  cbowSum: boolean;
  hasSubwords?: boolean;
}

/** An instance for thread number `thread`. */
export function startTrainingKernel(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  shape: KernelShape,
  at: TrainingMemory,
  thread: number,
): TrainingKernel {
  const { tokens: _, ...own } = at.scratch[thread]!;
  const isSampled = shape.loss === 'ns';
  const noise = new Float32Array(memory.buffer, at.noise, isSampled ? shape.words : 0);
  const mostDrawn = noise.reduce((most, chance) => Math.max(most, chance), 1 / (at.columns - 1));
  return startKernel(module, {
    memory,
    functions: { logarithm: Math.log },
    constants: {
      inputs: at.input,
      outputs: at.output,
      row: at.row,
      keeps: at.keeps,
      aliases: at.aliases,
      noise: at.noise,
      pathStarts: at.pathStarts,
      pathLinks: at.pathLinks,
      sharedMean: at.sharedMean,
      frozen: at.frozen,
      hasFrozen: shape.hasFrozen ? 1 : 0,
      subwordStarts: at.subwordStarts,
      subwordRows: at.subwordRows,
      hasSubwords: shape.hasSubwords ? 1 : 0,
      vocabulary: shape.words,
      window: shape.window,
      negatives: isSampled ? shape.negative : 1,
      heaviest: isSampled ? mostDrawn : 1,
      blockSize: at.blockSize,
      columns: at.columns,
      groups: at.groups,
      model: shape.model === 'skipgram' ? 0 : shape.cbowSum ? 2 : 1,
      loss: losses.indexOf(shape.loss),
      ...own,
    },
  }) as unknown as TrainingKernel;
}
