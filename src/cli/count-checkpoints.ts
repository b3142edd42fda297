// The checkpoint options of w2v count, as the library takes them, and what is said when a signal stops it.
import type { CountCheckpointOptions } from '../count/cooccurrence/count-checkpoint.ts';
import { W2vError } from '../errors.ts';
import { thousands } from '../format-numbers.ts';
import { resumeCommand } from './checkpoints.ts';
import { type CommandContext, say, stderrColors } from './context.ts';
import type { Interval } from './options/parse.ts';

export interface CountCheckpointCommandOptions {
  checkpoint?: string;
  checkpointEvery?: Interval;
  resume?: string;
  quiet?: boolean;
}

export interface CountCheckpoints {
  /** Undefined without a folder. */
  checkpoint: CountCheckpointOptions | undefined;
  /** A signal has stopped it: what is saved, and the command that goes on. */
  sayStopped(): void;
}

/** @throws W2vError 'usage' for options that contradict each other */
export function countCheckpoints(
  context: CommandContext,
  { checkpoint, checkpointEvery: every, resume, quiet = false }: CountCheckpointCommandOptions,
  corpora: readonly string[],
): CountCheckpoints {
  const folder = resume ?? checkpoint;
  if (folder === undefined) {
    if (every === undefined) return { checkpoint: undefined, sayStopped() {} };
    throw new W2vError('usage', '--checkpoint-every is given without a folder', 'name one: --checkpoint DIR');
  }
  if (every !== undefined && 'epochs' in every) {
    throw new W2vError('usage', '--checkpoint-every in epochs, but counting has none', 'give a time: 10m');
  }
  if (checkpoint !== undefined && resume !== undefined && checkpoint !== resume) {
    const observed = '--checkpoint and --resume name different folders';
    throw new W2vError('usage', observed, 'a counting that is resumed goes on saving in the folder of --resume');
  }
  let saved: string | undefined;
  return {
    checkpoint: {
      folder,
      resume: resume === undefined ? false : checkpoint === undefined ? true : 'if-any',
      ...(every !== undefined && { everySeconds: every.seconds }),
      onSaved(counted, total) {
        saved = `${Math.floor((100 * counted) / total)} % of ${thousands(total)} words are counted and saved in ${folder}`;
      },
      onResumed(counted, total) {
        saved = `${Math.floor((100 * counted) / total)} % of ${thousands(total)} words are saved in ${folder}`;
        if (!quiet) say(context, `Resumed: ${saved}`);
      },
      onDamaged(file, why) {
        const warning = stderrColors(context).yellow('warning:');
        say(context, `${warning} ${file} cannot be used (${why}): the state before it is looked for`);
      },
    },
    sayStopped() {
      if (saved === undefined) return;
      const again = corpora.includes('-') ? ' (with the same text on standard input)' : '';
      say(context, `${saved}. To go on:`);
      say(context, `  ${resumeCommand(context.words ?? [], folder)}${again}`);
    },
  };
}
