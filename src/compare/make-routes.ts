// Makes five routes from one corpus with matched settings: PPMI, PPMI-SVD, CBOW and skip-gram with the same words,
// dynamic window and subsampling, and the same exponent of context distribution smoothing (0.75: cds for counts, noise
// distribution for training); and combined, which puts subwords beside the PPMI-SVD and the skip-gram of the same seed.
import { existsSync } from 'node:fs';
import { countDefaults } from '../base/defaults.ts';
import { throwIfAborted } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import { combineParts, partDefaults, partNames, partShares } from '../combined/combine-parts.ts';
import { combinedSettings } from '../combined/train-combined.ts';
import type { EncodedCorpus } from '../corpus/encoded-corpus.ts';
import { countVectors, ppmiMatrix } from '../count/count-vectors.ts';
import type { Answers, System } from '../evaluate/compare-files.ts';
import { vectorSimilarity } from '../evaluate/similarity-measure.ts';
import { addonFile } from '../setup/tfjs-node.ts';
import type { TrainingEngine } from '../train/engine.ts';
import { type EngineChoice, openEngine } from '../train/open-engine.ts';
import { type Model, type TrainSettings, trainSettings } from '../train/settings.ts';
import { trainWordVectors } from '../train/train.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { withPeakMemory } from './memory-peak.ts';
import type { Made, RouteCache } from './route-cache.ts';
import type { Route, RouteFacts } from './routes-comparison.ts';

type RouteName = 'PPMI' | 'PPMI-SVD' | 'CBOW' | 'skip-gram' | 'combined';

interface Maker {
  name: RouteName;
  /** Whether the route is trained, and so depends on the engine. */
  trained: boolean;
  /** Whether the vectors depend on the random seed. */
  seeded: boolean;
  /** Those that decide the vectors. */
  settings(seed: number): Record<string, unknown>;
  make(seed: number, settings: Record<string, unknown>): Promise<Made>;
  /** Gets what was made, by this run or an earlier one. */
  keep?(seed: number, made: Made): void;
}

/** Settings that affect the vectors, the same for every route. */
export interface RouteSettings {
  dim: number;
  window: number;
  negative: number;
  epochs: number | 'auto';
  learningRate: number | 'auto';
  sample: number;
  seed: number;
  /** Number of seeds for each random route: `seed`, `seed + 1` ... */
  seeds: number;
}

/** Settings that affect only time, memory and the training engine. */
export interface RouteRun {
  engine: EngineChoice;
  /** The folder of tfjs-node, if not the project's or the one that set-up made. */
  modulePath?: string | undefined;
  threads: number;
  /** Memory limit in bytes for counting and the SVD. */
  memory: number;
  temporaryDirectory?: string | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
  /** Undefined without a cache. */
  cache?: RouteCache | undefined;
  /** Part of the cache key besides the settings and the text: the version, and the words. */
  deciding?: Record<string, unknown> | undefined;
  /** Ignore cached results. */
  fresh?: boolean | undefined;
  caseInsensitive?: boolean | undefined;
  /** Answers the test sets; called for every seed but the first, whose vectors are not kept afterwards. */
  answer(system: Pick<System, 'similarityOf' | 'vectors'>): Promise<Answers>;
  /** Called after each route. */
  onMade?: ((name: string, facts: RouteFacts, seed: number) => void) | undefined;
  /** Called if a result could not be cached, which is harmless. */
  onNotKept?: ((error: unknown) => void) | undefined;
}

/** Makes the routes, or loads them from the cache. Throws as counting and training do. */
export async function makeRoutes(corpus: EncodedCorpus, settings: RouteSettings, run: RouteRun): Promise<Route[]> {
  const { answer, onMade, caseInsensitive = true } = run;
  const engine = engineOpener(run);
  const obtain = obtainer(corpus, run, engine);
  const measureOf = ({ vectors }: Made) => vectorSimilarity(vectors, { caseInsensitive });
  const routes: Route[] = [];
  for (const maker of makersOf(corpus, settings, run, engine.open)) {
    const { name } = maker;
    const first = await obtain(maker, settings.seed);
    maker.keep?.(settings.seed, first);
    onMade?.(name, first.facts, settings.seed);
    const reruns: NonNullable<Route['reruns']> = [];
    for (let rerun = 1; maker.seeded && rerun < settings.seeds; rerun++) {
      const seed = settings.seed + rerun;
      const one = await obtain(maker, seed);
      maker.keep?.(seed, one);
      onMade?.(name, one.facts, seed);
      reruns.push({ seed, answers: await answer({ similarityOf: measureOf(one), vectors: one.vectors }) });
    }
    routes.push({ name, facts: first.facts, similarityOf: measureOf(first), vectors: first.vectors, reruns });
  }
  return routes;
}

/** Loads a result from the cache, or makes and caches it. The key contains the actual engine, not the requested one. */
function obtainer(
  corpus: EncodedCorpus,
  { cache, deciding: others, fresh, onNotKept, signal }: RouteRun,
  engine: ReturnType<typeof engineOpener>,
) {
  return async ({ name, trained, settings: settingsOf, make }: Maker, seed: number): Promise<Made> => {
    const settings = settingsOf(seed);
    const deciding = (engine: string | undefined) => {
      return { ...others, corpus: corpus.source.sha256, name, engine, settings };
    };
    const find = async (engine?: string) =>
      fresh === true ? undefined : cache?.find(deciding(engine), corpus.vocabulary.words);
    const expected = trained ? engine.expected() : undefined;
    const before = await find(expected);
    if (before !== undefined) return before;
    const used = trained ? (await engine.open()).name : undefined;
    if (used !== expected) {
      const other = await find(used);
      if (other !== undefined) return other;
    }
    const made = await make(seed, settings);
    try {
      return (await cache?.keep(deciding(used), made)) ?? made;
    } catch (error) {
      throwIfAborted(signal);
      onNotKept?.(error);
      return made;
    }
  };
}

function makersOf(
  corpus: EncodedCorpus,
  { dim, window, negative, epochs, learningRate, sample }: RouteSettings,
  { threads, memory, temporaryDirectory, onProgress, signal }: RouteRun,
  open: () => Promise<TrainingEngine>,
): Maker[] {
  const words = corpus.vocabulary.words.length;
  const limits = { memory, threads, temporaryDirectory, onProgress, signal };
  const { cds, shift, eig, weighting } = countDefaults;
  const counting = { window, weighting, sample, cds, shift };
  const learning = { window, sample, negativeExponent: cds, negative, dim, epochs, learningRate, threads };
  /** What combined takes of the routes before it, by name and seed. */
  const parts = new Map<string, Made>();
  const keepAs = (name: RouteName) => (seed: number, made: Made) => void parts.set(`${name} ${seed}`, made);

  const trainer = (name: RouteName, model: Model, title: string): Maker => {
    const training = trainSettings({ model, ...learning }, corpus.tokens);
    return {
      ...{ name, trained: true, seeded: true },
      settings: (seed) => ({ weighting: 'dynamic', ...decisive(training), seed }),
      async make(seed, settings) {
        const engine = await open();
        const { result, bytes } = await withPeakMemory(() =>
          trainWordVectors(corpus, { ...training, seed }, { engine, onProgress, signal }),
        );
        const { seconds, lossByEpoch, repeatable } = result;
        const facts = { kind: 'predict' as const, title, words, dimensions: dim, settings, seconds, lossByEpoch };
        return { vectors: result.vectors, facts: { ...facts, memory: bytes, engine: result.engine, repeatable } };
      },
    };
  };

  const ofSubwords = combinedSettings(learning, corpus.tokens).subwords;
  const combined: Maker = {
    ...{ name: 'combined', trained: true, seeded: true },
    settings: (seed) => {
      const { subwords, buckets } = partDefaults;
      const shares = partNames.map((name) => `${name} ${partShares[name]}`).join(', ');
      const [one, three] = [trainSettings(learning, corpus.tokens), { dim: partNames.length * dim }];
      const ngrams = { subwords, buckets, subwordWindow: ofSubwords.window };
      return { weighting: 'dynamic', ...decisive(one), ...three, ...ngrams, shares, seed };
    },
    async make(seed, settings) {
      const [counted, trained] = (['PPMI-SVD', 'skip-gram'] as const).map((name) => parts.get(`${name} ${seed}`)!);
      const vectorsOf = ({ vectors }: Made) => vectors as WordVectors;
      const { engine } = await openEngine('wasm'); // it has subwords
      const started = performance.now();
      const { result, bytes } = await withPeakMemory(async () => {
        const { vectors, repeatable } = await trainWordVectors(
          corpus,
          { ...ofSubwords, seed },
          { engine, onProgress, signal },
        );
        const all = { subwords: vectors, counting: vectorsOf(counted), 'skip-gram': vectorsOf(trained) };
        const { subwords: _, ...combined } = await combineParts(all, { onProgress, signal });
        return { combined, repeatable }; // without n-grams: of the same words as the other routes
      });
      const seconds = (performance.now() - started) / 1000;
      return {
        vectors: result.combined,
        facts: {
          ...{ kind: 'combined', title: 'both: subwords, PPMI-SVD and skip-gram side by side' },
          ...{ words, dimensions: result.combined.dimensions, settings },
          seconds: seconds + counted.facts.seconds! + trained.facts.seconds!,
          memory: Math.max(bytes, counted.facts.memory!, trained.facts.memory!),
          engine: [...new Set([trained.facts.engine, engine.name])].join(' and '),
          repeatable: result.repeatable && trained.facts.repeatable,
          lossByEpoch: trained.facts.lossByEpoch,
        },
      };
    },
    keep(seed) {
      for (const name of ['PPMI-SVD', 'skip-gram']) parts.delete(`${name} ${seed}`);
    },
  };

  return [
    {
      ...{ name: 'PPMI', trained: false, seeded: false },
      settings: () => counting,
      async make(seed, settings) {
        const { result, bytes } = await withPeakMemory(() => ppmiMatrix(corpus, { ...counting, dim, seed }, limits));
        const seconds = result.report.seconds.count + result.report.seconds.ppmi;
        const title = 'counting: the contexts a word has more often than by chance, as a sparse vector';
        const facts = { kind: 'count' as const, title, words, dimensions: words, settings, seconds, lossByEpoch: [] };
        return { vectors: result.vectors, facts: { ...facts, memory: bytes, repeatable: true } };
      },
    },
    {
      ...{ name: 'PPMI-SVD', trained: false, seeded: true },
      settings: (seed) => ({ ...counting, dim, eig, seed }),
      async make(seed, settings) {
        const { result, bytes } = await withPeakMemory(() =>
          countVectors(corpus, { ...counting, eig, dim, seed }, limits),
        );
        const { count, ppmi, svd } = result.report.seconds;
        const seconds = count + ppmi + svd;
        const title = `counting: PPMI brought down to ${dim} dimensions`;
        const facts = { kind: 'count' as const, title, words, dimensions: dim, settings, seconds, lossByEpoch: [] };
        return { vectors: result.vectors, facts: { ...facts, memory: bytes, repeatable: true } };
      },
      keep: keepAs('PPMI-SVD'),
    },
    trainer('CBOW', 'cbow', 'prediction: the neighbors predict the word'),
    { ...trainer('skip-gram', 'skipgram', 'prediction: the word predicts its neighbors'), keep: keepAs('skip-gram') },
    combined,
  ];
}

/** Of a training's settings those that decide the vectors. */
function decisive({ window, sample, negativeExponent, negative, dim, epochs, learningRate }: TrainSettings) {
  return { window, sample, negativeExponent, negative, dim, epochs, learningRate };
}

/** Starts the engine for the first route that needs it; never if all routes are in the cache. */
function engineOpener({ engine, threads, modulePath }: RouteRun) {
  let opened: Promise<TrainingEngine> | undefined;
  const isSetUp = modulePath !== undefined && existsSync(addonFile(modulePath));
  return {
    /** The expected engine, unless TensorFlow fails to load. */
    expected: () => (engine === 'auto' ? (isSetUp ? 'tensorflow' : 'wasm') : engine),
    open() {
      opened ??= openEngine(engine, { threads, modulePath }).then((found) => found.engine);
      return opened;
    },
  };
}
