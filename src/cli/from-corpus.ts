// The steps that train and count share: text -> corpus -> vectors -> files, timed, with progress, and cleaned up on
// failure.

import type { OnProgress } from '../base/progress.ts';
import type { EncodedCorpus } from '../corpus/encoded-corpus.ts';
import type { Manifest } from '../formats/manifest.ts';
import { type CommandContext, withProgress } from './context.ts';
import { cleaningFacts } from './options/cleaning.ts';
import { type CorpusOptions, readCorpus, sayRead } from './options/corpus.ts';
import { ownVersion } from './version.ts';

export interface Route<Made> {
  /** Default: reads and encodes the corpora here. */
  read?(onProgress: OnProgress): Promise<EncodedCorpus>;
  make(corpus: EncodedCorpus, progress: { onProgress: OnProgress; signal: AbortSignal }): Promise<Made>;
  write(made: Made, corpus: EncodedCorpus, seconds: { read: number }): Promise<void>;
}

/** The route itself measures the seconds of `make`, by stage. */
export interface FromCorpus<Made> {
  corpus: EncodedCorpus;
  made: Made;
  seconds: { read: number; write: number; total: number };
}

export async function fromCorpus<Made>(
  context: CommandContext,
  corpora: readonly string[],
  options: CorpusOptions & { quiet?: boolean },
  route: Route<Made>,
): Promise<FromCorpus<Made>> {
  const quiet = options.quiet === true;
  const started = performance.now();
  return withProgress(context, quiet, async ({ onProgress, stop }) => {
    const read = route.read ?? ((onProgress) => readCorpus(context, corpora, options, onProgress));
    const corpus = await read(onProgress);
    try {
      const reading = secondsSince(started);
      stop();
      if (!quiet && corpus.source.bytes > 0) sayRead(context, corpus, reading);
      const made = await route.make(corpus, { onProgress, signal: context.signal });
      const writing = performance.now();
      await route.write(made, corpus, { read: reading });
      return { corpus, made, seconds: { read: reading, write: secondsSince(writing), total: secondsSince(started) } };
    } finally {
      corpus.close();
    }
  });
}

/** The manifest of what came from a corpus; `rest` is what only the route knows. */
export async function manifestOf<Rest>(
  corpus: EncodedCorpus,
  options: CorpusOptions,
  rest: Rest & Pick<Manifest, 'command' | 'route' | 'options' | 'seed' | 'dimensions' | 'seconds' | 'engine'>,
): Promise<Manifest & Rest> {
  const { words, counts } = corpus.vocabulary;
  const manifest = { version: await ownVersion(), lossByEpoch: [], vocabulary: words.length, ...rest };
  const { tokenizer, locale, tokenizerModule, keepCase = false, phrases, stopWords } = options;
  const { minCount, maxVocab, pruneVocab, vocab } = options;
  return {
    ...manifest,
    // Words that the corpus lacks come after its own (--vocab union).
    counts: Array.from({ length: manifest.vocabulary }, (_, row) => counts[row] ?? 0),
    options: {
      ...rest.options,
      ...(tokenizerModule === undefined ? { tokenizer } : { tokenizerModule }),
      ...(locale !== undefined && { locale }),
      keepCase,
      ...cleaningFacts(options),
      ...(stopWords && { stopWords: stopWords.name }),
      ...(phrases && {
        phrases: { file: phrases.file, sha256: phrases.sha256, delimiter: phrases.phrases.delimiter },
      }),
      minCount,
      maxVocab,
      pruneVocab,
      ...(vocab !== undefined && { vocab }),
    },
    corpus: { ...corpus.source, dropped: corpus.dropped },
    tokens: corpus.tokens,
    createdAt: new Date().toISOString(),
  };
}

export function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
