// A round of a training on an executor: shards trained on their slices of the text, and their changes combined, block
// of rows by block of rows.
import { readFileSync } from 'node:fs';
import { W2vError } from '../../base/errors.ts';
import { finish } from '../../base/steps.ts';
import { LINE_END } from '../../corpus/encoded-corpus.ts';
import { parseVocabulary } from '../../corpus/vocabulary.ts';
import type { ResultMatrices } from '../../train/result-memory.ts';
import type { TrainSettings } from '../../train/settings.ts';
import { type ChangeTree, createChangeTree, subtractModel } from '../../train/shards/adasum.ts';
import { type RoundPlan, sliceMargin, sliceOf } from '../../train/shards/plan-rounds.ts';
import { trainSlice } from '../../train/shards/train-slice.ts';
import { emptyTally } from '../../train/tally.ts';
import { createWasmEngine } from '../../train/wasm/engine.ts';
import { linesOf, type RowWriter } from './rows.ts';
import type { WorkerSettings } from './settings.ts';

/** What a round needs; in a file, since it may be long. */
export interface RoundFile {
  plan: RoundPlan;
  settings: TrainSettings;
  /** (N, S + 1) Words of each shard before the ends of its slices. */
  wordsBefore: number[][];
}

/**
 * What a round begins with, as bytes: input and output matrix, (V, D) float32 each, then, in float64, the numbers that a
 * training of one shard goes on from.
 */
export function formatStart({ input, output }: ResultMatrices, own: readonly number[]): Buffer {
  const bytes = [input, output, Float64Array.from(own)].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  return Buffer.concat(bytes);
}

function parseStart(bytes: Buffer, size: number): { before: ResultMatrices; own: number[] } {
  const { buffer, byteOffset } = Buffer.concat([bytes]); // of its own, or the numbers may not be aligned
  const own = new Float64Array(buffer.slice(byteOffset + 8 * size, byteOffset + bytes.length));
  const all = new Float32Array(buffer, byteOffset, 2 * size);
  return { before: { input: all.subarray(0, size), output: all.subarray(size) }, own: [...own] };
}

/** What a shard says of its round, in the place of a change. */
export interface ShardFigures {
  words: number;
  centers: number;
  loss: number[];
  examples: number[];
  worst: number;
  worstAt: number;
  /** Of one shard alone: where its training stands beside its matrices, with which its next round begins. */
  own: readonly number[];
  /** Kernel and its arithmetic: the same on all executors, or the bytes depend on which one trains what. */
  arithmetic: string;
}

/** The block of `ShardFigures`. */
export const FIGURES = -1;

/** Rows of a block: half a megabyte of each matrix. */
export const blockRows = (D: number): number => Math.max(1, Math.floor((1 << 17) / D));

const base64 = ({ buffer, byteOffset, byteLength }: Float32Array | Buffer): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

/** The base64 after the last tab of a row, as numbers; and the columns before it. */
function columnsOf(line: Buffer): { numbers: number[]; bytes: Buffer } {
  const tab = line.lastIndexOf(9);
  const numbers = line.toString('latin1', 0, tab).split('\t').map(Number);
  return { numbers, bytes: Buffer.from(line.toString('latin1', tab + 1), 'base64') };
}

const int32Of = (bytes: Buffer): Int32Array =>
  new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
const float32Of = (bytes: Buffer): Float32Array =>
  new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));

/**
 * From rows position, ids (any piece of the text) to rows shard, slice, words, checksum: how many words of the piece a
 * slice has, and a sum over its ids and their places (modulo 2^32), by which another text is noticed.
 */
export async function measureSlices(
  input: AsyncIterable<Uint8Array>,
  { round: path }: WorkerSettings,
  rows: RowWriter,
): Promise<void> {
  const { plan } = JSON.parse(readFileSync(path!, 'utf8')) as RoundFile;
  const zeros = () => plan.shardPlans.map(() => new Array<number>(plan.syncs).fill(0));
  const [words, checksums] = [zeros(), zeros()];
  for await (const line of linesOf(input)) {
    const { numbers, bytes } = columnsOf(line);
    const [position] = numbers as [number];
    const ids = int32Of(bytes);
    for (const [n, shard] of plan.shardPlans.entries()) {
      if (shard.from + shard.length <= position || shard.from >= position + ids.length) continue;
      for (let slice = 0; slice < plan.syncs; slice++) {
        const { from, to } = sliceOf(plan, shard, slice);
        const end = Math.min(ids.length, shard.from + to - position);
        let checksum = checksums[n][slice];
        for (let i = Math.max(0, shard.from + from - position); i < end; i++) {
          if (ids[i] === LINE_END) continue;
          words[n][slice]++;
          checksum = (checksum + Math.imul(ids[i] ^ Math.imul(position + i + 1, 0x9e3779b1), 0x85ebca6b)) >>> 0;
        }
        checksums[n][slice] = checksum;
      }
    }
  }
  for (const [n, ofShard] of words.entries()) {
    for (const [slice, count] of ofShard.entries()) {
      if (count > 0) await rows.write(`${n}\t${slice}\t${count}\t${checksums[n][slice]}\n`);
    }
  }
}

/**
 * From rows shard, position, ids, in this order, to rows shard, block, change; and the shard's figures. The change of
 * one shard alone is the model itself.
 */
export async function trainShards(
  input: AsyncIterable<Uint8Array>,
  settings: WorkerSettings,
  rows: RowWriter,
): Promise<void> {
  let pieces: { position: number; ids: Int32Array }[] = [];
  let current: number | undefined;
  const train = async () => {
    if (current !== undefined) await trainShard(current, pieces, settings, rows);
    pieces = [];
  };
  for await (const line of linesOf(input)) {
    const { numbers, bytes } = columnsOf(line);
    const [shard, position] = numbers as [number, number];
    if (shard !== current) await train();
    current = shard;
    pieces.push({ position, ids: int32Of(bytes) });
  }
  await train();
}

async function trainShard(
  n: number,
  pieces: readonly { position: number; ids: Int32Array }[],
  { round: path, model: modelPath, roundNumber, vocabulary: vocabularyPath }: WorkerSettings,
  rows: RowWriter,
): Promise<void> {
  const { plan, settings, wordsBefore } = JSON.parse(readFileSync(path!, 'utf8')) as RoundFile;
  const round = roundNumber!;
  const vocabulary = parseVocabulary(readFileSync(vocabularyPath!, 'utf8'), vocabularyPath!);
  const { dim: D, window } = settings;
  const V = vocabulary.words.length;
  const shard = { ...plan.shardPlans[n], wordsBefore: wordsBefore[n] };
  const { from, to } = sliceOf(plan, shard, round);
  const first = Math.max(0, from - sliceMargin(window));
  const end = Math.min(shard.length, to + sliceMargin(window));
  const ids = gather(pieces, shard.from + first, shard.from + end);
  const { before, own: start } = parseStart(readFileSync(modelPath!), V * D);
  const fill = (matrix: Float32Array) => (target: Float32Array, row: number) =>
    target.set(matrix.subarray(row * D, row * D + target.length));
  const engine = await createWasmEngine();
  const trained = await trainSlice(
    engine,
    {
      corpus: { vocabulary, length: shard.length, tokens: shard.wordsBefore.at(-1)!, storage: { ids, first } },
      settings,
      initial: { input: fill(before.input), output: fill(before.output) },
      ...{ shard, plan, round, own: start },
    },
    () => {},
    undefined,
  );
  const isAlone = plan.shards === 1;
  // What one shard has learned is the next model: a difference would be rounded.
  if (!isAlone) finish(subtractModel(trained.model, before, D));
  const { loss, examples, ...figures } = { ...emptyTally(settings.epochs), ...trained.tally };
  const own: ShardFigures = {
    ...figures,
    loss: [...loss],
    examples: [...examples],
    own: isAlone ? trained.own : [],
    arithmetic: Object.values(engine.arithmetic).join(' '),
  };
  for (const { block, change } of blocksOf(trained.model, D)) await rows.write(`${n}\t${block}\t${base64(change)}\n`);
  await rows.write(`${n}\t${FIGURES}\t${base64(Buffer.from(JSON.stringify(own)))}\n`);
}

/** Entries `from` .. `to` - 1 of the text, in memory that threads share. Throws `worker-failed` if some are missing. */
function gather(pieces: readonly { position: number; ids: Int32Array }[], from: number, to: number): Int32Array {
  const all = new Int32Array(new SharedArrayBuffer(4 * (to - from)));
  let next = from;
  for (const { position, ids } of pieces) {
    if (position > next) break;
    const some = ids.subarray(next - position, to - position);
    all.set(some, next - from);
    next += some.length;
  }
  if (next === to) return all;
  const observed = `the entries of the text from ${next} to ${to} did not reach the worker of their shard`;
  throw new W2vError('worker-failed', observed, 'run it again; if that does not help, report it');
}

/** Rows of both matrices, one after the other. */
function* blocksOf({ input, output }: ResultMatrices, D: number) {
  const size = blockRows(D) * D;
  for (let at = 0; at < input.length; at += size) {
    const [some, others] = [input.subarray(at, at + size), output.subarray(at, at + size)];
    const change = new Float32Array(2 * some.length);
    change.set(some);
    change.set(others, some.length);
    yield { block: at / size, change };
  }
}

/**
 * From rows block, shard, change, in this order, to rows block, shard, change: combined, as of shard 0; figures as they
 * are.
 */
export async function combineChanges(
  input: AsyncIterable<Uint8Array>,
  { round: path }: WorkerSettings,
  rows: RowWriter,
): Promise<void> {
  let round: RoundFile | undefined;
  let current = FIGURES;
  let tree: ChangeTree | undefined;
  let changes = 0; // in the tree
  const combine = async () => {
    if (!round || !tree) return;
    if (changes !== round.plan.shards) {
      const observed = `block ${current} has the changes of ${changes} shards, expected ${round.plan.shards}`;
      throw new W2vError('worker-failed', observed, 'run it again; if that does not help, report it');
    }
    await rows.write(`${current}\t0\t${base64(finish(tree.finish()).input)}\n`);
    tree = undefined;
    changes = 0;
  };
  for await (const line of linesOf(input)) {
    const { numbers, bytes } = columnsOf(line);
    const [block, shard] = numbers as [number, number];
    if (block !== current) await combine();
    current = block;
    if (block === FIGURES) {
      await rows.write(`${block}\t${shard}\t${bytes.toString('base64')}\n`);
      continue;
    }
    round ??= JSON.parse(readFileSync(path!, 'utf8')) as RoundFile;
    tree ??= createChangeTree(round.settings.dim);
    finish(tree.add({ input: float32Of(bytes), output: new Float32Array(0) })); // rows of both matrices at once
    changes++;
  }
  await combine();
}
