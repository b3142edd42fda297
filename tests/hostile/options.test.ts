// Options and their numbers, words, spellings of other programs (rows N*, O04*, O05, O08c, B07).
import { describe, it } from 'vitest';
import { noTensorflow, ownCache, quick, Room, text, without } from './w2v.ts';

const vectors = 'king 1 2 3\nqueen 1 2 2\nman 3 2 1\nwoman 3 1 1\n';
const pairs = 'king\tqueen\t5\nman\twoman\t4\nking\tman\t2\n';
const room = new Room({
  'v.txt': vectors,
  'p.tsv': pairs,
  't.txt': text(),
  's.tsv': 'w1\tw2\t3\nw1\tw3\t2\nw2\tw9\t1\n',
});

describe('numbers', () => {
  it('N4.seedover: seeds beyond the whole numbers', async () => {
    const options = '--engine wasm --dim 4 --epochs 1 --thesaurus none --pairs s.tsv';
    const command = `w2v compare t.txt --seed 9007199254740991 --seeds 3 ${options}`;
    await room.expect(command, { exit: 2, says: '9007199254740991' });
  });

  it('N4.dimV: more dimensions than words', async () => {
    const tiny = new Room({ 't.txt': text(300, 9), 's.tsv': room.read('s.tsv') });
    const command = 'w2v compare t.txt --engine wasm --thesaurus none --epochs 1 --pairs s.tsv';
    await tiny.expect(command, { exit: [0, 2, 3], says: /dimensions|too few/ });
  });

  it('N6.vocab5: a word of megabytes in a vocabulary', async () => {
    room.put('voc.tsv', `w1\t900\n${'x'.repeat(10_000_000)}\t800\nw2\t700\n`);
    const command = `w2v train t.txt -o v.bin --vocab voc.tsv ${quick}`;
    await room.expect(command, { exit: [0, 3], makes: /^v\.bin/ });
    room.remove('voc.tsv');
  });

  it('N5.pairs6: a line of megabytes as pairs', async () => {
    room.put('long.tsv', 'w1 w2 '.repeat(5_000_000));
    const command = 'w2v evaluate v.txt --pairs long.tsv';
    await room.expect(command, { exit: 3, says: 'long.tsv:1', memory: 400 });
    room.remove('long.tsv');
  });

  it.skipIf(noTensorflow)(`N.tf.window1000${without(!noTensorflow, 'TensorFlow')}`, async () => {
    const environment = { W2V_CACHE: ownCache };
    const large = new Room({ 't.txt': text(20_000) });
    const command = 'w2v train t.txt -o v.bin --engine tensorflow --window 1000 --epochs 1 --dim 8';
    await large.expect(command, { exit: [0, 2], makes: /^v\.bin/, memory: 1000 }, { environment });
  });

  it.skipIf(noTensorflow)(
    `N.tf.cbowsum, N.tf.lr10: no loss without bounds${without(!noTensorflow, 'TensorFlow')}`,
    async () => {
      const environment = { W2V_CACHE: ownCache };
      const large = new Room({ 't.txt': text(48_000, 2000) });
      const command = 'w2v train t.txt -o v.bin --engine tensorflow --epochs 1 --dim 8 --lr 10';
      const expected = { exit: [0, 1], makes: /^v\.bin/, never: /loss (\d{4,}|NaN|Infinity)/ };
      for (const more of ['', ' --model cbow --cbow-sum --window 50']) {
        await large.expect(`${command}${more}`, expected, { environment });
      }
    },
  );
});

describe('words and spellings', () => {
  it.each([
    ['N2.dashword', 'nearest v.txt -king -k 3', "unknown option '-king'"],
    ['B07', 'evaluate --pairs p.tsv v.txt', /--pairs.*v\.txt/],
  ])('%s: %s', async (_row, command, says) => {
    await room.expect(`w2v ${command}`, { exit: 2, says });
  });

  it('O04k: -output, as fastText has it', async () => {
    await room.expect(`w2v train t.txt -output x.bin ${quick}`, { exit: 0, makes: ['x.bin', 'x.bin.json'] });
  });

  it('N2.minus: a sum without a direction', async () => {
    await room.expect('w2v nearest v.txt king - king -k 3', { exit: 2, says: /quote/ });
    await room.expect("w2v nearest v.txt 'king - king' -k 3 --json", { exit: [0, 3], answers: /^\[/ });
  });

  it('O05: an argument of 100 kB is quoted short', async () => {
    const run = await room.expect(`w2v nearest v.txt ${'x'.repeat(100_000)}`, { exit: 5, says: "'xxx" });
    if (run.stderr.length > 500) throw new Error(`${run.stderr.length} characters`);
  });

  it('O08c: compare <(...) <(...)', async () => {
    const command = 'w2v compare <(cat v.txt) <(cat v.txt) --thesaurus none --pairs p.tsv';
    await room.expect(command, { exit: [2, 3], says: /pipe/ });
  });
});
