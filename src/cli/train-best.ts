// w2v train --best: combined vectors (combined/) instead of one training.
import { counted, duration } from '../base/format-numbers.ts';
import { type CombinedResult, combinedSettings, trainCombined } from '../combined/train-combined.ts';
import type { EncodedCorpus } from '../corpus/encoded-corpus.ts';
import type { CombinedPart, Manifest } from '../formats/manifest.ts';
import { openEngine } from '../train/open-engine.ts';
import { type CommandContext, printJson, say } from './context.ts';
import { fromCorpus, manifestOf } from './from-corpus.ts';
import { checkVectorOutput, sayWithoutNgrams, sayWrote, writeOutputs } from './options/output.ts';
import { settingsOf, type TrainCommandOptions } from './options/train.ts';
import { scheduleLine } from './schedule-line.ts';

/** @param options settled and checked, with the format of `modelFormat` */
export async function trainBest(
  context: CommandContext,
  corpora: readonly string[],
  options: TrainCommandOptions,
): Promise<void> {
  const { output, temporary, quiet = false } = options;
  const { model: _model, loss: _loss, cbowSum: _sum, init: _init, ...given } = settingsOf(options);
  combinedSettings(given); // a wrong setting is refused before the text is read
  checkVectorOutput(context, options);
  const { engine, why } = await openEngine(options.engine, { subwords: 'min..max' });
  if (!quiet) say(context, `Engine: ${engine.name} (${why})`);
  const { corpus, made, seconds } = await fromCorpus(context, corpora, options, {
    async make(corpus, progress) {
      const line = scheduleLine(options, combinedSettings(given, corpus.tokens).skipgram, corpus.tokens);
      if (line !== undefined && !quiet) say(context, line);
      return trainCombined(corpus, given, { engine, temporaryDirectory: temporary, ...progress });
    },
    async write(result, corpus, { read }) {
      const manifest = await bestManifest(corpus, options, result, read);
      await writeOutputs(context, options, [{ path: output, vectors: result.vectors, manifest, what: 'the vectors' }]);
    },
  });

  const { words, dimensions } = made.vectors;
  if (options.json) {
    const { read, write, total } = seconds;
    const { epochs, learningRate } = made.settings;
    const trained = made.seconds.subwords + made.seconds['skip-gram'];
    const train = Object.values(made.seconds).reduce((sum, part) => sum + part, 0);
    printJson(context, {
      ...{ command: 'train', engine: made.engine, model: 'combined', lossFunction: made.settings.loss },
      ...{ vocabulary: words.length, dimensions, tokens: corpus.tokens, dropped: corpus.dropped },
      ...{ cleaned: corpus.source.cleaned ?? null, joined: corpus.source.joined ?? null },
      ...{ epochs, learningRate, loss: made.lossByEpoch.at(-1) ?? null, repeatable: made.repeatable },
      wordsPerSecond: (corpus.tokens * (epochs + made.subwordSettings.epochs)) / trained,
      ...{ initVectors: null, rounds: null, checkpoint: null, parts: made.parts },
      seconds: { read, train, write, total },
      output,
    });
  }
  if (quiet) return;
  const parts = made.parts.map(({ name, seconds }) => `${name} (${duration(seconds)})`);
  say(context, `Combined ${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`);
  if (!made.repeatable) say(context, 'Not repeatable: threads raced. --deterministic gives the same bytes every time');
  sayWithoutNgrams(context, options);
  sayWrote(context, output, `${counted(words.length, 'word')} x ${dimensions}`, words);
}

function bestManifest(
  corpus: EncodedCorpus,
  options: TrainCommandOptions,
  { vectors, parts, settings, subwordSettings, lossByEpoch, engine, versions, repeatable, seconds }: CombinedResult,
  read: number,
): Promise<Manifest> {
  const { subwords, buckets, subwordUnits } = subwordSettings;
  const { model: _model, ...common } = settings;
  const combined = parts.map(({ name, weight, dimensions }): CombinedPart => ({ part: name, weight, dimensions }));
  return manifestOf(corpus, options, {
    command: 'train',
    route: 'combined',
    options: { best: true, ...common, subwords, buckets, subwordUnits },
    seed: settings.seed,
    dimensions: vectors.dimensions,
    vocabulary: vectors.words.length,
    combined: { parts: combined },
    lossByEpoch,
    seconds: { read, ...seconds },
    engine: { name: engine, versions: { node: process.versions.node, ...versions } },
    repeatable,
  });
}
