// The line that says what 'auto' has taken for a training.
import { counted } from '../base/format-numbers.ts';
import { standardSchedule } from '../train/auto-schedule.ts';
import type { TrainSettings } from '../train/settings.ts';
import type { TrainCommandOptions } from './options/train.ts';

/** What 'auto' has taken, and how to have the values of word2vec.c or fastText; undefined where it took these. */
export function scheduleLine(
  options: Pick<TrainCommandOptions, 'epochs' | 'lr'>,
  settings: TrainSettings,
  tokens: number,
): string | undefined {
  const { epochs, learningRate } = standardSchedule(settings);
  const flags = [
    ...(options.epochs === 'auto' && settings.epochs !== epochs ? [`--epochs ${epochs}`] : []),
    ...(options.lr === 'auto' && settings.learningRate !== learningRate ? [`--lr ${learningRate}`] : []),
  ];
  if (flags.length === 0) return undefined;
  const words = tokens < 1e6 ? counted(tokens, 'word') : `${(tokens / 1e6).toFixed(1)} M words`;
  const program = settings.subwords === undefined ? 'word2vec' : 'fastText';
  const taken = `${counted(settings.epochs, 'epoch')} at ${settings.learningRate}`;
  return `Training: ${taken} (${words}; as ${program}: ${flags.join(' ')})`;
}
