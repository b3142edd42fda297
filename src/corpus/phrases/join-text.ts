// Joins the phrases of a text that is read and spooled, pass after pass, and counts its words again.
import { finishInTurns } from '../../base/steps.ts';
import type { ReadingThreads } from '../reading-threads.ts';
import type { RewriteOptions, Spool } from '../spool.ts';
import type { TextReader } from '../text-reader.ts';
import type { CountedTypes } from '../vocabulary.ts';
import { countIds, joinPhrases, type PhraseIds } from './join-phrases.ts';
import type { Phrase, Phrases } from './phrases.ts';

export interface JoinedText {
  types: CountedTypes;
  /** Different phrases in the joined text, and their occurrences. */
  facts: { joined: { phrases: number; occurrences: number } };
}

const NO_TOKEN = '\0'; // a NUL is never in a text

/**
 * Makes the spool a text of the ids of types. A word that was pruned while reading keeps its place, so that its
 * neighbors do not seem to follow each other.
 */
export async function spoolTypes(
  reader: TextReader,
  spool: Spool,
  threads: ReadingThreads,
  options: RewriteOptions,
): Promise<void> {
  const pruned = reader.types.intern(NO_TOKEN);
  const { size, counts } = reader.types.countedTypes();
  const ids = new Int32Array(size);
  for (let id = 0; id < size; id++) ids[id] = counts[id] > 0 ? id : pruned;
  await spool.mapTypes(reader, ids, threads, options);
}

/** The phrases of a pass and the connector words by the ids of `types`. */
export function phraseIds(
  { types }: Pick<TextReader, 'types'>,
  pass: readonly Phrase[],
  { delimiter, connectorWords }: Pick<Phrases, 'delimiter' | 'connectorWords'>,
): PhraseIds {
  const phrases = pass.map(({ words }) => ({
    words: words.map((word) => types.intern(word)),
    id: types.intern(words.join(delimiter)),
  }));
  const connectors = connectorWords.map((word) => types.intern(word));
  const isConnector = new Uint8Array(types.countedTypes().size);
  for (const id of connectors) isConnector[id] = 1;
  return { phrases, isConnector };
}

/** Joins the phrases; the types then have the counts of the joined text. */
export async function joinText(
  reader: TextReader,
  spool: Spool,
  phrases: Phrases,
  threads: ReadingThreads,
  options: RewriteOptions,
): Promise<JoinedText> {
  await spoolTypes(reader, spool, threads, options);
  for (const pass of phrases.passes) {
    await finishInTurns(joinPhrases(spool.store, phraseIds(reader, pass, phrases)), options.signal);
  }
  const types = reader.types.countedTypes();
  const counts = await finishInTurns(countIds(spool.store, types.size), options.signal);
  counts[reader.types.intern(NO_TOKEN)] = 0;
  const joined = { phrases: 0, occurrences: 0 };
  for (const phrase of new Set(phrases.passes.flat().map(({ words }) => words.join(phrases.delimiter)))) {
    const count = counts[reader.types.intern(phrase)];
    joined.occurrences += count;
    if (count > 0) joined.phrases++;
  }
  return { types: { ...types, counts }, facts: { joined } };
}
