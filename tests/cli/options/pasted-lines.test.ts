// Command lines of word2vec.c, fastText and gensim, as their documentation and scripts have them.
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { translateCommand } from '../../../src/cli/options/foreign-commands.ts';
import { declare } from '../../../src/cli/options/option.ts';
import { searching } from '../../../src/cli/options/question.ts';
import { translateSpellings } from '../../../src/cli/options/spellings.ts';
import { settingsOf, type TrainCommandOptions, trainOptions } from '../../../src/cli/options/train.ts';

function parsed(line: string) {
  const command = new Command('train').exitOverride().configureOutput({ writeErr: () => {} });
  declare(command, { operands: [{ name: '[corpus...]', text: '' }], options: trainOptions });
  let found: { corpora: string[]; options: TrainCommandOptions } | undefined;
  command.action((corpora: string[], options: TrainCommandOptions) => {
    found = { corpora, options };
  });
  const [name, ...words] = translateSpellings(translateCommand(line.split(' ')), command);
  expect(name).toBe('train');
  command.parse(words, { from: 'user' });
  const { corpora, options } = found!;
  return { corpora, ...options, ...settingsOf(options) };
}

describe('training', () => {
  it.each([
    [
      'word2vec.c, demo-word.sh',
      '-train text8 -output vectors.bin -cbow 1 -size 200 -window 8 -negative 25 -hs 0 -sample 1e-4 -threads 20 -binary 1 -iter 15',
      {
        dim: 200,
        window: 8,
        negative: 25,
        sample: 1e-4,
        threads: 20,
        epochs: 15,
        model: 'cbow',
        format: 'word2vec-binary',
      },
      'text8',
    ],
    [
      'word2vec.c, its own example',
      '-train data.txt -output vec.txt -size 200 -window 5 -sample 1e-4 -negative 5 -hs 0 -binary 0 -cbow 0 -iter 3',
      { dim: 200, model: 'skipgram', epochs: 3, format: 'word2vec-text', output: 'vec.txt' },
      'data.txt',
    ],
    [
      'word2vec.c, all other options',
      'train -train data.txt -output v.bin -alpha 0.1 -debug 2 -classes 0 -read-vocab words.tsv',
      { learningRate: 0.1, vocab: 'words.tsv' },
      'data.txt',
    ],
    [
      'word2vec.c, with hierarchical softmax',
      '-train data.txt -output v.bin -hs 1 -negative 0',
      { loss: 'hs', negative: 0 },
      'data.txt',
    ],
    [
      'fastText, its losses',
      'cbow -input fil9 -output v.vec -loss softmax',
      { loss: 'softmax', model: 'cbow' },
      'fil9',
    ],
    [
      'gensim, with hierarchical softmax',
      'train a.txt -o v.bin --hs 1 --negative 0',
      { loss: 'hs', negative: 0 },
      'a.txt',
    ],
    [
      'fastText, its tutorial',
      'skipgram -input data/fil9 -output fil9.bin -minn 0 -maxn 0 -dim 300 -epoch 1 -lr 0.5 -thread 4',
      { model: 'skipgram', dim: 300, epochs: 1, learningRate: 0.5, threads: 4, output: 'fil9.bin' },
      'data/fil9',
    ],
    [
      'fastText, word-vector-example.sh',
      'cbow -input fil9 -output v.vec -lr 0.025 -dim 100 -ws 5 -epoch 1 -minCount 5 -neg 5 -loss ns -maxn 0 -thread 4 -t 1e-4 -lrUpdateRate 100 -wordNgrams 1 -verbose 0',
      { model: 'cbow', window: 5, minCount: 5, negative: 5, sample: 1e-4, quiet: true },
      'fil9',
    ],
    [
      "gensim's word2vec_standalone",
      '-train data.txt -output trained_vec.txt -size 200 -sample 1e-4 -binary 0 -iter 3 -min_count 2 -cbow 0 -hs 0 -threads 3',
      { dim: 200, minCount: 2, model: 'skipgram', format: 'word2vec-text' },
      'data.txt',
    ],
    [
      'parameters of gensim',
      'train a.txt -o v.bin --vector_size 50 --window 5 --min_count 1 --workers 4 --sg 1 --hs 0 --negative 5 --ns_exponent 0.5 --epochs 3 --alpha 0.05 --max_final_vocab 100 --seed 7',
      {
        dim: 50,
        minCount: 1,
        threads: 4,
        model: 'skipgram',
        negativeExponent: 0.5,
        learningRate: 0.05,
        maxVocab: 100,
        seed: 7,
      },
      'a.txt',
    ],
    ['names of models', 'train a.txt -o v.bin --model skip-gram', { model: 'skipgram' }, 'a.txt'],
    [
      'vectors to start from',
      'skipgram -input a.txt -output v.bin -pretrainedVectors p.vec',
      { initVectors: 'p.vec' },
      'a.txt',
    ],
    [
      'n-grams of fastText',
      'skipgram -input a.txt -output v.bin -maxn 5 -minn 2 -bucket 1000',
      { subwords: '2..5', buckets: 1000 },
      'a.txt',
    ],
    ['n-grams of gensim', 'train a.txt -o v.bin --min_n=2', { subwords: '2..6' }, 'a.txt'],
    ['CBOW that sums', 'train a.txt -o v.bin --sg=0 --cbow_mean=0', { model: 'cbow', cbowSum: true }, 'a.txt'],
  ])('%s', (_, line, expected, corpus) => {
    const result = parsed(line);
    expect(result).toMatchObject(expected);
    expect(result.corpora).toEqual([corpus]);
  });

  it.each([
    ['-wordNgrams 2', 'w2v learns vectors of single words'],
    ['-classes 500', 'w2v does not cluster words'],
    ['-save-vocab v.txt', 'another command writes the vocabulary'],
  ])('%s is refused with the reason', (more, message) => {
    expect(() => parsed(`train a.txt -o v.bin ${more}`)).toThrow(message);
  });
});

describe('questions', () => {
  const nearest = new Command('nearest');
  declare(nearest, { options: searching('neighbors', 10) });

  it.each([
    ['most_similar v.bin king --topn 5 --restrict_vocab 1000', 'nearest v.bin king -k 5 --restrict-vocab 1000'],
    ['distance v.bin', 'nearest v.bin'],
    ['print-word-vectors v.bin king', 'vector v.bin king'],
    ['analogies v.bin', 'analogy v.bin'],
    ['doesnt_match v.bin a b c', 'odd v.bin a b c'],
    ['nearest v.bin cbow -train', 'nearest v.bin cbow -train'],
  ])('%s', (line, expected) => {
    const words = translateCommand(line.split(' '));
    expect((line.endsWith('-train') ? words : translateSpellings(words, nearest)).join(' ')).toBe(expected);
  });
});
