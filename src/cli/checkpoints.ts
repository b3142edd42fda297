// Checkpoints of a command: the options as the library takes them, what is said of them, and the command that resumes.

import { usage, type W2vError } from '../base/errors.ts';
import { printable } from '../base/printable.ts';
import { withoutParameters } from '../cluster/remote.ts';
import type { Resume } from '../files/resumable-folder.ts';
import type { CheckpointOptions } from '../train/checkpoint/checkpoints.ts';
import type { CheckpointEvent } from '../train/checkpoint/saver.ts';
import { type CommandContext, say, warn } from './context.ts';
import type { Interval } from './options/kinds.ts';
import { quotedForShell } from './options/output.ts';

export interface CheckpointCommandOptions {
  checkpoint?: string;
  checkpointEvery?: Interval;
  resume?: string;
  force?: boolean;
  quiet?: boolean;
}

export interface CommandCheckpoints {
  checkpoint: CheckpointOptions;
  resume: Resume;
}

/** Undefined without a folder. @throws W2vError 'usage' for options that contradict each other */
export function checkpointsOf(
  options: CheckpointCommandOptions,
  given: Pick<CheckpointOptions, 'identity' | 'onEvent'>,
): CommandCheckpoints | undefined {
  const { checkpointEvery: every, force } = options;
  const folder = checkpointFolder(options, 'training');
  if (folder === undefined) return undefined;
  const interval =
    every === undefined ? {} : 'epochs' in every ? { everyEpochs: every.epochs } : { everySeconds: every.seconds };
  return {
    checkpoint: { dir: folder.dir, force, ...interval, ...given },
    resume: folder.resume,
  };
}

/**
 * The folder that the options name, and whether it has something to go on from; undefined without a folder.
 *
 * @throws W2vError 'usage' for options that contradict each other
 */
export function checkpointFolder(
  { checkpoint, checkpointEvery, resume }: CheckpointCommandOptions,
  work: 'training' | 'counting',
): { dir: string; resume: Resume } | undefined {
  const dir = resume ?? checkpoint;
  if (dir === undefined) {
    if (checkpointEvery === undefined) return undefined;
    throw usage('--checkpoint-every is given without a folder', 'name one: --checkpoint DIR');
  }
  if (checkpoint !== undefined && resume !== undefined && checkpoint !== resume) {
    const observed = '--checkpoint and --resume name different folders';
    throw usage(observed, `a resumed ${work} saves to the folder of --resume`);
  }
  if (dir === '') {
    const flag = resume === undefined ? '--checkpoint' : '--resume';
    throw usage(`${flag} has no folder`, `name one: ${flag} DIR`);
  }
  return { dir, resume: resume === undefined ? false : checkpoint === undefined ? true : 'if-any' };
}

/** Says what is saved, and the command that goes on from it. */
export function sayHowToResume(context: CommandContext, saved: string, dir: string, corpora: readonly string[]): void {
  const again = corpora.includes('-') ? ' (with the same text on standard input)' : '';
  say(context, `${saved}. To go on:`);
  const { words = [] } = context;
  say(context, `  ${resumeCommand(words, dir)}${again}`);
  if (withoutAddressParameters(words).some((word, at) => word !== words[at])) {
    say(context, 'Add the parameters of --on again (such as its token), or set SPARK_REMOTE');
  }
}

/** The same words with --on sc://HOST:PORT: a token must not be printed. */
function withoutAddressParameters(words: readonly string[]): string[] {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  return words.map((word, at) => {
    if (at > end) return word;
    if (word.startsWith('--on=')) return `--on=${withoutParameters(word.slice('--on='.length))}`;
    return words[at - 1] === '--on' && !word.startsWith('-') ? withoutParameters(word) : word;
  });
}

export interface CheckpointSpeaker {
  onEvent(event: CheckpointEvent): void;
  /** The training has ended early: where it is, and how to go on. Nothing if nothing is saved. */
  stopped(): void;
}

/** Says what happens to checkpoints; of the failures in a row only the first. */
export function checkpointSpeaker(
  context: CommandContext,
  { options, epochs, isRacing, corpora }: SpeakerOptions,
): CheckpointSpeaker {
  const dir = options.resume ?? options.checkpoint ?? '';
  let failure: W2vError | undefined;
  /** Epochs of the newest checkpoint. */
  let saved: number | undefined;

  function sayResumed({ epochs: done, savedAt, ofEpochs, learningRate }: CheckpointEvent & { kind: 'resumed' }): void {
    say(context, `Resumed after ${epochsDone(done)} of ${epochs()}, saved at ${savedAt}`);
    if (ofEpochs < epochs()) {
      say(
        context,
        `It had ${ofEpochs}: the learning rate falls along the line over all ${epochs()}, now ${learningRate.toFixed(4)}`,
      );
    }
    if (isRacing)
      say(context, 'Several threads train at once: the result will differ from that of an uninterrupted run');
  }

  return {
    onEvent(event) {
      if (event.kind === 'damaged') {
        warn(context, `${event.file} is damaged (${event.why}): using the previous checkpoint`);
        return;
      }
      if (event.kind === 'failed') {
        const isFirst = failure === undefined;
        failure = event.error;
        const then = event.epochs < epochs() ? '. The training goes on' : '';
        if (isFirst && !context.signal.aborted) {
          warn(context, `no checkpoint after ${epochsDone(event.epochs)}: ${failure.message}${then}`);
        }
        return;
      }
      saved = event.epochs;
      if (event.kind === 'resumed' && !options.quiet) sayResumed(event);
      if (event.kind === 'saved' && failure !== undefined) say(context, `Saving checkpoints works again, in ${dir}`);
      failure = undefined;
    },
    stopped() {
      if (failure !== undefined) say(context, `The training could not be saved: ${failure.message}`);
      if (saved === undefined) return;
      sayHowToResume(context, `Saved after ${epochsDone(saved)} of ${epochs()} in ${dir}`, dir, corpora);
    },
  };
}

interface SpeakerOptions {
  options: CheckpointCommandOptions;
  /** Of the training, which are known once the text is read. */
  epochs: () => number;
  /** The same seed gives slightly other bytes each time. */
  isRacing: boolean;
  corpora: readonly string[];
}

/** `1 epoch`, `2.35 epochs` */
function epochsDone(epochs: number): string {
  const shown = Math.floor(100 * epochs + 1e-6) / 100;
  return `${shown} ${shown === 1 ? 'epoch' : 'epochs'}`;
}

/**
 * The command line that goes on with this one: the same, with --resume in place of --checkpoint, and without the
 * parameters of --on.
 */
export function resumeCommand(given: readonly string[], dir: string): string {
  const words = withoutAddressParameters(given);
  const rest: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--') {
      rest.push(...words.slice(i));
      break;
    }
    if (word === '--checkpoint' || word === '--resume') i++;
    else if (!/^--(checkpoint|resume)=/.test(word)) rest.push(word);
  }
  const end = rest.includes('--') ? rest.indexOf('--') : rest.length;
  rest.splice(end, 0, '--resume', dir);
  return ['w2v', ...rest].map((word) => quotedForShell(printable(word))).join(' ');
}
