// The parts of a round by pipes, without Spark: encoded, measured, trained and combined in partitions, a text gives the
// model that its shards give on one machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { placeBlock } from '../../../src/cluster/rounds/cluster-rounds.ts';
import { asW2vError, type RpcError } from '../../../src/cluster/spark-errors.ts';
import { settingsWord, type WorkerMode, type WorkerSettings } from '../../../src/cluster/worker/settings.ts';
import { FIGURES, formatStart, type RoundFile, type ShardFigures } from '../../../src/cluster/worker/train-shards.ts';
import { encodeText } from '../../../src/corpus/encode.ts';
import { formatVocabulary } from '../../../src/corpus/vocabulary.ts';
import { initialRows } from '../../../src/train/initialize.ts';
import { createLocalRunner } from '../../../src/train/shards/local-runner.ts';
import { planRounds, sliceMargin, sliceOf } from '../../../src/train/shards/plan-rounds.ts';
import { settingsInRounds } from '../../../src/train/shards/round-settings.ts';
import type { RoundStart } from '../../../src/train/shards/shard-runner.ts';
import { createWasmEngine } from '../../../src/train/wasm/engine.ts';
import { plantedText } from '../../train/planted-text.ts';

const program = fileURLToPath(new URL('../../../dist/cluster-worker.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'w2v-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(mode: WorkerMode, settings: Partial<WorkerSettings>, input: string) {
  const word = settingsWord({ tokenizer: 'words', keepCase: false, ...settings });
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, mode, word], { input, maxBuffer: 1 << 28 });
  const rows = stdout.toString().split('\n').filter(Boolean);
  const failure = { code: 13, rawMessage: stderr.toString(), details: [], metadata: new Headers() } as RpcError;
  return {
    rows: rows.map((row) => row.split('\t')),
    status,
    error: status === 0 ? undefined : asW2vError(failure, ''),
  };
}

/** Rows of all partitions. */
const runAll = (mode: WorkerMode, settings: Partial<WorkerSettings>, inputs: readonly string[]) =>
  inputs.flatMap((input) => {
    const { rows, status } = run(mode, settings, input);
    expect(status).toBe(0);
    return rows;
  });
const textOf = (rows: readonly (readonly (string | number)[])[]) => rows.map((row) => `${row.join('\t')}\n`).join('');

// Rare words and lines of rare words alone, which are dropped.
const lines = plantedText(1500)
  .split('\n')
  .flatMap((line, at) => (at % 7 === 0 ? [`rare${at} ${line}`, `alone${at}`, ''] : [line]));
const corpus = await encodeText(lines.join('\n'), { minCount: 3 });
const entries = new Int32Array(corpus.length);
corpus.read(0, entries, 0, entries.length);
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const vocabulary = file('vocabulary.tsv', formatVocabulary(corpus.vocabulary));
const files = file('files.txt', 'file:/a\nfile:/b');

/** Three partitions: two blocks of a file of which the second comes first, and another file with its end before it. */
function encoded() {
  const block = (uri: string, start: number, some: string[]) =>
    some.map((line) => `${uri}\t${start}\t${line}\n`).join('');
  const [a, b] = [lines.slice(0, 900), lines.slice(900)];
  const inputs = [
    block('file:/a', 5000, a.slice(400)) + block('file:/a', 0, a.slice(0, 400)),
    block('file:/b', 0, b.slice(0, 300)),
    block('file:/b', 900, b.slice(300)),
  ];
  const rows = runAll('encode', { files, vocabulary }, inputs);
  const place = (row: readonly string[]) => row.slice(0, 3).map(Number) as [number, number, number];
  rows.sort((x, y) => {
    const [p, q] = [place(x), place(y)];
    return p[0] - q[0] || p[1] - q[1] || p[2] - q[2];
  });
  let position = 0;
  return rows.map(([, , , count, ids]) => {
    position += Number(count);
    return { position: position - Number(count), entries: Number(count), ids: ids! };
  });
}

const rounds = { shards: 3, syncs: 2 };
const settings = settingsInRounds({ dim: 12, epochs: 2, window: 3, sample: 0.01 }, rounds);
const plan = planRounds(corpus.length, rounds, settings);
const pieces = encoded();

describe('a text on a cluster', () => {
  it('is encoded in partitions as in one piece, whatever their order', () => {
    const all = Buffer.concat(pieces.map(({ ids }) => Buffer.from(ids, 'base64')));
    expect(new Int32Array(all.buffer.slice(all.byteOffset, all.byteOffset + all.length))).toEqual(entries);
    expect(pieces.every((piece) => Buffer.from(piece.ids, 'base64').length === 4 * piece.entries)).toBe(true);
  });

  it('has as many words in each slice as on one machine', () => {
    const round = file('plan.json', JSON.stringify({ plan, settings, wordsBefore: [] } satisfies RoundFile));
    const halves = [pieces.filter((_, at) => at % 2 === 0), pieces.filter((_, at) => at % 2 === 1)];
    const rows = runAll(
      'measure',
      { round },
      halves.map((half) => textOf(half.map(({ position, ids }) => [position, ids]))),
    );
    for (const [n, shard] of plan.shardPlans.entries()) {
      for (let slice = 0; slice < rounds.syncs; slice++) {
        const found = rows.filter(([one, other]) => Number(one) === n && Number(other) === slice);
        const words = found.reduce((sum, [, , count]) => sum + Number(count), 0);
        const { from, to } = sliceOf(plan, shard, slice);
        expect(words).toBe(entries.subarray(shard.from + from, shard.from + to).filter((id) => id >= 0).length);
      }
    }
  });
});

it('the checksums of the slices are those of the text, however it is spread, and no other text has them', () => {
  const round = file('plan.json', JSON.stringify({ plan, settings, wordsBefore: [] } satisfies RoundFile));
  const sums = (parts: (typeof pieces)[]) => {
    const inputs = parts.map((part) => textOf(part.map(({ position, ids }) => [position, ids])));
    const all = new Map<string, bigint>();
    for (const [n, slice, , checksum] of runAll('measure', { round }, inputs)) {
      const key = `${n} ${slice}`;
      all.set(key, BigInt.asUintN(32, (all.get(key) ?? 0n) + BigInt(checksum!)));
    }
    return [...all].sort().join(' ');
  };
  const expected = sums([pieces]);
  expect(sums(pieces.map((piece) => [piece]))).toBe(expected);
  const ids = new Int32Array(new Uint8Array(Buffer.from(pieces[0].ids, 'base64')).buffer);
  const other = ids.findIndex((id, at) => at > 0 && id >= 0 && id !== ids[0]);
  [ids[0], ids[other]] = [ids[other], ids[0]];
  const swapped = { ...pieces[0], ids: Buffer.from(ids.buffer).toString('base64') };
  expect(sums([[swapped, ...pieces.slice(1)]])).not.toBe(expected);
});

describe('a round on a cluster', async () => {
  const engine = await createWasmEngine();
  const V = corpus.vocabulary.words.length;
  const D = settings.dim;
  const model = { input: new Float32Array(V * D), output: new Float32Array(V * D) };
  const initial = initialRows(settings, V);
  initial.input(model.input, 0);
  const wordsBefore = plan.shardPlans.map((shard) =>
    [0, 1, 2].map((slice) => {
      const end = slice === 0 ? 0 : sliceOf(plan, shard, slice - 1).to;
      return entries.subarray(shard.from, shard.from + end).filter((id) => id >= 0).length;
    }),
  );
  const round = file('rounds.json', JSON.stringify({ plan, settings, wordsBefore } satisfies RoundFile));
  const modelFile = file(
    'model.bin',
    Buffer.concat([Buffer.from(model.input.buffer), Buffer.from(model.output.buffer)]),
  );
  const ofRound = { vocabulary, round, roundNumber: 3, model: modelFile };
  const margin = sliceMargin(settings.window);
  const rowsOfShard = (n: number) => {
    const shard = plan.shardPlans[n];
    const { from, to } = sliceOf(plan, shard, 3);
    const [first, last] = [shard.from + Math.max(0, from - margin), shard.from + Math.min(shard.length, to + margin)];
    return pieces
      .filter((piece) => piece.position < last && piece.position + piece.entries > first)
      .map(({ position, ids }) => [n, position, ids]);
  };
  // Two shards in one task, one in another.
  const trained = runAll('train', ofRound, [textOf([...rowsOfShard(0), ...rowsOfShard(2)]), textOf(rowsOfShard(1))]);
  const together = (rows: string[][]) =>
    rows
      .map(([shard, block, change]) => [Number(block), Number(shard), change!] as const)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]);

  it('gives the model that the same shards give on this machine, to the byte', async () => {
    const combined = runAll('combine', ofRound, [textOf(together(trained))]);
    const next = { input: model.input.slice(), output: model.output.slice() };
    for (const [block, , base64] of combined) {
      if (Number(block) !== FIGURES) placeBlock(next, Number(block), Buffer.from(base64!, 'base64'), { D, N: 3 });
    }
    const local = await createLocalRunner(engine, { corpus, settings, initial }, plan, { atOnce: 2 });
    const expected = await local.run({ round: 3, model, own: [] }, () => {}, undefined);
    expect(next.input).not.toEqual(model.input);
    expect(next).toEqual(expected.model);
    const figures = combined.filter(([block]) => Number(block) === FIGURES);
    const words = figures.map(([, , base64]) => JSON.parse(Buffer.from(base64!, 'base64').toString()).words as number);
    expect(words).toHaveLength(3);
    expect(words.reduce((sum, some) => sum + some, 0)).toBe(expected.tally.words);
  });

  it('of one shard gives, round after round, the training of one machine, to the byte', async () => {
    const one = { shards: 1, syncs: 2 };
    const alone = planRounds(corpus.length, one, settings);
    const [shard] = alone.shardPlans;
    const before = [0, 1, 2].map((slice) => {
      const end = slice === 0 ? 0 : sliceOf(alone, shard!, slice - 1).to;
      return entries.subarray(0, end).filter((id) => id >= 0).length;
    });
    const round = file('one-shard.json', JSON.stringify({ plan: alone, settings, wordsBefore: [before] }));
    const local = await createLocalRunner(engine, { corpus, settings, initial }, alone, { atOnce: 1 });
    let expected: Pick<RoundStart, 'model' | 'own'> = { model, own: [] };
    let next = { input: model.input.slice(), output: model.output.slice() };
    let own: readonly number[] = [];
    for (let number = 0; number < 4; number++) {
      expected = await local.run({ round: number, ...expected }, () => {}, undefined);
      const start = file('start.bin', formatStart(next, own));
      const rows = pieces.map(({ position, ids }) => [0, position, ids]);
      const changes = runAll('train', { vocabulary, round, roundNumber: number, model: start }, [textOf(rows)]);
      next = { input: next.input.slice(), output: next.output.slice() };
      for (const [block, , base64] of runAll('combine', { round }, [textOf(together(changes))])) {
        const bytes = Buffer.from(base64!, 'base64');
        if (Number(block) === FIGURES) own = (JSON.parse(bytes.toString()) as ShardFigures).own;
        else placeBlock(next, Number(block), bytes, { D, N: 1 });
      }
      expect(next).toEqual(expected.model);
      expect(own).toEqual(expected.own);
    }
    expect(own.length).toBeGreaterThan(0);
  });

  it('does not train on a slice of which a piece is missing', () => {
    const rows = rowsOfShard(1);
    expect(rows.length).toBeGreaterThan(1);
    for (const some of [rows.slice(1), rows.slice(0, -1)]) {
      const { status, error } = run('train', ofRound, textOf(some));
      expect(status).toBe(70);
      expect(error).toMatchObject({ code: 'worker-failed', message: expect.stringContaining('did not reach') });
    }
  });

  it('does not combine where the change of a shard is missing', () => {
    const { status, error } = run('combine', ofRound, textOf(together(trained).slice(0, -1)));
    expect(status).toBe(70);
    expect(error).toMatchObject({ code: 'worker-failed', message: expect.stringContaining('of 2 shards, expected 3') });
  });
});
