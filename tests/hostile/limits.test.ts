// Limits of the system: threads, open files, addresses, heap, size of files (rows L*, M04).
import { chmodSync } from 'node:fs';
import { describe, it } from 'vitest';
import { asUser, quick, Room, text, users, without } from './w2v.ts';

/** A room where anybody may write. */
function openRoom(): Room {
  const room = new Room({ 't.txt': text(30_000) });
  for (const folder of [room.folder, room.cache]) chmodSync(folder, 0o777);
  return room;
}

describe('few threads', () => {
  const refused = { exit: [1, 3], says: 'the system allows too few threads (EAGAIN)' } as const;
  it.skipIf(!users)(`L01, L01b: as many as ulimit -u allows${without(users, 'setpriv and prlimit')}`, async () => {
    const train = `w2v train t.txt -o v.bin --engine wasm --dim 8 --epochs 1 --threads 32`;
    const count = 'w2v count t.txt -o v.bin --dim 8 --threads 32';
    const rows = [...[14, 16, 20, 24, 40].map((limit) => [limit, train] as const), [13, count] as const];
    const runs = rows.map(([limit, command], at) =>
      openRoom().expect(`${asUser(61_001 + at)} prlimit --nproc=${limit} ${command}`, refused),
    );
    await Promise.all(runs);
  });

  it('L05c: count --threads 1024 takes no more memory for them', async () => {
    const made = { exit: 0, makes: ['v.bin', 'v.bin.json'], memory: 500 };
    await openRoom().expect('w2v count t.txt -o v.bin --dim 8 --threads 1024', made);
  });
});

describe('few open files', () => {
  // Where it is not enough for the program itself, for its threads, for neither.
  it.each([
    ['L04c', `train t.txt -o v.bin --engine wasm --dim 8 --epochs 1 --threads 16`],
    ['L04d', 'count t.txt -o v.bin --dim 8 --threads 32'],
  ])('%s: %s', async (_row, command) => {
    const runs = [40, 48, 56, 64].map((limit) =>
      openRoom().expect(`ulimit -n ${limit}; exec w2v ${command}`, {
        exit: [0, 1, 3],
        makes: /^v\.bin/,
        never: /Try: .*error/,
      }),
    );
    await Promise.all(runs);
  });
});

describe('little memory', () => {
  it('L02: few addresses (ulimit -v)', async () => {
    const expected = { exit: [1, 3], says: ['the system refused them', 'ulimit -v unlimited'] } as const;
    await openRoom().expect('ulimit -v 4000000; exec w2v vocab t.txt', expected);
  });

  it('L03, L03b: more words than the heap holds', async () => {
    const words = 1_000_000;
    const room = new Room();
    const lines = Array.from({ length: words }, (_, at) => `w${at}`);
    room.put('types.txt', lines.join('\n'));
    room.put('v.txt', `${words} 1\n${lines.join(' 1\n')} 1\n`);
    const environment = { NODE_FLAGS: '--max-old-space-size=40' };
    const says = [`${words} words, which take about`, '--max-old-space-size='];
    await room.expect('w2v info v.txt', { exit: 1, says }, { environment });
    await room.expect('w2v vocab types.txt --min-count 1', { exit: 1, says }, { environment });
    // M04: the system has less room than V8 would take. With less than 1 GB, Node.js itself does not start reliably.
    const fewAddresses = { exit: [0, 1], never: 'Fatal' } as const;
    const runs = [1_100_000, 1_200_000].map((limit) =>
      room.expect(`ulimit -v ${limit}; exec w2v info v.txt --quiet`, fewAddresses),
    );
    await Promise.all(runs);
  });
});

describe('small files', () => {
  it('L06: ulimit -f', async () => {
    const room = new Room({ 't.txt': text(), kept: 'FOLDER' });
    const says = 'v.bin cannot be written: the file would exceed the size limit; the vectors could not be saved';
    const command = `ulimit -f 50; exec w2v train t.txt -o v.bin ${quick} --dim 100 --temporary kept`;
    await room.expect(command, { exit: 3, says });
  });
});
