// w2v count with checkpoints: stopped by a signal, it says how to go on, and goes on to the same bytes.
import { describe, expect, it } from 'vitest';
import { Room, text } from './w2v.ts';

const count = 'w2v count t.txt -o v.bin --dim 10 --window 200 --threads 1';
const wanted = { exit: 0, makes: ['v.bin', 'v.bin.json'], keeps: true };
const saved = /^saved\/(runs|state-[12]\.w2v)?$/;

describe('count --checkpoint', () => {
  const room = new Room({ 't.txt': text(1_200_000, 2000).replaceAll('\n', ' ') });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s saves and prints the command that goes on', async (name, exit) => {
    await room.expect(count, wanted);
    const expected = room.bytes('v.bin');
    room.remove('v.bin', 'v.bin.json');
    const signals = [{ name, when: /^Read /m, pause: 100 }];
    const { stderr } = await room.expect(
      `${count} --checkpoint saved`,
      { exit, says: ['are counted and saved in saved. To go on:', 'Stopped.'], makes: saved, keeps: true },
      { signals, limit: 60 },
    );
    const [, command] = /To go on:\n {2}(w2v count .*)\n/.exec(stderr)!;
    expect(command).toBe('w2v count t.txt -o v.bin --dim 10 --window 200 --threads 1 --resume saved');
    await room.expect(`${count} --window 100 --resume saved`, { exit: 2, says: 'window 200 -> 100' });
    await room.expect(`${count} --checkpoint saved`, { exit: [2, 3], says: 'holds the checkpoint of a counting' });
    await room.expect(command!, {
      ...wanted,
      says: 'Resumed: ',
      changes: ['saved/runs', 'saved/state-1.w2v', 'saved/state-2.w2v'],
      makes: /^v\.bin|^saved/,
    });
    expect(room.bytes('v.bin').equals(expected)).toBe(true);
    // What is counted stays, for another --method too.
    const ppmi = 'w2v count t.txt -o p.npz --method ppmi --window 200 --threads 1 --resume saved';
    await room.expect(ppmi, { exit: 0, says: 'Resumed: 100 % ', changes: ['saved/runs'], makes: /^p\.npz/ });
    room.remove('v.bin', 'v.bin.json', 'saved');
  });

  it('refuses what cannot be', async () => {
    const rows: [string, string, number][] = [
      ['--resume nowhere', 'no such folder', 3],
      ['--checkpoint t.txt', 'is not a folder', 3],
      ['--checkpoint a --resume b', 'name different folders', 2],
      ['--checkpoint-every 10m', 'applies to --checkpoint or --resume', 2],
      ['--checkpoint a --checkpoint-every 1e', 'counting has none', 2],
      ['--checkpoint a --checkpoint-every soon', 'a time such as', 2],
    ];
    for (const [options, says, exit] of rows) await room.expect(`${count} ${options}`, { exit, says });
  });
});
