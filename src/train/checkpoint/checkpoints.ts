// A training with checkpoints: the folder it is saved to, and where it goes on from.

import { usage } from '../../base/errors.ts';
import { checkOptionNames, namesOf } from '../../base/option-names.ts';
import { quotable } from '../../base/printable.ts';
import { finishInTurns } from '../../base/steps.ts';
import type { EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import type { Identity } from '../../files/identity.ts';
import type { Resume } from '../../files/resumable-folder.ts';
import { openStore } from '../../files/resumable-store.ts';
import type { WordVectors } from '../../vectors/word-vectors.ts';
import type { TrainingEngine, TrainingState, TrainTask } from '../engine.ts';
import type { InitialRows } from '../initialize.ts';
import type { ResultMatrices } from '../result-memory.ts';
import { learningRateAt } from '../schedule.ts';
import { type GivenTrainSettings, trainSettings } from '../settings.ts';
import { hashCorpus, hashVectors, identityOfSettings } from './identity.ts';
import { type CheckpointEvent, type CheckpointInterval, createSaver, type Saver } from './saver.ts';
import { flawOf, type SavedTraining, type TrainingFacts, type TrainingStore, training } from './training-state.ts';

/** Every 10 minutes, unless an interval is given. */
export interface CheckpointOptions extends CheckpointInterval {
  /** A folder for the checkpoints alone, made if it is missing. */
  dir: string;
  /** Begin although the folder holds the checkpoint of a training, which the first new one replaces. */
  force?: boolean | undefined;
  /** What else has to be the same for a training to be resumed, by name: how the text was read, say. */
  identity?: Record<string, string | number | boolean> | undefined;
  /** Checkpoints that were saved, that failed, and that were damaged when the training was resumed. */
  onEvent?: ((event: CheckpointEvent) => void) | undefined;
}

/** What became of a training's checkpoints. */
export interface CheckpointReport {
  dir: string;
  saved: number;
  failed: number;
  /** Epochs and seconds of training done when it was resumed; 0 where it was not. */
  resumedAt: number;
  secondsBefore: number;
}

export interface Checkpoints {
  /** Of the moment from which the training goes on. */
  from: (TrainingState & { seconds: number }) | undefined;
  initial: InitialRows | undefined;
  saver(copies: ResultMatrices): Saver;
  report(): CheckpointReport;
  close(): Promise<void>;
}

const EVERY_SECONDS = 600;

const names = namesOf<CheckpointOptions>({
  dir: true,
  force: true,
  identity: true,
  everySeconds: true,
  everyEpochs: true,
  onEvent: true,
});

type Engine = Pick<TrainingEngine, 'name' | 'arithmetic'>;

/**
 * Throws, before the text is read, what `trainWordVectors` would throw of the folder and of the settings.
 */
export async function checkCheckpoints(
  options: CheckpointOptions,
  resume: Resume,
  { settings, engine }: { settings: GivenTrainSettings; engine: Engine },
): Promise<void> {
  const store = await openTraining(options, resume);
  try {
    if (resume === false) return;
    const { epochs = 'auto', learningRate = 'auto' } = settings;
    const { learningRate: _, ...known } = identityOfSettings(trainSettings(settings), engine);
    // 'auto' is known once the text is read, and the same for the same text.
    const newest = await store.peek({
      ...options.identity,
      ...known,
      ...(learningRate !== 'auto' && { learningRate }),
    });
    if (newest && epochs !== 'auto') requireEpochs(newest, epochs, options.dir);
  } finally {
    await store.close();
  }
}

/** @throws W2vError 'usage', 'file-missing', 'file-exists', 'file-malformed', 'file-unwritable', 'interrupted' */
export async function openCheckpoints(
  options: CheckpointOptions,
  resume: Resume,
  {
    corpus,
    settings,
    engine,
    initVectors,
    frozen,
    signal,
    hash,
  }: Omit<TrainTask, 'initial' | 'corpus'> & {
    corpus: EncodedCorpus;
    engine: Engine;
    initVectors: WordVectors | undefined;
    signal: AbortSignal | undefined;
    /** Of the text, where it is not here. */
    hash?: string | undefined;
  },
): Promise<Checkpoints> {
  const store = await openTraining(options, resume);
  try {
    const identity: Identity = {
      ...options.identity,
      ...identityOfSettings(settings, engine),
      vocabulary: corpus.vocabulary.words.length,
      tokens: corpus.tokens,
      corpus: hash ?? (await finishInTurns(hashCorpus(corpus), signal)),
      ...(initVectors && { initVectors: await finishInTurns(hashVectors(initVectors), signal) }),
      ...(frozen && { freeze: true }),
    };
    const onDamaged = (file: string, why: string) => options.onEvent?.({ kind: 'damaged', file, why });
    const goesOn = resume !== false && store.found.length > 0;
    const saved = goesOn ? await store.newest(identity, { flaw: flawOf, onDamaged }) : undefined;
    const { dir, force: _force, identity: _identity, ...rest } = options;
    const { tokens } = corpus;
    const interval = isGiven(options) ? {} : { everySeconds: EVERY_SECONDS };
    let saver: Saver | undefined;
    if (saved) {
      const { file, header } = saved;
      requireEpochs(header, settings.epochs, dir);
      const { epochs: ofEpochs, savedAt } = header;
      const { words } = header.tally;
      const total = tokens * settings.epochs;
      const learningRate = learningRateAt(settings.learningRate, settings.minLearningRateRatio, words, total);
      options.onEvent?.({ kind: 'resumed', file, epochs: words / tokens, ofEpochs, savedAt, learningRate });
    }
    return {
      ...startOf(saved, settings.dim),
      saver(copies) {
        saver = createSaver(copies, { ...rest, ...interval, store, identity, tokens, epochs: settings.epochs });
        return saver;
      },
      report: () => ({
        dir,
        ...(saver?.counts() ?? { saved: 0, failed: 0 }),
        resumedAt: saved ? saved.header.tally.words / tokens : 0,
        secondsBefore: saved?.header.seconds ?? 0,
      }),
      close: store.close,
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

const isGiven = ({ everySeconds, everyEpochs }: CheckpointInterval) =>
  everySeconds !== undefined || everyEpochs !== undefined;

function openTraining(options: CheckpointOptions, resume: Resume): Promise<TrainingStore> {
  checkOptionNames('checkpoint', options, names);
  const { dir, everySeconds, everyEpochs, force = false } = options;
  if (typeof dir !== 'string' || dir === '') {
    throw usage('the folder of the checkpoints has no name', 'name it: checkpoint.dir');
  }
  if (everySeconds !== undefined && everyEpochs !== undefined) {
    throw usage('everySeconds and everyEpochs are both given', 'give one of them');
  }
  for (const [name, value] of Object.entries({ everySeconds, everyEpochs })) {
    if (value === undefined || value > 0) continue;
    throw usage(`${name} is ${String(value)}: expected a number above 0`, `set ${name} above 0`);
  }
  return openStore(dir, training, { resume, force });
}

function requireEpochs({ epochs }: TrainingFacts, wanted: number, dir: string): void {
  if (wanted >= epochs) return;
  const observed = `the training in ${quotable(dir)} has ${epochs} epochs, and ${wanted} are asked for`;
  throw usage(observed, `train it to its end with { epochs: ${epochs} }, or give more`);
}

/** Releases each matrix once the engine has all of its rows. */
function startOf(saved: SavedTraining | undefined, D: number): Pick<Checkpoints, 'from' | 'initial'> {
  if (!saved) return { from: undefined, initial: undefined };
  const { header, arrays } = saved;
  const { tally, seconds } = header;
  const fill = (matrix: 'input' | 'output') => (rows: Float32Array, first: number) => {
    const end = first * D + rows.length;
    rows.set(arrays[matrix].subarray(first * D, end));
    if (end === header.arrays[matrix]) arrays[matrix] = new Float32Array(0);
  };
  return {
    from: {
      tally: { ...tally, loss: Float64Array.from(tally.loss), examples: Float64Array.from(tally.examples) },
      position: arrays.position,
      seconds,
    },
    initial: { input: fill('input'), output: fill('output') },
  };
}
