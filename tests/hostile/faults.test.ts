// System calls that fail, and kills in the middle (rows I*, K9): strace makes them fail.
import { describe, expect, it } from 'vitest';
import { saveVectors } from '../../src/formats/formats.ts';
import { has, quick, Room, text, without } from './w2v.ts';

const works = has('strace -f -qq -o /dev/null -e trace=fsync -e inject=fsync:error=EIO true');
/** Makes the calls numbered `when` ("2": the second; "2+": from the second on) of `calls` fail, or `signal=SIGKILL` at them. */
const failing = (calls: string, fault: string, when: string, path = '') =>
  `exec strace -f -qq -o /dev/null ${path === '' ? '' : `-P ${path} `}-e trace=${calls} -e inject=${calls}:${fault}:when=${when}`;

const vectors = (first: string) => ({
  words: [`${first}1`, `${first}2`],
  matrix: Float32Array.of(1, 2, 3, 4),
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
    for (let at = 1; at <= 5; at++) {
      await saveVectors(room.path('v.npy'), vectors('old'), { force: true });
      const old = [room.read('v.npy'), room.read('v.npy.words')];
      const run = await room.run(`${failing(names, fault, `${at}`)} w2v convert new.txt v.npy --force`);
      const [matrix, words] = ['v.npy', 'v.npy.words'].map((name) =>
        run.lost.includes(name) ? 'gone' : room.read(name),
      );
      const state = [matrix, words].map((now, which) => (now === 'gone' ? now : now === old[which] ? 'old' : 'new'));
      seen.add(`${run.signal ?? run.code} ${state}`);
      // A killed command cannot take back; the next one takes away what it left.
      const next = await room.run('w2v convert new.txt v.npy --force');
      expect([next.code, room.read('v.npy.words')]).toEqual([0, 'new1\nnew2\n']);
      expect((await room.run('ls -A')).stdout).toBe('new.txt\nv.npy\nv.npy.words\n');
    }
    const right = fault.startsWith('error')
      ? ['3 old,old', '0 new,new']
      : ['SIGKILL old,old', 'SIGKILL old,gone', 'SIGKILL gone,old', 'SIGKILL new,gone', 'SIGKILL new,new', '0 new,new'];
    expect([...seen].filter((state) => !right.includes(state))).toEqual([]);
    expect(seen.size).toBeGreaterThan(1);
  });
});
