// Options of word2vec.c, fastText and gensim that have a value for what is another option here, or the only way.
import { W2vError } from '../../errors.ts';
import { quotable } from '../../printable.ts';

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
const subwords = ['w2v learns one vector per word, without subwords', 'leave it out'] as const;

/** What w2v cannot do, or does in another way. */
const refusals: Record<string, readonly [observed: string, hint: string]> = {
  hs: negativeSampling,
  loss: negativeSampling,
  minn: subwords,
  maxn: subwords,
  bucket: subwords,
  'word-ngrams': ['w2v learns vectors of single words', 'join the phrases with _ in the text'],
  classes: ['w2v does not cluster words', 'leave it out'],
  'save-vocab': ['another command writes the vocabulary', 'w2v vocab CORPUS -o FILE'],
};

/**
 * What `-NAME VALUE` of another program is here; undefined where no such option is known, or not to this command. Throws `usage`
 * where w2v does not do what it asks for.
 */
export function foreignOption(
  name: string,
  value: string | undefined,
  isKnown: (flag: string) => boolean,
): readonly string[] | undefined {
  if (!isKnown('--epochs')) return undefined; // options of training, of commands that train
  const meaning = own(own(meanings, name) ?? {}, value ?? '');
  if (meaning !== undefined && (meaning.length === 0 || isKnown(meaning[0]!))) return meaning;
  const [observed, hint] = own(refusals, name) ?? [];
  if (observed === undefined || hint === undefined) return undefined;
  const given = value === undefined ? `-${name}` : `-${name} ${quotable(value)}`;
  throw new W2vError('usage', `${given}: ${observed}`, hint);
}

function own<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
