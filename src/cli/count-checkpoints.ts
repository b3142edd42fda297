// The checkpoint options of w2v count, as the library takes them, and what is said when a signal stops it.

import { usage } from '../base/errors.ts';
import { thousands } from '../base/format-numbers.ts';
import type { CountCheckpointOptions } from '../count/cooccurrence/count-checkpoint.ts';
import { type CheckpointCommandOptions, checkpointFolder, sayHowToResume } from './checkpoints.ts';
import { type CommandContext, say, warn } from './context.ts';

export interface CountCheckpoints {
  /** Undefined without a folder. */
  checkpoint: CountCheckpointOptions | undefined;
  /** A signal has stopped it: what is saved, and the command that goes on. */
  sayStopped(): void;
}

/** @throws W2vError 'usage' for options that contradict each other */
export function countCheckpoints(
  context: CommandContext,
  options: CheckpointCommandOptions,
  corpora: readonly string[],
): CountCheckpoints {
  const { checkpointEvery: every, force, quiet = false } = options;
  const found = checkpointFolder(options, 'counting');
  if (found === undefined) return { checkpoint: undefined, sayStopped() {} };
  if (every !== undefined && 'epochs' in every) {
    throw usage('--checkpoint-every in epochs, but counting has none', 'give a time: 10m');
  }
  const { dir: folder, resume } = found;
  let saved: string | undefined;
  return {
    checkpoint: {
      folder,
      resume,
      force,
      ...(every !== undefined && { everySeconds: every.seconds }),
      onSaved(counted, total) {
        saved = `${Math.floor((100 * counted) / total)} % of ${thousands(total)} words are counted and saved in ${folder}`;
      },
      onResumed(counted, total) {
        saved = `${Math.floor((100 * counted) / total)} % of ${thousands(total)} words are saved in ${folder}`;
        if (!quiet) say(context, `Resumed: ${saved}`);
      },
      onDamaged(file, why) {
        warn(context, `${file} cannot be used (${why}): looking for the previous one`);
      },
    },
    sayStopped() {
      if (saved === undefined) return;
      sayHowToResume(context, saved, folder, corpora);
    },
  };
}
