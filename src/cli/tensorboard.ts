// w2v train --tensorboard DIR: what TensorBoard shows of a training, the curves while it runs and the vectors at its
// end.
import { existsSync } from 'node:fs';
import { usage } from '../base/errors.ts';
import { counted } from '../base/format-numbers.ts';
import { printable } from '../base/printable.ts';
import type { Progress } from '../base/progress.ts';
import { checkOutputs } from '../files/write-files.ts';
import { outputPaths } from '../formats/save.ts';
import { selectVectors } from '../vectors/select.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { type CommandContext, say } from './context.ts';
import { openEventLog } from './event-log.ts';
import type { Output } from './options/output.ts';

const FORMAT = 'projector';
/** TensorBoard's projector shows that many rows of a file, the first. */
const MOST_WORDS = 100_000;
/** Steps of a curve, at most. */
const POINTS = 1000;

export interface Board {
  record(progress: Progress): void;
  /** The vectors for the projector, written with the other outputs. */
  output(vectors: WordVectors): Output;
  /** Ends the curves. `lossByEpoch` is undefined where the training did not come to its end. */
  close(lossByEpoch?: readonly number[]): void;
}

/** Throws `usage` for standard output, `file-exists` where the folder has vectors and `force` is not given, and `file-unwritable`. */
export async function openBoard(
  context: CommandContext,
  { tensorboard: folder, force, quiet = false }: { tensorboard?: string; force?: boolean; quiet?: boolean },
): Promise<Board | undefined> {
  if (folder === undefined) return undefined;
  if (folder === '-') {
    throw usage('--tensorboard writes a folder of files, not standard output', 'name a folder');
  }
  if (existsSync(folder)) await checkOutputs(outputPaths(folder, FORMAT), { force });
  const log = await openEventLog(folder);
  let next = 0;
  return {
    record({ phase, done, total, loss, learningRate, wordsPerSecond }) {
      if (phase !== 'train' || done < next || learningRate === undefined) return;
      next = done + total / POINTS;
      const scalars = { loss, learning_rate: learningRate, words_per_second: wordsPerSecond };
      log.record(done, definedOf(scalars));
    },
    output(vectors) {
      const { length } = vectors.words;
      const first = length > MOST_WORDS ? selectVectors(vectors, { top: MOST_WORDS }) : vectors;
      if (length > MOST_WORDS && !quiet) {
        say(
          context,
          `TensorBoard's projector shows ${counted(MOST_WORDS, 'word')}: ${printable(folder)} has the first ones`,
        );
      }
      return { path: folder, vectors: first, format: FORMAT, what: 'the vectors for TensorBoard' };
    },
    close(lossByEpoch = []) {
      for (const [epoch, loss] of lossByEpoch.entries()) log.record(epoch + 1, { loss_by_epoch: loss });
      const reason = log.close();
      if (reason !== undefined) say(context, `The curves in ${printable(folder)} are incomplete: ${reason}`);
      else if (!quiet && lossByEpoch.length > 0)
        say(context, `View the training: tensorboard --logdir ${printable(folder)}`);
    },
  };
}

const definedOf = (values: Record<string, number | undefined>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined));
