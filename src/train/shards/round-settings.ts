// The settings of a training in rounds: those of any training, but for the learning rate where none is given, and what
// rounds lack.
import { usage } from '../../base/errors.ts';
import { type GivenTrainSettings, type TrainSettings, trainSettings } from '../settings.ts';
import { type RoundSettings, requireRoundSettings } from './plan-rounds.ts';

/**
 * The learning rate is that of one machine times min(2, sqrt(N)). Where shards agree, combining averages what they
 * learn, so that such rows go as far as in one shard, which has 1/N of the text. A higher rate makes up for most of it
 * (docs/algorithms.md).
 */
export function shardRate(rate: number, shards: number): number {
  return rate * Math.min(2, Math.sqrt(shards));
}

/** How a training on shards was made, for its manifest. */
export interface RoundsReport extends RoundSettings {
  /** Of all epochs. */
  rounds: number;
  combined: 'adasum by row';
  /** How the learning rate came about: by the rule, or another one was given. */
  learningRate: 'standard x min(2, sqrt(shards))' | 'given';
}

export function roundsReport(rounds: RoundSettings, settings: TrainSettings): RoundsReport {
  const { shards, syncs } = rounds;
  const isByRule = settings.learningRate === settingsInRounds({ model: settings.model }, rounds).learningRate;
  return {
    shards,
    syncs,
    rounds: syncs * settings.epochs,
    combined: 'adasum by row',
    learningRate: isByRule ? 'standard x min(2, sqrt(shards))' : 'given',
  };
}

/**
 * The standard epochs and learning rate where they are 'auto': the factor was measured on these.
 *
 * @throws W2vError 'usage' for what is out of range, and for subwords
 */
export function settingsInRounds(given: GivenTrainSettings, rounds: RoundSettings): TrainSettings {
  requireRoundSettings(rounds);
  const settings = trainSettings(given);
  if (settings.subwords !== undefined) {
    throw usage('shards train without subwords', 'leave out { subwords }, or { shards }');
  }
  const { learningRate: rate = 'auto' } = given;
  const learningRate = rate === 'auto' ? shardRate(settings.learningRate, rounds.shards) : rate;
  return { ...settings, learningRate, deterministic: true };
}
