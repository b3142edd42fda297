// Counts on a cluster in SQL alone, where scripts are not allowed, and packs the pairs that come back as a worker
// would.

import { W2vError } from '../base/errors.ts';
import type { CountedWords } from '../corpus/count-words.ts';
import type { Vocabulary } from '../corpus/vocabulary.ts';
import { packRows } from '../count/cooccurrence/pack-rows.ts';
import { partRowsOf, partsFor } from '../count/cooccurrence/packed-counts.ts';
import { chooseClusterWords } from './choose-words.ts';
import { type ClusterProgress, stagesReporter } from './cluster-progress.ts';
import type { ClusterCorpus } from './corpus-view.ts';
import type { SparkSession } from './session.ts';
import type { ClusterTokenizing, PairSettings, WordLimits } from './settings.ts';
import { quotedForSql, sqlOfPairs, sqlOfPlacedWords, sqlOfWords } from './sql-statements.ts';
import { type ClusterCounts, clusterCounts } from './worker-way.ts';

/**
 * Characters that SQL and w2v read alike: Latin letters without combining marks, basic Cyrillic, general punctuation
 * and some symbols. Left out are all that NFC changes or that lower case depends on neighbors for, and U+FFFD.
 */
const SAFE =
  '[^\\x01-\\x{12f}\\x{132}-\\x{17f}\\x{400}-\\x{45f}\\x{2000}-\\x{205e}\\x{20a0}-\\x{20c0}\\x{2190}-\\x{22ff}]';

/** Refuses text that SQL might split in another way, unless that is accepted; NUL always. One reading of the corpus. */
export async function checkSqlTokenizing(
  session: SparkSession,
  { view }: ClusterCorpus,
  { tokenizer }: ClusterTokenizing,
  isAccepted: boolean,
  signal?: AbortSignal,
): Promise<void> {
  const first = async (condition: string) =>
    (await session.rows(`SELECT substr(value, 1, 60) AS line FROM ${view} WHERE ${condition} LIMIT 1`, { signal }))[0];
  const zero = await first('instr(value, chr(0)) > 0');
  if (zero) {
    const hint = 'give plain text in UTF-8 (or gzip of it)';
    throw new W2vError('not-text', 'the corpus is not text: a line has a NUL byte', hint);
  }
  if (isAccepted || tokenizer === 'whitespace') return;
  const other = await first(`value RLIKE ${quotedForSql(SAFE)}`);
  if (!other) return;
  throw new W2vError(
    'engine-unavailable',
    'the server does not run scripts, and in SQL alone words of this text may differ from those of one machine: it has letters that Unicode normalization (NFC) may change',
    "give { via: 'sql' } to accept this (docs/cluster.md says what differs)",
  );
}

/** Throws as `countWords` and the session do. */
export async function sqlVocabulary(
  session: SparkSession,
  corpus: ClusterCorpus,
  tokenizing: ClusterTokenizing,
  limits: WordLimits,
  progress: ClusterProgress,
): Promise<CountedWords> {
  const { view, files } = corpus;
  // Without the places of words, words of equal count come in alphabetical order.
  const nowhere = "struct('' AS file, 0L AS start, 0L AS place)";
  const words = files
    ? sqlOfPlacedWords(view, tokenizing)
    : `SELECT word, n, ${nowhere} AS first FROM (${sqlOfWords(view, tokenizing)})`;
  return chooseClusterWords(session, corpus, tokenizing, limits, words, progress);
}

const VOCABULARY = 'w2v_vocabulary';

/** Throws as `countCooccurrences` and the session do. */
export async function sqlCounts(
  session: SparkSession,
  corpus: ClusterCorpus,
  tokenizing: ClusterTokenizing,
  vocabulary: Vocabulary,
  pairs: PairSettings,
  progress: ClusterProgress,
): Promise<ClusterCounts> {
  const { words, counts, total } = vocabulary;
  await session.createTable(VOCABULARY, { word: words, id: Int32Array.from(words.keys()) });
  const sql = sqlOfPairs(corpus.view, VOCABULARY, tokenizing, pairs);
  const parts = partsFor(vocabulary, pairs.window);
  const packer = packRows(partRowsOf(vocabulary, { ...pairs, parts }), words.length, pairs.directional);
  const { signal, onReattach } = progress;
  const options = { signal, onReattach, onStages: stagesReporter('count', progress) };
  for await (const batch of session.query(`SELECT * FROM (${sql}) ORDER BY row, col`, options)) {
    const [row, col, units] = ['row', 'col', 'units'].map((name) => batch.getChild(name)!);
    for (let at = 0; at < batch.numRows; at++)
      packer.add(Number(row!.at(at)), Number(col!.at(at)), Number(units!.at(at)));
  }
  // SQL gives no figures of the text here; those of the vocabulary stand for them.
  const figures = { lines: 0, bytes: 0, tokens: total, rareTokens: 0, overlongTokens: 0 };
  if (counts.length === 0) throw new W2vError('corpus-empty', 'the vocabulary is empty', 'lower { minCount }');
  return clusterCounts(corpus, tokenizing, vocabulary, figures, { parts, pieces: packer.pieces() });
}
