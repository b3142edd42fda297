// A training in rounds on a cluster: before the first round the text is encoded there and its slices are measured; in a
// round one job trains the shards from the model that is sent, each in a task of its own, and a second one combines
// their changes.
import { createHash } from 'node:crypto';
import { W2vError } from '../../base/errors.ts';
import { formatVocabulary, type Vocabulary } from '../../corpus/vocabulary.ts';
import type { ResultMatrices } from '../../train/result-memory.ts';
import type { TrainSettings } from '../../train/settings.ts';
import { planRounds, type RoundSettings, sliceMargin, sliceOf } from '../../train/shards/plan-rounds.ts';
import type { RoundsElsewhere, ShardRunner } from '../../train/shards/shard-runner.ts';
import { emptyTally, sumOfTallies, type Tally } from '../../train/tally.ts';
import type { ClusterPlace } from '../cluster.ts';
import { type ClusterProgress, stagesReporter } from '../cluster-progress.ts';
import type { ClusterTokenizing } from '../settings.ts';
import type { WorkerSettings } from '../worker/settings.ts';
import { blockRows, FIGURES, formatStart, type RoundFile, type ShardFigures } from '../worker/train-shards.ts';
import { encodeOnCluster } from './cluster-text.ts';
import { modelsOnDisk, requireWorthIt } from './worth-it.ts';

export interface ClusterRoundOptions {
  tokenizing: ClusterTokenizing;
  rounds: RoundSettings;
  settings: TrainSettings;
  /** Also where one machine is faster. */
  evenIfSlower: boolean;
  onWarning?: ((text: string) => void) | undefined;
  progress: ClusterProgress;
}

/**
 * Encodes the text and measures its slices. Throws as `planRounds`, `requireWorthIt` and the session do.
 */
export async function openClusterRounds(
  place: ClusterPlace,
  vocabulary: Vocabulary,
  { tokenizing, rounds, settings, evenIfSlower, onWarning, progress }: ClusterRoundOptions,
): Promise<RoundsElsewhere> {
  const { session, worker, corpus } = place;
  const { words, counts } = vocabulary;
  const training = { words: words.length, tokens: vocabulary.total, ...settings, ...rounds };
  requireWorthIt(training, evenIfSlower);
  const much = modelsOnDisk(training, settings.epochs);
  if (much !== undefined) onWarning?.(much);
  const vocabularyText = formatVocabulary(vocabulary);
  const file = await worker.send('w2v-vocabulary-training.tsv', Buffer.from(vocabularyText));
  const text = await encodeOnCluster(place, tokenizing, file, progress);
  const plan = planRounds(text.length, rounds, settings);
  const base: WorkerSettings = { ...tokenizing, vocabulary: file };
  const send = (name: string, content: RoundFile) => worker.send(name, Buffer.from(JSON.stringify(content)));

  const planFile = await send('w2v-plan.json', { plan, settings, wordsBefore: [] });
  const measured = worker.run(
    'position, ids',
    'measure',
    { ...base, round: planFile },
    'shard INT, slice INT, words BIGINT, checksum BIGINT',
    text.view,
  );
  const { signal, onReattach } = progress;
  const sums = `SELECT shard, slice, sum(words) AS words, sum(checksum) AS checksum FROM (${measured}) GROUP BY shard, slice ORDER BY shard, slice`;
  const wordsIn = plan.shardPlans.map(() => new Array<number>(plan.syncs).fill(0));
  const hash = createHash('sha256').update(vocabularyText).update(corpus.files!.join('\n')).update(String(text.length));
  for (const { shard, slice, words, checksum } of await session.rows(sums, { signal, onReattach })) {
    wordsIn[Number(shard)][Number(slice)] = Number(words);
    hash.update(` ${words} ${BigInt.asUintN(32, BigInt(checksum as bigint))}`); // however the pieces were spread
  }
  const wordsBefore = wordsIn.map((ofSlices) => {
    const ends = [0];
    for (const some of ofSlices) ends.push(ends.at(-1)! + some);
    return ends;
  });
  const round: RoundFile = { plan, settings, wordsBefore };
  const roundFile = await send('w2v-rounds.json', round);
  const keys = await keysOfPartitions(session, plan.shards);
  const tokens = wordsBefore.reduce((sum, ends) => sum + ends.at(-1)!, 0);
  return {
    tokens,
    hash: hash.digest('hex').slice(0, 16),
    runner: clusterRunner(place, { ...base, round: roundFile }, text.view, { round, keys, V: counts.length, progress }),
  };
}

/** The slices of a round with their margins, as SQL; `partition` sends each shard to a task of its own. */
function slicesOfRound({ plan, settings }: RoundFile, keys: readonly number[], round: number): string {
  const margin = sliceMargin(settings.window);
  const rows = plan.shardPlans.map((shard, n) => {
    const { from, to } = sliceOf(plan, shard, round);
    const first = shard.from + Math.max(0, from - margin);
    const last = shard.from + Math.min(shard.length, to + margin);
    return `(${n}, ${keys[n]}, ${first}L, ${last}L)`;
  });
  return `(SELECT * FROM VALUES ${rows.join(', ')} AS slices(shard, partition, first, last))`;
}

/** For each of N partitions a number that Spark's hash puts there. */
async function keysOfPartitions(session: ClusterPlace['session'], N: number): Promise<number[]> {
  const hashed = `SELECT CAST(id AS INT) AS key, pmod(hash(CAST(id AS INT)), ${N}) AS part FROM range(${100 * N})`;
  const rows = await session.rows(`SELECT part, min(key) AS key FROM (${hashed}) GROUP BY part`);
  const keys = new Map(rows.map(({ part, key }) => [Number(part), Number(key)]));
  // A partition without a key shares that of another: then its shards train one after the other.
  return Array.from({ length: N }, (_, n) => keys.get(n) ?? n);
}

interface RunnerShape {
  round: RoundFile;
  keys: readonly number[];
  V: number;
  progress: ClusterProgress;
}

function clusterRunner(
  { session, worker }: ClusterPlace,
  settings: WorkerSettings,
  view: string,
  { round: file, keys, V, progress }: RunnerShape,
): ShardRunner {
  const { plan, settings: training } = file;
  const { shards: N } = plan;
  const D = training.dim;
  return {
    async run({ round, model, own }, onTally, signal) {
      const sent = await worker.send(`w2v-model-${round}.bin`, formatStart(model, own));
      const ofRound: WorkerSettings = { ...settings, roundNumber: round, model: sent };
      const slices = slicesOfRound(file, keys, round);
      const here = `SELECT /*+ BROADCAST(s) */ shard, partition, position, ids FROM ${view} JOIN ${slices} s ON position < last AND position + entries > first`;
      const inParts = `SELECT /*+ REPARTITION(${N}, partition) */ * FROM (${here})`;
      const inOrder = `(SELECT shard, position, ids FROM (${inParts}) SORT BY shard, position)`;
      const schema = 'shard INT, block INT, change STRING';
      const changes = worker.run('shard, position, ids', 'train', ofRound, schema, inOrder);
      const together = `(SELECT block, shard, change FROM (${changes}) DISTRIBUTE BY block SORT BY block, shard)`;
      const combinedSchema = 'block INT, shard INT, change STRING';
      const combined = worker.run('block, shard, change', 'combine', ofRound, combinedSchema, together);
      const next: ResultMatrices = { input: model.input.slice(), output: model.output.slice() };
      const figures = new Map<number, ShardFigures>();
      const found = new Set<number>();
      const sql = `SELECT block, shard, unbase64(change) AS change FROM (${combined})`;
      const onStages = partsDone(file, round, onTally);
      for await (const batch of session.query(sql, { signal, onStages, onReattach: progress.onReattach })) {
        const columns = ['block', 'shard', 'change'].map((name) => batch.getChild(name)!);
        for (let row = 0; row < batch.numRows; row++) {
          const [block, shard, change] = columns.map((column) => column.at(row)) as [number, number, Uint8Array];
          if (block === FIGURES) figures.set(shard, JSON.parse(Buffer.from(change).toString()) as ShardFigures);
          else {
            found.add(block);
            placeBlock(next, block, change, { D, N });
          }
        }
      }
      requireWhole(found.size, Math.ceil(V / blockRows(D)), figures, N);
      const tally = sumOfTallies([...figures.values()].map(tallyOf), plan.epochs);
      return { tally, model: next, own: N === 1 ? figures.get(0)!.own : [] };
    },
  };
}

/** Reports the part of a round's tasks that is done as that part of its words; the losses are known at its end. */
function partsDone({ plan, wordsBefore }: RoundFile, round: number, onTally: (tally: Tally) => void) {
  const slice = round % plan.syncs;
  const words = wordsBefore.reduce((sum, ends) => sum + ends[slice + 1] - ends[slice], 0);
  return stagesReporter('train', {
    onProgress({ done, total }) {
      onTally({ ...emptyTally(plan.epochs), words: Math.floor((done / total) * words) });
    },
  });
}

const tallyOf = (figures: ShardFigures): Tally => ({
  ...figures,
  loss: Float64Array.from(figures.loss),
  examples: Float64Array.from(figures.examples),
});

/** Rows that came back: of several shards a change, of one the rows themselves, so that they are those of one machine. */
export function placeBlock(
  { input, output }: ResultMatrices,
  block: number,
  bytes: Uint8Array,
  { D, N }: { D: number; N: number },
): void {
  const change = new Float32Array(bytes.slice().buffer);
  const size = change.length / 2;
  const at = block * blockRows(D) * D;
  if (N === 1) {
    input.set(change.subarray(0, size), at);
    output.set(change.subarray(size), at);
    return;
  }
  for (let i = 0; i < size; i++) {
    input[at + i] += change[i];
    output[at + i] += change[size + i];
  }
}

/** What a worker lost without an error of its own must not pass for a round. */
function requireWhole(blocks: number, expected: number, figures: ReadonlyMap<number, ShardFigures>, N: number): void {
  if (blocks === expected && figures.size === N) {
    const kinds = new Set([...figures.values()].map(({ arithmetic }) => arithmetic));
    if (kinds.size === 1) return;
    const observed = `executors compute in different ways (${[...kinds].join('; ')}), so the result would depend on chance`;
    throw new W2vError('engine-unavailable', observed, "give all executors the same Node: { node: 'send' }");
  }
  const observed = `a round came back with ${blocks} of ${expected} blocks, from ${figures.size} of ${N} shards`;
  throw new W2vError('worker-failed', observed, 'resume from the last checkpoint, or run it again');
}
