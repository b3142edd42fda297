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
      text: `save ${work} in this folder, every so often and at Ctrl-C or SIGTERM, which print how to resume`,
      takes: folder,
      shown: 'none',
      basic: true,
    }),
    option({
      flags: '--checkpoint-every <time>',
      text: `how often: ${every}`,
      takes: interval,
      shown: '10m',
      only: [needs(['checkpoint', 'resume'], 'name a folder: --checkpoint DIR')],
    }),
    option({ flags: '--resume <dir>', text: goesOn, takes: folder, shown: 'none', basic: true }),
  );

export const trainingCheckpoints = checkpointing(
  'the training',
  '30s, 10m, 2h, or 1e for epochs',
  'go on from the newest checkpoint in this folder, and save there; the same text and options, --epochs may be more: ' +
    'the learning rate then falls along the line to the new end. With --checkpoint of the same folder: begin where ' +
    'it has none',
  keeping(async () => (await import('../../train/checkpoint/training-state.ts')).training),
);

export const countingCheckpoints = checkpointing(
  'what is counted',
  '30s, 10m, 2h',
  'go on from what is saved in this folder, and save there; the same text and options, but --method and the options of ' +
    'PPMI and SVD may be others. With --checkpoint of the same folder: begin if it has nothing',
  keeping(async () => (await import('../../count/cooccurrence/count-checkpoint.ts')).counting),
);
