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
  make(seed: number): Promise<Made>;
}

/** Settings that affect the vectors, the same for every route. */
export interface RouteSettings {
  dim: number;
  window: number;
  negative: number;
  epochs: number;
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
  const obtain = obtainer(corpus, settings, run, engine);
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
  settings: RouteSettings,
  { cache, deciding: others, fresh, onNotKept, signal }: RouteRun,
  engine: ReturnType<typeof engineOpener>,
) {
  return async ({ name, trained, make }: Maker, seed: number): Promise<Made> => {
    const settled = settingsOf(name, settings, seed);
    const deciding = (engine: string | undefined) => {
      return { ...others, corpus: corpus.source.sha256, name, engine, settings: settled };
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
    const made = await make(seed);
    try {
      return (await cache?.keep(deciding(used), made)) ?? made;
    } catch (error) {
      throwIfAborted(signal);
      onNotKept?.(error);
      return made;
    }
  };
}

function settingsOf(name: RouteName, settings: RouteSettings, seed: number) {
  const { dim, window, negative, epochs, sample } = settings;
  const { cds, shift, eig, weighting } = countDefaults;
  if (name === 'PPMI') return { window, weighting, sample, cds, shift };
  if (name === 'PPMI-SVD') return { window, weighting, sample, cds, shift, dim, eig, seed };
  return { window, weighting: 'dynamic', sample, negativeExponent: cds, negative, dim, epochs, seed };
}

function makersOf(
  corpus: EncodedCorpus,
  route: RouteSettings,
  { threads, memory, temporaryDirectory, onProgress, signal }: RouteRun,
  open: () => Promise<TrainingEngine>,
): Maker[] {
  const { dim, window, sample } = route;
  const words = corpus.vocabulary.words.length;
  const limits = { memory, threads, temporaryDirectory, onProgress, signal };
  const counting = (seed: number) => {
    const { cds, shift, eig, weighting } = countDefaults;
    return { window, sample, cds, shift, eig, weighting, dim, seed };
  };

  const train = async (name: 'CBOW' | 'skip-gram', model: Model, seed: number): Promise<Made> => {
    const { negative, epochs } = route;
    const negativeExponent = countDefaults.cds;
    const settings = trainSettings({ model, dim, window, negative, negativeExponent, epochs, sample, seed, threads });
    const engine = await open();
    const { result, bytes } = await withPeakMemory(() =>
      trainWordVectors(corpus, settings, { engine, onProgress, signal }),
    );
    const title =
      model === 'cbow' ? 'prediction: the neighbors predict the word' : 'prediction: the word predicts its neighbors';
    const { seconds, lossByEpoch } = result;
    const settled = settingsOf(name, route, seed);
    const facts = { kind: 'predict' as const, title, words, dimensions: dim, settings: settled, seconds, lossByEpoch };
    return {
      vectors: result.vectors,
      facts: { ...facts, memory: bytes, engine: result.engine, repeatable: result.repeatable },
    };
  };

  return [
    {
      name: 'PPMI',
      trained: false,
      seeded: false,
      make: async (seed) => {
        const { result, bytes } = await withPeakMemory(() => ppmiMatrix(corpus, counting(seed), limits));
        const seconds = result.report.seconds.count + result.report.seconds.ppmi;
        const title = 'counting: the contexts a word has more often than by chance, as a sparse vector';
        const facts = { kind: 'count' as const, title, words, settings: settingsOf('PPMI', route, seed), seconds };
        return {
          vectors: result.vectors,
          facts: { ...facts, dimensions: words, memory: bytes, repeatable: true, lossByEpoch: [] },
        };
      },
    },
    {
      name: 'PPMI-SVD',
      trained: false,
      seeded: true,
      make: async (seed) => {
        const { result, bytes } = await withPeakMemory(() => countVectors(corpus, counting(seed), limits));
        const { count, ppmi, svd } = result.report.seconds;
        const title = `counting: PPMI brought down to ${dim} dimensions`;
        const settings = settingsOf('PPMI-SVD', route, seed);
        const facts = { kind: 'count' as const, title, words, dimensions: dim, settings, seconds: count + ppmi + svd };
        return { vectors: result.vectors, facts: { ...facts, memory: bytes, repeatable: true, lossByEpoch: [] } };
      },
    },
    { name: 'CBOW', trained: true, seeded: true, make: (seed) => train('CBOW', 'cbow', seed) },
    { name: 'skip-gram', trained: true, seeded: true, make: (seed) => train('skip-gram', 'skipgram', seed) },
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
