import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { checkOperands, translateSpellings } from '../../../src/cli/options/spellings.ts';

const train = new Command('train')
  .argument('<corpus...>')
  .option('-o, --output <file>')
  .option('--dim <n>')
  .option('--epochs <n>')
  .option('--lr <rate>')
  .option('--window <n>')
  .option('--threads <n>')
  .option('--min-count <n>')
  .option('--model <name>')
  .option('-k <n>')
  .option('--quiet')
  .option('--sample <t>')
  .option('--format <name>')
  .option('--cbow-sum')
  .option('--vocab <file>')
  .option('--init-vectors <file>')
  .option('--seed <n>')
  .option('--pairs <file...>');
const translated = (line: string) => translateSpellings(line.split(' '), train).join(' ');

describe('translateSpellings', () => {
  it.each([
    [
      'train a.txt -size 200 -iter=3 --alpha 0.05 --min_count 2 -ws 3 --vector_size=5',
      'train a.txt --dim 200 --epochs=3 --lr 0.05 --min-count 2 --window 3 --dim=5',
    ],
    [
      'train -input a.txt -output b.bin -dim 50 -minCount 3 -thread 2 -lr 0.1',
      'train a.txt --output b.bin --dim 50 --min-count 3 --threads 2 --lr 0.1',
    ],
    ['train -train a.txt -cbow 0', 'train a.txt --model skipgram'],
    ['train a -cbow 1 --workers 3', 'train a --model cbow --threads 3'],
    ['train a -k=3', 'train a -k 3'],
    ['train a --sg 1 --topn 3', 'train a --model skipgram -k 3'],
    ['train a --sg=0 --topn=3', 'train a --model cbow -k 3'],
    ['train a --top 3 --limit=4 --k 5', 'train a -k 3 -k 4 -k 5'],
    ['train a --dimensions 3 -t 1e-4 -t=1e-5', 'train a --dim 3 --sample 1e-4 --sample=1e-5'],
    ['train -train=a.txt -read-vocab v --seed=1', 'train a.txt --vocab v --seed=1'],
    ['train -pretrainedVectors p.vec', 'train --init-vectors p.vec'],
    ['train a --cbow_mean 1 -debug 2 -verbose 0 -classes 0', 'train a --quiet'],
    ['train a --seed 1 --vocab --constructor', 'train a --seed 1 --vocab --constructor'],
  ])('%s', (line, expected) => expect(translated(line)).toBe(expected));

  it.each([
    'train -o size -k 5 -1 -k5 - -o -size.bin',
    'train a -o -output', // a value, whatever it looks like
    'train a --lr -0.5',
    'train -- -size --size',
  ])('leaves alone: %s', (line) => expect(translated(line)).toBe(line));

  it.each(['-king', '--constructor', '-constructor', '-outputs', '-o-file', '-ofile=x'])('refuses %s', (arg) => {
    expect(() => translateSpellings(['train', 'a', arg], train)).toThrow(`unknown option '${arg}'`);
  });
});

describe('checkOperands', () => {
  const check = (line: string) => () => checkOperands(line.split(' '), train);

  it('tells an option that has taken the operands too', () => {
    expect(check('train --pairs p.tsv v.bin')).toThrow(
      '--pairs takes all that follows it (p.tsv, v.bin), so there is no corpus',
    );
    expect(check('train --quiet --pairs p q -o x')).toThrow('(p, q)');
  });

  it.each([
    'train v.bin --pairs p q',
    'train --pairs p q -- v.bin',
    'train --pairs p q --quiet v.bin',
    'train --pairs p',
  ])('has nothing against: %s', (line) => expect(check(line)).not.toThrow());
});
