// The hyper-parameters that train and compare have in common, with every default.
import type { Command } from 'commander';
import { trainDefaults } from '../../defaults.ts';
import { addDecimal, addWhole } from './parse.ts';

/** @param negatives what the help says of --negative, which `range` bounds */
export function addCommonTraining(command: Command, negatives: string, range: [number, number]): void {
  addWhole(command, '--dim <n>', 'vector dimensions', [1, 1000], trainDefaults.dim);
  addWhole(command, '--window <n>', 'maximum number of context words on each side', [1, 1000], trainDefaults.window);
  addWhole(command, '--negative <n>', negatives, range, trainDefaults.negative);
  addWhole(command, '--epochs <n>', 'training epochs (passes over the corpus)', [1, 10_000], trainDefaults.epochs);
  const thins = 'subsampling threshold for frequent words (a share of all words); 0 disables it';
  addDecimal(command, '--sample <t>', thins, [0, 1], trainDefaults.sample);
}
