// A worker thread that dies, in every command that has some: while a text is read, counted, factored or trained on.
import { describe, expect, it } from 'vitest';
import { noTensorflow, ownCache, Room, text, without } from './w2v.ts';

/** Node.js' option with which each worker thread, or the one of this number (from 1), ends at its first task. */
function dying(how: string, { thread = 0, atStart = false } = {}): string {
  const which = thread === 0 ? '!isMainThread' : `threadId===${thread}`;
  const then = atStart ? `{${how}}` : `parentPort.once('message',()=>{${how}})`;
  const code = `import{isMainThread,parentPort,threadId}from'node:worker_threads';if(${which})${then}`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
}

describe('a worker thread that dies', () => {
  const short = text(60_000);
  // Texts of less than 8 MiB are read without threads.
  const room = new Room({ 't.txt': short, 'long.txt': short.repeat(45), 'voc.tsv': 'w1\t9\n' });
  const train = 'train t.txt -o v.bin --dim 100 --epochs 30';

  it.each([
    ['reading, vocab', 'vocab long.txt -o voc.tsv --force --threads 2', { thread: 2 }],
    ['reading, train', 'train long.txt -o v.bin --engine wasm --epochs 1 --threads 2', { thread: 1 }],
    ['reading, count', 'count long.txt -o v.bin --dim 8 --threads 2', { thread: 2 }],
    ['counting', 'count t.txt -o v.bin --dim 8 --threads 2', {}],
    ['the SVD', 'count t.txt -o v.bin --dim 8 --threads 2', { thread: 3 }],
    ['training, portable engine', `${train} --engine wasm --threads 2`, {}],
  ])('%s', async (_what, line, which) => {
    for (const [how, says] of [
      ['process.exit(7)', /^error: a worker thread ended early \(exit code 7\)\nhint: run it again/m],
      ["throw new Error('broken')", /^error: broken/m],
    ] as const) {
      const run = await room.run(`exec w2v ${line}`, { environment: { NODE_OPTIONS: dying(how, which) } });
      expect([run.timedOut, run.code, run.made, run.changed, run.leftovers], run.stderr).toEqual([
        false,
        1,
        [],
        [],
        [],
      ]);
      expect(run.stderr).toMatch(says);
      expect(run.stderr).toMatch(/^hint: \S/m);
    }
  });

  // Its worker gets no task: it makes steps from its start. The other engine is a way out, so the code is 4.
  it.skipIf(noTensorflow)(`training, TensorFlow${without(!noTensorflow, 'TensorFlow')}`, async () => {
    for (const [how, says] of [
      ['process.exit(7)', /^error: .*thread.*ended/m],
      ["throw new Error('broken')", /^error: .*broken/m],
    ] as const) {
      const environment = { NODE_OPTIONS: dying(how, { atStart: true }), W2V_CACHE: ownCache };
      const run = await room.run(`exec w2v ${train} --engine tensorflow`, { environment, limit: 60 });
      expect([run.timedOut, run.code, run.made, run.leftovers], run.stderr).toEqual([false, 4, [], []]);
      expect(run.stderr).toMatch(says);
      expect(run.stderr).toMatch(/^hint: \S/m);
    }
  });
});
