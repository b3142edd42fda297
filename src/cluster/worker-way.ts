// Counts on a cluster with w2v's own worker on the executors: the result is that of one machine, exactly.

import { W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import type { CountedWords } from '../corpus/count-words.ts';
import { corpusInMemory, type EncodedCorpus } from '../corpus/encoded-corpus.ts';
import { formatVocabulary, type Vocabulary } from '../corpus/vocabulary.ts';
import { type PackedCounts, type PackedPiece, partsFor } from '../count/cooccurrence/packed-counts.ts';
import type { Artifact } from './artifacts.ts';
import { chooseClusterWords } from './choose-words.ts';
import { type ClusterProgress, stagesReporter } from './cluster-progress.ts';
import { type ClusterCorpus, fileWithNul } from './corpus-view.ts';
import type { SparkSession } from './session.ts';
import type { ClusterTokenizing, PairSettings, WordLimits } from './settings.ts';
import { transform } from './sql-statements.ts';
import { shellQuoted } from './way.ts';
import type { TextFigures } from './worker/count-pairs.ts';
import { settingsWord, type WorkerMode, type WorkerSettings } from './worker/settings.ts';
import { nodeArchive, sentNode, workerArchive, workerProgram } from './worker-archive.ts';

/** The worker on the executors, for one session. */
export interface ClusterWorker {
  /** SQL that runs the worker over the rows of `input`; files of the session are named by `file`. */
  run(columns: string, mode: WorkerMode, settings: WorkerSettings, schema: string, input: string): string;
  /** Sends a file; its path for the worker. */
  send(name: string, data: Uint8Array): Promise<string>;
}

/** Sends the worker, and Node where `node` is `{ send }`, the path of a binary here. */
export async function installWorker(
  session: SparkSession,
  node: string | { send: string },
  signal?: AbortSignal,
): Promise<ClusterWorker> {
  const artifacts: Artifact[] = [await workerArchive()];
  if (typeof node !== 'string') artifacts.push(await nodeArchive(node.send));
  await session.addArtifacts(artifacts, { signal });
  const folder = session.artifactFolder();
  const program = typeof node === 'string' ? shellQuoted(node) : `${folder}/${sentNode}`;
  return {
    run(columns, mode, settings, schema, input) {
      const command = `exec ${program} ${folder}/${workerProgram} ${mode} ${settingsWord(settings)}`;
      return transform(columns, command, schema, input);
    },
    async send(name, data) {
      await session.addArtifacts([{ name: `files/${name}`, data }], { signal });
      return `${folder}/${name}`;
    },
  };
}

/** The words of a corpus, in w2v's order. Throws as `countWords` and the session do. */
export async function workerVocabulary(
  { session, worker, corpus }: { session: SparkSession; worker: ClusterWorker; corpus: ClusterCorpus },
  tokenizing: ClusterTokenizing,
  limits: WordLimits,
  progress: ClusterProgress,
): Promise<CountedWords> {
  const files = await worker.send('w2v-files.txt', Buffer.from(corpus.files!.join('\n')));
  const schema = 'word STRING, n BIGINT, file INT, start BIGINT, place BIGINT';
  const found = worker.run('file, start, value', 'vocabulary', { ...tokenizing, files }, schema, corpus.view);
  const words = `SELECT word, sum(n) AS n, min(struct(file, start, place)) AS first FROM (${found}) GROUP BY word`;
  return chooseClusterWords(session, corpus, tokenizing, limits, words, progress).catch(
    named(session, corpus, progress),
  );
}

/** What the counts of a corpus are made from: the vocabulary with the figures of the text, and the packed counts. */
export interface ClusterCounts {
  corpus: EncodedCorpus;
  counted: PackedCounts;
}

/** Counts the pairs of a corpus. Throws as `countCooccurrences` and the session do. */
export async function workerCounts(
  { session, worker, corpus }: { session: SparkSession; worker: ClusterWorker; corpus: ClusterCorpus },
  tokenizing: ClusterTokenizing,
  vocabulary: Vocabulary,
  pairs: PairSettings,
  progress: ClusterProgress,
): Promise<ClusterCounts> {
  const file = await worker.send('w2v-vocabulary.tsv', Buffer.from(formatVocabulary(vocabulary)));
  const parts = partsFor(vocabulary, pairs.window);
  const settings: WorkerSettings = { ...tokenizing, ...pairs, vocabulary: file, parts };
  const counted = worker.run('value', 'count', settings, 'part INT, cells STRING', corpus.view);
  const together = `(SELECT * FROM (${counted}) DISTRIBUTE BY part SORT BY part)`;
  const merged = worker.run('part, cells', 'merge', settings, 'part INT, piece INT, cells STRING', together);
  const pieces: (PackedPiece & { piece: number })[] = [];
  let figures: TextFigures | undefined;
  const options = {
    signal: progress.signal,
    onStages: stagesReporter('count', progress),
    onReattach: progress.onReattach,
  };
  try {
    const sql = `SELECT part, piece, unbase64(cells) AS cells FROM (${merged})`;
    for await (const batch of session.query(sql, options)) {
      const [part, piece, cells] = ['part', 'piece', 'cells'].map((name) => batch.getChild(name));
      for (let row = 0; row < batch.numRows; row++) {
        const bytes = cells!.at(row) as Uint8Array | null;
        const number = part!.at(row) as number | null;
        if (bytes === null || number === null)
          throw new W2vError('worker-failed', 'a worker wrote what is no row', 'run it again');
        if (number === parts) figures = JSON.parse(Buffer.from(bytes).toString()) as TextFigures;
        else pieces.push({ part: number, piece: piece!.at(row) as number, bytes });
      }
    }
  } catch (error) {
    throw await named(session, corpus, progress)(error).catch((known: unknown) => known);
  }
  if (!figures) throw new W2vError('corpus-empty', 'the corpus contains no words', 'give a file that contains text');
  pieces.sort((a, b) => a.part - b.part || a.piece - b.piece);
  return clusterCounts(corpus, tokenizing, vocabulary, figures, { parts, pieces });
}

/** The counts as `countMatrix` and its like take them: a corpus without entries, and `counted`. */
export function clusterCounts(
  { files = [] }: ClusterCorpus,
  { tokenizer, keepCase }: ClusterTokenizing,
  vocabulary: Vocabulary,
  { lines, bytes, tokens, rareTokens, overlongTokens }: TextFigures,
  counted: PackedCounts,
): ClusterCounts {
  const source = { files, bytes, sha256: '', lines, tokenizer: { name: tokenizer, keepCase } };
  const ids = new Int32Array(new SharedArrayBuffer(4));
  const corpus = corpusInMemory(ids, { vocabulary, source, dropped: { rareTokens, overlongTokens } });
  return { corpus: { ...corpus, length: 0, tokens }, counted };
}

/** Adds the name of the file to the error of a worker that met a NUL byte. */
function named(session: SparkSession, corpus: ClusterCorpus, { signal }: ClusterProgress) {
  return async (error: unknown): Promise<never> => {
    if (!(error instanceof W2vError) || error.code !== 'not-text') throw error;
    const file = await fileWithNul(session, corpus, signal).catch(() => undefined);
    if (file === undefined) throw error;
    throw new W2vError('not-text', `${quotable(file)} is not text: it has a NUL byte`, error.hint, { cause: error });
  };
}
