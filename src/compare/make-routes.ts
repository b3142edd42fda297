// Makes four routes from one corpus with matched settings: PPMI, PPMI-SVD, CBOW and skip-gram with the same words,
// dynamic window and subsampling, and the same exponent of context distribution smoothing (0.75: cds for counts, noise
// distribution for training).
import { existsSync } from 'node:fs';
import { countDefaults } from '../base/defaults.ts';
import { throwIfAborted } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import type { EncodedCorpus } from '../corpus/encoded-corpus.ts';
import { countVectors, ppmiMatrix } from '../count/count-vectors.ts';
import type { Answers, System } from '../evaluate/compare-files.ts';
import { vectorSimilarity } from '../evaluate/similarity-measure.ts';
import { addonFile } from '../setup/tfjs-node.ts';
import type { TrainingEngine } from '../train/engine.ts';
import { type EngineChoice, openEngine } from '../train/open-engine.ts';
import type { Model } from '../train/settings.ts';
import { trainSettings } from '../train/settings.ts';
import { trainWordVectors } from '../train/train.ts';
import { withPeakMemory } from './memory-peak.ts';
import type { Made, RouteCache } from './route-cache.ts';
import type { Route, RouteFacts } from './routes-comparison.ts';

type RouteName = 'PPMI' | 'PPMI-SVD' | 'CBOW' | 'skip-gram';

interface Maker {
  name: RouteName;
  /** Whether the route is trained, and so depends on the engine. */
  trained: boolean;
  /** Whether the vectors depend on the random seed. */
  seeded: boolean;
  /** Those that decide the vectors. */
  settings(seed: number): Record<string, unknown>;
  make(seed: number, settings: Record<string, unknown>): Promise<Made>;
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
    onMade?.(name, first.facts, settings.seed);
    const reruns: NonNullable<Route['reruns']> = [];
    for (let rerun = 1; maker.seeded && rerun < settings.seeds; rerun++) {
      const seed = settings.seed + rerun;
      const one = await obtain(maker, seed);
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

  const trainer = (name: RouteName, model: Model, title: string): Maker => {
    const common = { window, sample, negativeExponent: cds, negative, dim };
    const training = trainSettings({ model, ...common, epochs, learningRate, threads }, corpus.tokens);
    const schedule = { epochs: training.epochs, learningRate: training.learningRate };
    return {
      ...{ name, trained: true, seeded: true },
      settings: (seed) => ({ weighting: 'dynamic', ...common, ...schedule, seed }),
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
    },
    trainer('CBOW', 'cbow', 'prediction: the neighbors predict the word'),
    trainer('skip-gram', 'skipgram', 'prediction: the word predicts its neighbors'),
  ];
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
