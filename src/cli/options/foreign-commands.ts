// A command line of word2vec.c, fastText or gensim as it is pasted: which of our commands it means, and the defaults of
// its program that make another model than ours would.
import { extname } from 'node:path';
import { quotable } from '../../base/printable.ts';

/** Their commands, as the first words of ours. */
const commands = new Map<string | undefined, readonly string[]>([
  ['skipgram', ['train', '--model', 'skipgram']],
  ['cbow', ['train', '--model', 'cbow']],
  ['analogies', ['analogy']],
  ['print-word-vectors', ['vector']],
  ['print-sentence-vectors', ['embed']],
  ['distance', ['nearest']],
  ['most_similar', ['nearest']],
  ['most-similar', ['nearest']],
  ['doesnt_match', ['odd']],
  ['predict_output_word', ['predict']],
]);

/** A default of another program, where the line has none of the options `names`: our option, and its value. */
interface Default {
  names: readonly string[];
  option: string;
  value: string;
}

const epochs: Default = { names: ['iter', 'epoch', 'epochs'], option: '--epochs', value: '5' };
const rates = ['alpha', 'lr', 'learning-rate'];

/** word2vec.c, trunk/word2vec.c: `cbow = 1, binary = 0, iter = 5, alpha = 0.025`, and alpha = 0.05 with cbow. */
const word2vec: readonly Default[] = [
  { names: ['cbow', 'sg', 'model'], option: '--model', value: 'cbow' },
  epochs,
  { names: ['binary', 'format'], option: '--format', value: 'word2vec-text' },
];

/** fastText, src/args.cc: `minn = 3, maxn = 6, lr = 0.05, epoch = 5, t = 1e-4`. */
const fasttext: readonly Default[] = [
  { names: ['minn', 'maxn', 'min-n', 'max-n', 'bucket', 'subwords'], option: '--subwords', value: '3..6' },
  epochs,
  { names: rates, option: '--lr', value: '0.05' },
  { names: ['t', 'sample'], option: '--sample', value: '0.0001' },
];

/**
 * `skipgram -input a.txt -output m` -> `train --model skipgram -input a.txt -output m.bin --subwords 3..6 --epochs 5
 * --lr 0.05 --sample 0.0001`; `-train a.txt` -> `train -train a.txt --model cbow` and so on; all else as it is.
 */
export function translateCommand(args: readonly string[]): readonly string[] {
  const { ours, operands, defaults } = meaningOf(args);
  return ours === undefined ? args : [...ours, ...operands, ...defaults];
}

/** What `translateCommand` has taken over from the program that the line is for, in a sentence. */
export function takenOver(args: readonly string[]): string | undefined {
  const { program, defaults, prefix } = meaningOf(args);
  if (program === undefined || defaults.length === 0) return undefined;
  const files =
    prefix === undefined
      ? ''
      : `; ${prefix}.bin is written, and ${prefix}.vec by: w2v convert ${prefix}.bin ${prefix}.vec`;
  return `As ${program} does without these options: ${defaults.join(' ')}${files}`;
}

interface Meaning {
  /** The first words of our line. */
  ours?: readonly string[] | undefined;
  /** What follows them: what the line has. */
  operands: readonly string[];
  /** What the line leaves to the defaults of its program. */
  defaults: readonly string[];
  program?: string;
  /** The name for which fastText writes two files, quoted. */
  prefix?: string | undefined;
}

function meaningOf(args: readonly string[]): Meaning {
  const [first, ...rest] = args;
  const given = namesOf(args);
  // word2vec.c and gensim's word2vec_standalone have no commands.
  if (first?.startsWith('-') && given.has('train')) {
    const isSkipgram = isGiven(args, 'cbow', '0') || isGiven(args, 'sg', '1') || isGiven(args, 'model', 'skipgram');
    const rate = { names: rates, option: '--lr', value: isSkipgram ? '0.025' : '0.05' };
    return { ours: ['train'], operands: args, defaults: missing([...word2vec, rate], given), program: 'word2vec.c' };
  }
  const ours = commands.get(first);
  if (ours?.[0] !== 'train' || !given.has('input')) return { ours, operands: rest, defaults: [] };
  const at = rest.findIndex((arg) => /^--?output$/.test(arg)) + 1;
  const output = at > 0 && !given.has('format') ? rest[at] : undefined;
  const prefix = output === undefined || hasFormat(output) ? undefined : output;
  const operands = prefix === undefined ? rest : rest.with(at, `${prefix}.bin`);
  const name = prefix === undefined ? undefined : quotable(prefix);
  return { ours, operands, defaults: missing(fasttext, given), program: 'fastText', prefix: name };
}

/** `min-count` of `-minCount 5`, `--min_count=5`. */
function namesOf(args: readonly string[]): ReadonlySet<string> {
  const names = args.flatMap((arg) => /^--?([A-Za-z][A-Za-z_-]*)(?:=|$)/.exec(arg)?.[1] ?? []);
  return new Set(names.map((name) => name.replaceAll('_', '-').toLowerCase()));
}

function isGiven(args: readonly string[], name: string, value: string): boolean {
  return args.some((arg, at) => {
    const dashless = arg.replace(/^--?/, '');
    return arg !== dashless && (dashless === `${name}=${value}` || (dashless === name && args[at + 1] === value));
  });
}

function missing(defaults: readonly Default[], given: ReadonlySet<string>): string[] {
  return defaults.flatMap(({ names, option, value }) => (names.some((name) => given.has(name)) ? [] : [option, value]));
}

function hasFormat(output: string): boolean {
  const isStream = output === '-' || output.startsWith('/dev/') || output.endsWith('/');
  return isStream || extname(output.replace(/\.gz$/, '')) !== '';
}
