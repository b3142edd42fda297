// Two processes at one output.
import { readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { saveVectors } from '../../src/formats/save.ts';
import { has, quick, Room, text, without } from './w2v.ts';

const works = has('strace -f -qq -o /dev/null -e trace=fsync -e inject=fsync:delay_enter=1000 true');
const vectors = (name: string) => ({
  words: [`${name}1`, `${name}2`],
  matrix: Float32Array.of(1, 2, 3, name.length),
  dimensions: 2,
});

describe('two writers at one output', () => {
  it('with --force, each many times: at the end all files are of one of them', async () => {
    const room = new Room({ 't.txt': text() });
    const train = (seed: number) =>
      `for i in 1 2 3; do w2v train t.txt -o v.npy --save-output o.npy --seed ${seed} --force ${quick} --quiet || exit; done`;
    await room.expect(`(${train(1)}) & one=$!; (${train(2)}) & other=$!; wait $one && wait $other`, {
      exit: 0,
      makes: ['o.npy', 'o.npy.words', 'v.npy', 'v.npy.json', 'v.npy.words'],
      keeps: true,
    });
    const { seed } = JSON.parse(room.read('v.npy.json'));
    const found = [room.bytes('v.npy'), room.bytes('o.npy')];
    await room.run(`w2v train t.txt -o v.npy --save-output o.npy --seed ${seed} --force ${quick}`);
    expect([room.bytes('v.npy').equals(found[0]), room.bytes('o.npy').equals(found[1])]).toEqual([true, true]);
  });

  it('without --force: one of them writes, the other says so and keeps its result apart', async () => {
    const room = new Room({ 't.txt': text() });
    const train = `w2v train t.txt -o v.bin ${quick}`;
    const both = `${train} & first=$!; ${train}; second=$?; wait $first; exit $((second + $?))`;
    const { stderr } = await room.expect(both, {
      exit: 3,
      says: 'v.bin already exists',
      makes: /^v\.bin(\.json|\.rescued(\.json)?)?$/,
    });
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
  });

  // One is stopped for a while between the names of two files; meanwhile the other comes.
  it.skipIf(!works)(`are not mixed by any delay${without(works, 'strace')}`, async () => {
    const delayed = async (when: number) => {
      const room = new Room();
      await saveVectors(room.path('one.txt'), vectors('one'));
      await saveVectors(room.path('other.txt'), vectors('another'));
      await saveVectors(room.path('v.npy'), vectors('old'));
      const slow = `strace -f -qq -o /dev/null -e trace=rename -e inject=rename:delay_enter=3000000:when=${when}`;
      const begun = "until ls -A | grep -q '^[.]v[.]npy[.]'; do sleep 0.02; done";
      const line = `${slow} w2v convert one.txt v.npy --force & one=$!; ${begun}; w2v convert other.txt v.npy --force && wait $one`;
      await room.expect(line, { exit: 0, changes: ['v.npy', 'v.npy.words'] });
      const [matrix, words] = [room.bytes('v.npy'), room.read('v.npy.words')];
      expect([3, 7]).toContain(matrix.readFloatLE(matrix.length - 4));
      expect(words.startsWith(matrix.readFloatLE(matrix.length - 4) === 3 ? 'one1' : 'another1')).toBe(true);
    };
    await Promise.all([1, 2, 3].map(delayed));
  });

  it('the lock of a killed writer holds nobody up, and is removed', async () => {
    const room = new Room();
    await saveVectors(room.path('one.txt'), vectors('one'));
    const dead = { pid: 4194305, host: hostname(), since: new Date() }; // above the highest process number of Linux
    writeFileSync(room.path('.v.npy.lock'), JSON.stringify(dead));
    const run = await room.expect('w2v convert one.txt v.npy', {
      exit: 0,
      makes: ['v.npy', 'v.npy.words'],
      loses: ['.v.npy.lock'],
      keeps: true,
    });
    expect(run.seconds).toBeLessThan(10);
    expect(readdirSync(room.folder).sort()).toEqual(['one.txt', 'v.npy', 'v.npy.words']);
  });
});
