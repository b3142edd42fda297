// Options of word2vec.c, fastText and gensim that have a value for what is another option here, or the only way.
import { usage } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';

/** What each value is replaced by; the first option of it decides whether a command understands it. */
const meanings: Record<string, Record<string, readonly string[]>> = {
  cbow: { 1: ['--model', 'cbow'], 0: ['--model', 'skipgram'] },
  sg: { 1: ['--model', 'skipgram'], 0: ['--model', 'cbow'] },
  'cbow-mean': { 1: [], 0: ['--cbow-sum'] },
  hs: { 0: [], 1: ['--loss', 'hs'] },
  loss: { ns: [] },
  minn: { 0: [] },
  maxn: { 0: [] },
  'word-ngrams': { 1: [] },
  binary: { 0: ['--format', 'word2vec-text'], 1: ['--format', 'word2vec-binary'] },
  verbose: { 0: ['--quiet'], 1: [], 2: [] },
  debug: { 0: ['--quiet'], 1: [], 2: [] },
  classes: { 0: [] },
  'lr-update-rate': { 100: [] },
};

const negativeSampling = ['this command trains with negative sampling', 'leave it out, or use w2v train'] as const;
const subwords = [
  'this command learns one vector per word, without subwords',
  'leave it out, or use w2v train',
] as const;

/** What w2v cannot do, or does in another way. */
const refusals: Record<string, readonly [observed: string, hint: string]> = {
  hs: negativeSampling,
  loss: negativeSampling,
  minn: subwords,
  maxn: subwords,
  bucket: subwords,
  'word-ngrams': [
    'w2v learns vectors of single words',
    'find phrases with w2v phrases, and join them with --phrases FILE',
  ],
  classes: ['w2v does not cluster words', 'leave it out'],
  'save-vocab': ['another command writes the vocabulary', 'w2v vocab CORPUS -o FILE'],
};

/**
 * What `-NAME VALUE` of another program is here; undefined where no such option is known, or not to this command.
 * Throws `usage` where w2v does not do what it asks for.
 */
export function foreignOption(
  name: string,
  value: string | undefined,
  isKnown: (flag: string) => boolean,
): readonly string[] | undefined {
  if (!isKnown('--epochs')) return undefined; // options of training, of commands that train
  const meaning = own(own(meanings, name) ?? {}, value ?? '');
  if (meaning !== undefined && (meaning.length === 0 || isKnown(meaning[0]))) return meaning;
  const [observed, hint] = own(refusals, name) ?? [];
  if (observed === undefined || hint === undefined) return undefined;
  const given = value === undefined ? `-${name}` : `-${name} ${quotable(value)}`;
  throw usage(`${given}: ${observed}`, hint);
}

const subwordOptions = new Set(['minn', 'maxn', 'min-n', 'max-n', 'bucket']);

/**
 * fastText's `-minn 3 -maxn 6 -bucket N`, and gensim's `--min_n`, as `--subwords 3..6 --buckets N`; nothing with `-maxn
 * 0`. What is left out of the first two is as in fastText, 3 and 6. The other arguments follow.
 */
export function translateSubwords(args: readonly string[], isKnown: (flag: string) => boolean): readonly string[] {
  if (!isKnown('--subwords')) return args;
  const given = new Map<string, string>();
  const others: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const [, name = '', assigned] = /^--?([a-z_]+)(?:=(.*))?$/.exec(args[at]) ?? [];
    const kebab = name.replaceAll('_', '-');
    if (!subwordOptions.has(kebab)) others.push(args[at]);
    else given.set(kebab.replace('-', ''), assigned ?? args[++at] ?? '');
  }
  if (given.size === 0 || given.get('maxn') === '0') return others;
  const bucket = given.get('bucket');
  const subwords = ['--subwords', `${given.get('minn') ?? 3}..${given.get('maxn') ?? 6}`];
  return [...others, ...subwords, ...(bucket === undefined ? [] : ['--buckets', bucket])];
}

function own<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
