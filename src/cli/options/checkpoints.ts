// The options of checkpoints, of trainings and of counting.
import type { checkNotSaved } from '../../files/resumable-folder.ts';
import { folderWritten, interval, type Kind } from './kinds.ts';
import { needs, option, titled } from './option.ts';

type Saved = Parameters<typeof checkNotSaved>[2];

/** What a folder of checkpoints holds is known to the code that saves it, which is loaded only where it is needed. */
const keeping = (saved: () => Promise<Saved>): Kind<string> => ({
  ...folderWritten,
  async keeps(files, dir) {
    const { checkNotSaved } = await import('../../files/resumable-folder.ts');
    await checkNotSaved(files, dir, await saved());
  },
});

/** @param every what --checkpoint-every takes, @param goesOn what --resume asks for */
const checkpointing = (work: string, every: string, goesOn: string, folder: Kind<string>) =>
  titled(
    'Checkpoints:',
    option({
      flags: '--checkpoint <dir>',
      text: `save ${work} to this folder regularly, and on Ctrl-C or SIGTERM, which print how to resume`,
      takes: folder,
      shown: 'none',
      basic: true,
    }),
    option({
      flags: '--checkpoint-every <time>',
      text: `time between checkpoints: ${every}`,
      takes: interval,
      shown: '10m',
      only: [needs(['checkpoint', 'resume'], 'name a folder: --checkpoint DIR')],
    }),
    option({ flags: '--resume <dir>', text: goesOn, takes: folder, shown: 'none', basic: true }),
  );

export const trainingCheckpoints = checkpointing(
  'the training',
  '30s, 10m, 2h, or 1e for epochs',
  'continue from the newest checkpoint in this folder and keep saving there; text and options must be the same, except ' +
    'that --epochs may be higher (the learning rate then falls linearly to the new end). With --checkpoint of the same ' +
    'folder: start from scratch if it has no checkpoint',
  keeping(async () => (await import('../../train/checkpoint/training-state.ts')).training),
);

export const countingCheckpoints = checkpointing(
  'the counts',
  '30s, 10m, 2h',
  'continue from the counts in this folder and keep saving there; text and options must be the same, except --method ' +
    'and the options of PPMI and SVD. With --checkpoint of the same folder: start from scratch if it is empty',
  keeping(async () => (await import('../../count/cooccurrence/count-checkpoint.ts')).counting),
);
