// Reads test sets, which are files, standard input (-) or built-in (wordsim353, simlex999, google-analogies), and
// WordNet. Nothing is fetched here: what is neither in the package nor in the cache is left out, or an error.
import { stat } from 'node:fs/promises';
import { missing, usage, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import type { OnProgress } from '../base/progress.ts';
import type { TestSets } from '../evaluate/compare-files.ts';
import { type AnalogySet, parseAnalogies, readAnalogies } from '../evaluate/read-analogies.ts';
import { type PairSet, parsePairs, readPairs } from '../evaluate/read-pairs.ts';
import { readTestStream } from '../evaluate/read-test-file.ts';
import { getCorpus, listCorpora, notFetched, type TestSetKind } from '../fetch/catalog.ts';
import { keptWordNet, wordnetEntry } from '../fetch/wordnet-files.ts';
import { openWordNet, type WordNet } from '../thesaurus/open-wordnet.ts';
import { type CommandContext, cacheDirectory } from './context.ts';
import { STANDARD_INPUT, sayWaiting } from './standard-input.ts';

export interface NamedSets {
  pairs?: string[];
  analogies?: string[];
}

/** What is done without, by its name in the catalog. */
export interface LeftOut {
  name: string;
  error: W2vError;
}

export interface ReadTestSets extends Required<TestSets> {
  leftOut: LeftOut[];
}

/**
 * Reads what is named, `-` from standard input; without any name, the sets of the catalog that are in the package or
 * the cache. Throws as getCorpus, readPairs and readAnalogies do.
 */
export async function readTestSets(
  context: CommandContext,
  named: NamedSets,
  onProgress: OnProgress,
): Promise<ReadTestSets> {
  const all = named.pairs === undefined && named.analogies === undefined;
  const pairNames = named.pairs ?? (all ? await catalogSets(context, 'pairs') : []);
  const analogyNames = named.analogies ?? (all ? await catalogSets(context, 'analogies') : []);
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
        if (!all) throw error;
        leftOut.push(leftOutFor(name, error));
      }
    }
    return sets;
  };
  const pairs = await readEach<PairSet>(pairNames, 'pairs', readPairs, parsePairs);
  const analogies = await readEach<AnalogySet>(analogyNames, 'analogies', readAnalogies, parseAnalogies);
  return { pairs: withUniqueNames(pairs, pairNames), analogies: withUniqueNames(analogies, analogyNames), leftOut };
}

/** What is left out for an error: not in the cache, or the cache cannot be written to. Throws any other error. */
export function leftOutFor(name: string, error: unknown): LeftOut {
  if (error instanceof W2vError && ['file-missing', 'setup-failed'].includes(error.code)) return { name, error };
  throw error;
}

/** What is said of it: one line for all that can be fetched. */
export function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const isToFetch = ({ error }: LeftOut) => error.code === 'file-missing';
  const names = leftOut.filter(isToFetch).map(({ name }) => name);
  const lines = leftOut
    .filter((one) => !isToFetch(one))
    .map(({ name, error }) => `Left out: ${name}: ${error.message}`);
  if (names.length === 0) return lines;
  const [are, them] = names.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return [
    `Left out: ${names.join(' and ')}, which ${are} not in the cache. Get ${them} with: w2v corpus get ${names.join(' ')}`,
    ...lines,
  ];
}

/** Test sets of one name in different folders are named by their paths. Throws `usage` for a set given twice. */
function withUniqueNames<T extends { name: string }>(sets: readonly T[], given: readonly string[]): T[] {
  const twice = given.find((name, at) => given.indexOf(name) !== at);
  if (twice !== undefined) throw usage(`${quotable(twice)} is given twice`, 'give each test set once');
  const isShared = (name: string) => sets.filter((set) => set.name === name).length > 1;
  return sets.map((set, at) => (isShared(set.name) ? { ...set, name: given[at] } : set));
}

/** Opens WordNet from `folder`, or from the cache. Throws `file-missing` where it is not there, and as openWordNet. */
export async function loadWordNet(context: CommandContext, folder: string | undefined): Promise<WordNet> {
  const where = folder ?? (await keptWordNet(cacheDirectory(context)));
  if (where === undefined) throw notFetched(wordnetEntry.name);
  return openWordNet(where);
}

/** The names of the built-in test sets of a kind. */
async function catalogSets(context: CommandContext, kind: TestSetKind): Promise<string[]> {
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
  if (!name.startsWith('corpus:') && !corpora.some((corpus) => corpus.entry.name === entry)) {
    const known = await catalogSets(context, kind);
    const observed = `${quotable(name)}: no such file, and no ${kind === 'pairs' ? 'word pairs' : 'analogies'} of that name`;
    throw missing(observed, `check the path, or use a built-in one: ${known.join(', ')}`);
  }
  const options = { cacheDirectory: cache, kind, offline: true, onProgress, signal: context.signal };
  const { path } = await getCorpus(entry, options);
  return { path, known: entry };
}
