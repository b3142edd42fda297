// Reads test sets, which are files, standard input (-) or built-in (wordsim353, simlex999, google-analogies), and
// WordNet.
import { stat } from 'node:fs/promises';
import { W2vError } from '../errors.ts';
import type { TestSets } from '../evaluate/compare-files.ts';
import { type AnalogySet, parseAnalogies, readAnalogies } from '../evaluate/read-analogies.ts';
import { type PairSet, parsePairs, readPairs } from '../evaluate/read-pairs.ts';
import { readTestStream } from '../evaluate/read-test-file.ts';
import { getCorpus, listCorpora, type TestSetKind } from '../fetch/catalogue.ts';
import { fetchWordNet } from '../fetch/wordnet-files.ts';
import { quotable } from '../printable.ts';
import type { OnProgress } from '../progress.ts';
import { openWordNet, type WordNet } from '../thesaurus/open-wordnet.ts';
import { type CommandContext, cacheDirectory } from './context.ts';
import { STANDARD_INPUT, sayWaiting } from './standard-input.ts';

export interface NamedSets {
  pairs?: string[];
  analogies?: string[];
}

export interface ReadTestSets extends Required<TestSets> {
  /** The sets of the catalogue that could not be fetched. */
  leftOut: { name: string; error: W2vError }[];
}

/**
 * Reads what is named, `-` from standard input; without any name, the sets of the catalogue, as far as they can be
 * fetched: SimLex-999 takes Python. Throws as getCorpus, readPairs and readAnalogies do.
 */
export async function readTestSets(
  context: CommandContext,
  named: NamedSets,
  onProgress: OnProgress,
): Promise<ReadTestSets> {
  const all = named.pairs === undefined && named.analogies === undefined;
  const pairNames = named.pairs ?? (all ? await catalogueSets(context, 'pairs') : []);
  const analogyNames = named.analogies ?? (all ? await catalogueSets(context, 'analogies') : []);
  const leftOut: ReadTestSets['leftOut'] = [];
  const readEach = async <T extends { name: string }>(
    names: readonly string[],
    kind: TestSetKind,
    read: (path: string, signal: AbortSignal) => Promise<T>,
    parse: (text: string, name: string) => T,
  ): Promise<T[]> => {
    const sets: T[] = [];
    for (const name of names) {
      if (name === '-') {
        sayWaiting(context);
        sets.push(parse(await readTestStream(context.stdin, STANDARD_INPUT), STANDARD_INPUT));
        continue;
      }
      try {
        const { path, known } = await locate(context, name, kind, onProgress);
        const set = await read(path, context.signal);
        sets.push(known === undefined ? set : { ...set, name: known });
      } catch (error) {
        if (!all || !(error instanceof W2vError) || error.code !== 'setup-failed') throw error;
        leftOut.push({ name, error });
      }
    }
    return sets;
  };
  const pairs = await readEach<PairSet>(pairNames, 'pairs', readPairs, parsePairs);
  const analogies = await readEach<AnalogySet>(analogyNames, 'analogies', readAnalogies, parseAnalogies);
  return { pairs: withUniqueNames(pairs, pairNames), analogies: withUniqueNames(analogies, analogyNames), leftOut };
}

/** What is said of the sets that could not be fetched. */
export function leftOutLines({ leftOut }: ReadTestSets): string[] {
  return leftOut.map(({ name, error }) => `Left out: ${name}, which could not be fetched: ${error.message}`);
}

/** Test sets of one name in different folders are named by their paths. Throws `usage` for a set given twice. */
function withUniqueNames<T extends { name: string }>(sets: readonly T[], given: readonly string[]): T[] {
  const twice = given.find((name, at) => given.indexOf(name) !== at);
  if (twice !== undefined) throw new W2vError('usage', `${quotable(twice)} is given twice`, 'give each test set once');
  const isShared = (name: string) => sets.filter((set) => set.name === name).length > 1;
  return sets.map((set, at) => (isShared(set.name) ? { ...set, name: given[at]! } : set));
}

/** Opens WordNet from `folder`, or from the cache; the first call downloads it with npm. */
export async function loadWordNet(
  context: CommandContext,
  folder: string | undefined,
  onProgress: OnProgress,
): Promise<WordNet> {
  const { signal } = context;
  return openWordNet(folder ?? (await fetchWordNet({ cacheDirectory: cacheDirectory(context), onProgress, signal })));
}

/** The names of the built-in test sets of a kind. */
async function catalogueSets(context: CommandContext, kind: TestSetKind): Promise<string[]> {
  const known = await listCorpora({ cacheDirectory: cacheDirectory(context) });
  return known.filter(({ entry }) => entry.kind === kind).map(({ entry }) => entry.name);
}

/** The path of a test set: an existing file, else a built-in test set of that name. */
async function locate(
  context: CommandContext,
  name: string,
  kind: TestSetKind,
  onProgress: OnProgress,
): Promise<{ path: string; known?: string }> {
  const exists = await stat(name).then(
    () => true,
    () => false,
  );
  if (exists) return { path: name };
  const cache = cacheDirectory(context);
  const entry = name.replace(/^corpus:/, '');
  const corpora = await listCorpora({ cacheDirectory: cache });
  if (!corpora.some((corpus) => corpus.entry.name === entry)) {
    const known = await catalogueSets(context, kind);
    if (name.startsWith('corpus:')) {
      throw new W2vError('usage', `no test set is named '${quotable(entry)}'`, `choose one of ${known.join(', ')}`);
    }
    const observed = `${quotable(name)}: no such file, and no ${kind === 'pairs' ? 'word pairs' : 'analogies'} of that name`;
    throw new W2vError('file-missing', observed, `check the path, or use a built-in one: ${known.join(', ')}`);
  }
  const { path } = await getCorpus(entry, { cacheDirectory: cache, kind, onProgress, signal: context.signal });
  return { path, known: entry };
}
