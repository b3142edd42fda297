// System calls that fail, and kills in the middle (rows I*, K9): strace makes them fail.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { saveVectors } from '../../src/formats/save.ts';
import { has, quick, Room, text, without } from './w2v.ts';

const works = has('strace -f -qq -o /dev/null -e trace=fsync -e inject=fsync:error=EIO true');
/**
 * Makes the calls numbered `when` ("2": the second; "2+": from the second on) of `calls` fail, or `signal=SIGKILL` at
 * them.
 */
const failing = (calls: string, fault: string, when: string, path = '') =>
  `exec strace -f -qq -o /dev/null ${path === '' ? '' : `-P ${path} `}-e trace=${calls},rename -e inject=${calls}:${fault}:when=${when}`;

const vectors = (first: string) => ({
  words: [`${first}1`, `${first}2`],
  matrix: Float32Array.of(1, 2, 3, first.length),
  dimensions: 2,
});

describe.skipIf(!works)(`system calls that fail${without(works, 'strace')}`, () => {
  const names = 'rename,renameat,renameat2,link,linkat';

  it.each([
    ['I02, I02b, I02c: an error', 'error=EIO'],
    ['I01, I02c: kill -9', 'signal=SIGKILL'],
  ])('%s at any change of a name: never new vectors beside old words', async (_row, fault) => {
    const room = new Room();
    await saveVectors(room.path('new.txt'), vectors('new'));
    const seen = new Set<string>();
    for (let at = 1; at <= 4; at++) {
      await saveVectors(room.path('v.npy'), vectors('ancient'), { force: true });
      const old = [room.read('v.npy'), room.read('v.npy.words')];
      const run = await room.run(`${failing(names, fault, `${at}`)} w2v convert new.txt v.npy --force`);
      const now = ['v.npy', 'v.npy.words'].map((name) => (run.lost.includes(name) ? 'gone' : room.read(name)));
      const state = now.map((content, which) =>
        content === 'gone' ? content : content === old[which] ? 'old' : 'new',
      );
      seen.add(`${run.signal ?? run.code} ${state}`);
      // A killed command cannot take back; the next one takes away what it left.
      if (run.signal !== null) expect((await room.run('w2v convert new.txt v.npy --force')).code).toBe(0);
      expect(readdirSync(room.folder).sort()).toEqual(['new.txt', 'v.npy', 'v.npy.words']);
    }
    const right = fault.startsWith('error')
      ? ['3 old,old', '0 new,new']
      : ['SIGKILL old,old', 'SIGKILL old,gone', 'SIGKILL gone,old', 'SIGKILL new,gone', 'SIGKILL new,new', '0 new,new'];
    expect([...seen].filter((state) => !right.includes(state))).toEqual([]);
    expect(seen.size).toBeGreaterThan(1);
  });

  it('I02b: an error where nothing was before leaves nothing', async () => {
    const room = new Room();
    await saveVectors(room.path('new.txt'), vectors('new'));
    const fault = `${failing('link,linkat', 'error=ENOSPC', '2+')} -e inject=rename:error=ENOSPC:when=1+`;
    await room.expect(`${fault} w2v convert new.txt v.npy`, { exit: 3, says: 'cannot be written: the disk is full' });
  });

  it('K9: kill -9 while it writes: nothing half-written, and the next run takes away what is left', async () => {
    const room = new Room({ 't.txt': text(), 'v.bin': 'old\n' });
    const train = `w2v train t.txt -o v.bin --force ${quick}`;
    const killed = { exit: 'SIGKILL', makes: /^\.v\.bin\..*\.tmp$/, keeps: true } as const;
    const { made } = await room.expect(`${failing('fsync', 'signal=SIGKILL', '1')} ${train}`, killed);
    expect(made).not.toEqual([]);
    await room.expect(train, { exit: 0, makes: ['v.bin.json'], changes: ['v.bin'], loses: made });
  });

  describe('fsync', () => {
    const room = new Room({ 't.txt': text() });
    const train = `w2v train t.txt -o v.bin ${quick}`;
    it('I04: fails, and the error names the file', async () => {
      const expected = {
        exit: 3,
        says: 'v.bin cannot be written: input/output error; the vectors are in v.bin.rescued',
        makes: ['v.bin.rescued', 'v.bin.rescued.json'],
      };
      // strace counts the calls of each thread by itself.
      const environment = { UV_THREADPOOL_SIZE: '1' };
      await room.expect(`${failing('fsync', 'error=EIO', '1')} ${train}`, expected, { environment });
    });

    it('I05: is not for this disk, and all is well', async () => {
      const made = { exit: 0, makes: ['v.bin', 'v.bin.json'] };
      await room.expect(`${failing('fsync', 'error=EINVAL', '1+')} ${train}`, made);
    });
  });

  describe('threads', () => {
    const room = new Room({ 't.txt': text(30_000) });
    /** Threads that the command starts when it needs one for its work. */
    const clones = async (command: string) => {
      await room.run(`exec strace -f -qq -e trace=clone,clone3 -o trace ${command} --threads 1 --force`);
      return room.read('trace').match(/clone3?\(/g)!.length;
    };
    it.each([
      ['I07b, I07d', `w2v train t.txt -o v.bin ${quick.replace(' --threads 1', '')}`],
      ['I07c, I07e', 'w2v count t.txt -o v.bin --dim 8'],
    ])('%s: the system refuses one: %s', async (_row, command) => {
      const base = await clones(command);
      room.remove('trace', 'v.bin', 'v.bin.json');
      const runs = [0, 1, 3].map(async (more) => {
        const one = new Room({ 't.txt': { link: room.path('t.txt') } });
        const fault = failing('clone,clone3', 'error=EAGAIN', `${base + more}+`);
        await one.expect(`${fault} ${command} --threads 8`, {
          exit: [1, 3],
          says: 'the system allows too few threads (EAGAIN)',
        });
      });
      await Promise.all(runs);
    });
  });

  describe('reading', () => {
    const room = new Room({ 't.txt': text(), 'p.tsv': 'w1\tw2\t3\n' });
    it('I08: a text', async () => {
      const fault = failing('read,pread64', 'error=EIO', '1+', 't.txt');
      await room.expect(`${fault} w2v vocab t.txt`, { exit: 3, says: 'cannot read t.txt: input/output error' });
    });

    it.each([
      ['I08b', 'v.bin', 'info v.bin'],
      ['I08d', 'v.parquet', 'info v.parquet'],
    ])('%s: %s', async (_row, file, command) => {
      await saveVectors(room.path(file), vectors('w'));
      const fault = failing('read,pread64', 'error=EIO', '1+', file);
      await room.expect(`${fault} w2v ${command}`, { exit: 3, says: new RegExp(`${file}.*input/output error`) });
    });

    it('I08f: a test set', async () => {
      await saveVectors(room.path('v.txt'), vectors('w'));
      const fault = failing('read,pread64', 'error=EIO', '1+', 'p.tsv');
      await room.expect(`${fault} w2v evaluate v.txt --pairs p.tsv`, { exit: 3, says: /p\.tsv.*EIO/ });
    });

    it('I08e: a sparse matrix', async () => {
      await room.expect('w2v count t.txt -o m.npz --method ppmi', { exit: 0, makes: /^m\.npz/, keeps: true });
      const fault = failing('read,pread64', 'error=EIO', '1+', 'm.npz');
      await room.expect(`${fault} w2v nearest m.npz w1`, { exit: 3, says: /m\.npz.*input\/output error/ });
    });
  });

  it('I09: a temporary file goes over the quota', async () => {
    const room = new Room({ 't.txt': text(700_000) });
    const fault = failing('pwrite64', 'error=EDQUOT', '1+');
    await room.expect(`${fault} w2v train t.txt -o v.bin ${quick}`, { exit: 3, says: 'your disk quota is used up' });
  });
});
