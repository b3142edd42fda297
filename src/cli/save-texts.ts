// Writes vectors of texts for w2v embed -o: row n for text n, the manifest with what later texts need, and the summary.
import { createHash } from 'node:crypto';
import { W2vError } from '../base/errors.ts';
import { counted, duration } from '../base/format-numbers.ts';
import type { CorpusSource } from '../corpus/encoded-corpus.ts';
import { type Manifest, matrixHash, type TextsManifest } from '../formats/manifest.ts';
import { formatFor } from '../formats/save.ts';
import type { TextEmbeddings } from '../texts/embed-texts.ts';
import { type CommandContext, printJson, say } from './context.ts';
import { secondsSince } from './from-corpus.ts';
import { writeOutputs } from './options/output.ts';
import type { TextModel } from './options/texts.ts';
import { ownVersion } from './version.ts';

export interface EmbeddedTexts {
  texts: readonly string[];
  made: TextEmbeddings;
  model: TextModel;
}

export interface SaveTextsOptions {
  /** The file of word vectors, as it was named. */
  file: string;
  /** When the work began, of performance.now(). */
  started: number;
  output: string;
  format?: string;
  force?: boolean;
  json?: boolean;
  quiet?: boolean;
}

/** Throws `corpus-empty` without a text, and as `writeOutputs`. */
export async function saveTexts(
  context: CommandContext,
  embedded: EmbeddedTexts,
  { file, started, output, format, force, json, quiet }: SaveTextsOptions,
): Promise<void> {
  const { texts, made } = embedded;
  const { matrix, dimensions, components, facts } = made;
  if (texts.length === 0) {
    throw new W2vError('corpus-empty', 'standard input has no text', 'give one text on each line');
  }
  const manifest = await textsManifest(embedded, file, secondsSince(started));
  const vectors = { words: texts.map((_, row) => String(row + 1)), matrix, dimensions };
  await writeOutputs(context, { ...(format && { format }), ...(force && { force }) }, [
    { path: output, vectors, manifest, what: 'the vectors' },
  ]);
  const total = secondsSince(started);
  if (json) {
    const { pooling } = embedded.model.settings;
    printJson(context, {
      ...{ command: 'embed', ...facts, dimensions, pooling, removedComponents: components.length / dimensions },
      ...{ seconds: { total }, output, format: formatFor(output, format).name },
    });
  }
  if (quiet || output === '-') return;
  const size = `${counted(texts.length, 'text')} x ${dimensions}`;
  say(context, `Wrote ${output} (${size}) in ${duration(total)}; row n is line n of the texts`);
}

async function textsManifest({ texts, made, model }: EmbeddedTexts, file: string, total: number): Promise<Manifest> {
  const { dimensions, components, facts } = made;
  const { pooling, sifA, tokenizer, locale, tokenizerModule, keepCase, digits, phraseDelimiter } = model.settings;
  const removed = components.length / dimensions;
  const ofTexts: TextsManifest = {
    vectors: file,
    sha256: matrixHash(model.vectors.matrix),
    pooling,
    ...(sifA !== undefined && { sifA }),
    components: Array.from({ length: removed }, (_, row) => [
      ...components.subarray(row * dimensions, (row + 1) * dimensions),
    ]),
    unknownTokens: facts.unknownTokens,
    withoutWords: facts.withoutWords,
  };
  return {
    version: await ownVersion(),
    command: 'embed',
    route: 'texts',
    options: {
      ...{ pooling, sifA, removeComponents: removed },
      ...{ tokenizer, locale, tokenizerModule, keepCase, digits, phraseDelimiter },
    },
    seed: 1,
    corpus: { ...sourceOf(texts), dropped: nothingDropped },
    vocabulary: texts.length,
    dimensions,
    tokens: facts.tokens - facts.unknownTokens,
    texts: ofTexts,
    lossByEpoch: [],
    seconds: { total },
    engine: { name: 'texts', versions: { node: process.versions.node } },
    createdAt: new Date().toISOString(),
  };
}

function sourceOf(texts: readonly string[]): CorpusSource {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const text of texts) {
    const line = Buffer.from(`${text}\n`);
    hash.update(line);
    bytes += line.length;
  }
  return { files: ['-'], bytes, sha256: hash.digest('hex'), lines: texts.length };
}

export const nothingDropped = {
  ...{
    rareTokens: 0,
    rareTypes: 0,
    cappedTokens: 0,
    cappedTypes: 0,
    prunedTokens: 0,
    prunedTypes: 0,
    stopTokens: 0,
    stopTypes: 0,
  },
  ...{ invalidBytes: 0, overlongTokens: 0 },
};
