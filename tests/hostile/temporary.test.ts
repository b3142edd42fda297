// Temporary files and folders are their owner's alone: nobody else may read a private text by way of /tmp.
import { describe, expect, it } from 'vitest';
import { has, noTensorflow, ownCache, quick, Room, text, without } from './w2v.ts';

const traced = has('strace -f -qq -o /dev/null -e trace=openat true');

describe.skipIf(!traced)(`what is made in the temporary folder${without(traced, 'strace')}`, () => {
  const room = new Room({ 't.txt': text(60_000), 'p.tsv': 'w1\tw2\t3\nw1\tw3\t2\nw2\tw9\t1\n' });

  it.each([
    ['train', `train t.txt -o x.bin --force ${quick}`],
    ['count', 'count t.txt -o x.bin --dim 8 --force'],
    ['compare', `compare t.txt --thesaurus none --pairs p.tsv ${quick}`],
    ['doctor', 'doctor'],
    ...(noTensorflow ? [] : [['TensorFlow', 'train t.txt -o x.bin --engine tensorflow --dim 8 --epochs 1 --force']]),
  ])('%s', async (_what, line) => {
    const run = await room.run(`umask 0; exec strace -f -qq -e trace=open,openat,mkdir,mkdirat -o trace w2v ${line}`, {
      limit: 60,
      environment: line.includes('tensorflow') ? { W2V_CACHE: ownCache } : {},
    });
    expect(run.code, run.stderr).toBe(0);
    const here = room.temporary.replaceAll('.', String.raw`\.`);
    const files = [
      ...room.read('trace').matchAll(RegExp(`open(?:at)?\\(.*"${here}/[^/"]+", (.*O_CREAT.*?), (0\\d+)\\)`, 'g')),
    ];
    const folders = [...room.read('trace').matchAll(RegExp(`mkdir(?:at)?\\(.*"${here}/[^/"]+", (0\\d+)\\)`, 'g'))];
    expect(files.length + folders.length).toBeGreaterThan(0);
    for (const [call, flags, mode] of files) {
      expect(mode, call).toBe('0600');
      expect(flags, call).toContain('O_EXCL'); // never through a link that someone has put there
    }
    for (const [call, mode] of folders) expect(mode, call).toBe('0700');
  });
});
