// A training in rounds on this machine, from an encoded corpus.

import { outOfMemory } from '../../base/errors.ts';
import { byteSize } from '../../base/format-numbers.ts';
import type { EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import type { TrainingEngine, TrainTask } from '../engine.ts';
import { memoryOfMachine } from '../result-memory.ts';
import type { LoopOptions, Trained } from '../train-loop.ts';
import { createLocalRunner } from './local-runner.ts';
import { planRounds, type RoundSettings } from './plan-rounds.ts';
import { trainInRounds } from './train-in-rounds.ts';

/**
 * Trains `settings.threads` shards at a time. With one shard the result is that of a training without rounds on one
 * thread, to the byte, whatever S is.
 *
 * @throws W2vError what `planRounds` and `trainInRounds` throw
 */
export async function trainRoundsHere(
  engine: TrainingEngine,
  task: TrainTask & { corpus: EncodedCorpus },
  rounds: RoundSettings & { saveEachRound: boolean },
  options: LoopOptions,
): Promise<Trained> {
  const { corpus, settings } = task;
  const plan = planRounds(corpus.length, rounds, settings);
  const atOnce = Math.min(settings.threads, rounds.shards);
  requireMemory(corpus.vocabulary.words.length, settings.dim, rounds.shards, atOnce);
  const runner = await createLocalRunner(engine, task, plan, { atOnce, signal: options.signal });
  const { tokens, vocabulary } = corpus;
  const { saveEachRound } = rounds;
  return trainInRounds(runner, { ...task, tokens, counts: vocabulary.counts, plan, saveEachRound }, options);
}

/** The model; in each shard that trains an engine's and its change; and the changes that wait to be combined. */
function requireMemory(V: number, D: number, shards: number, atOnce: number): void {
  const models = 1 + 2 * atOnce + (shards > 1 ? Math.floor(Math.log2(shards)) : 0);
  const needed = models * 8 * V * D;
  const available = memoryOfMachine();
  if (needed <= available) return;
  const observed = `training ${shards} shards, ${atOnce} at a time, needs ${byteSize(needed)}, and the machine has ${byteSize(available)}`;
  const size = `${models} models of two matrices of ${V.toLocaleString('en')} words x ${D} dimensions x 4 bytes`;
  throw outOfMemory(`${observed}: ${size}`, 'train fewer shards at a time ({ threads: 1 })');
}
