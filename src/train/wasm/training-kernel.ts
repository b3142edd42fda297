// The training kernel (src/kernels/train/training.assembly.ts): which build of it runs here, and one instance a thread.
import { setFlagsFromString } from 'node:v8';
import { sha256Of } from '../../files/sha256.ts';
import { loadKernel } from '../../kernels/load.ts';
import { readKernel, requireKernels } from '../../kernels/read.ts';
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
  centersOfChunk(): number;
}

// (module (func (export "f") (param f32 f32 f32) (result f32) (f32x4.extract_lane 0 (f32x4.relaxed_madd
//   (f32x4.splat (local.get 0)) (f32x4.splat (local.get 1)) (f32x4.splat (local.get 2))))))
const RELAXED_MADD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 125, 125, 125, 1, 125, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0],
  ...[10, 22, 1, 20, 0, 32, 0, 253, 19, 32, 1, 253, 19, 32, 2, 253, 19, 253, 133, 2, 253, 31, 0, 11],
);

/** Whether relaxed SIMD is there. V8 11 (Node 20) has it behind a flag that may be set at any time. */
function hasRelaxedSimd(): boolean {
  if (WebAssembly.validate(RELAXED_MADD)) return true;
  if (!process.versions.v8.startsWith('11.')) return false;
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  return WebAssembly.validate(RELAXED_MADD);
}

/**
 * Whether its multiply-add is fused. The instruction may also round twice, and does so on x86-64 without FMA3: then
 * (1 + u)^2 - (1 + 2u), with u = 2^-23, is 0 in place of u^2.
 */
function isFused(): boolean {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(RELAXED_MADD));
  const madd = exports.f as (a: number, b: number, c: number) => number;
  const u = 2 ** -23;
  return madd(1 + u, 1 + u, -(1 + 2 * u)) !== 0;
}

export interface LoadedKernel {
  module: WebAssembly.Module;
  /** relaxed-simd: with a fused multiply-add. */
  arithmetic: 'relaxed-simd' | 'simd';
  /** Of its code, 12 hexadecimal digits. */
  hash: string;
}

/** The fastest build of the kernel that this Node runs. Its sums round differently from those of the other one. */
export function loadTrainingKernel(): LoadedKernel {
  requireKernels();
  const isRelaxed = hasRelaxedSimd() && isFused();
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
  const { tokens: _, ...own } = at.scratch[thread];
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
