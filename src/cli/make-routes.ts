// From one corpus the four routes with matched settings: PPMI, PPMI-SVD, CBOW and skip-gram over the same words, the same dynamic
// window, the same subsampling, context distributions smoothed by the same power (0.75: cds there, negatives here).
import { existsSync } from 'node:fs';
import { withPeakMemory } from '../compare/memory-peak.ts';
import type { Made, RouteCache } from '../compare/route-cache.ts';
import type { Route, RouteFacts } from '../compare/routes-comparison.ts';
import type { EncodedCorpus } from '../corpus/encoded-corpus.ts';
import { countVectors, ppmiMatrix } from '../count/count-vectors.ts';
import { countDefaults } from '../defaults.ts';
import { throwIfAborted } from '../errors.ts';
import type { Answers, Contestant } from '../evaluate/compare-files.ts';
import { vectorJudge } from '../evaluate/judge.ts';
import type { Model, TrainingEngine } from '../predict/engine.ts';
import { openEngine, trainSettings, trainWordVectors } from '../predict/train.ts';
import type { OnProgress } from '../progress.ts';
import { addonFile, locateTfjsNode } from '../setup/tfjs-node.ts';
import { type CommandContext, cacheDirectory } from './context.ts';
import type { CompareCommandOptions } from './options/compare.ts';
import { ownVersion } from './version.ts';

type RouteName = 'PPMI' | 'PPMI-SVD' | 'CBOW' | 'skip-gram';

interface Maker {
  name: RouteName;
  /** Whether it is trained, and so depends on the engine. */
  trained: boolean;
  /** Whether another seed gives other vectors. */
  seeded: boolean;
  make(seed: number): Promise<Made>;
}

export interface MakeRoutes {
  corpus: EncodedCorpus;
  /** The options that decide which words there are. */
  words: Record<string, unknown>;
  options: CompareCommandOptions;
  /** Undefined where nothing can be kept. */
  cache: RouteCache | undefined;
  onProgress: OnProgress;
  /** Answers the test sets; asked of every seed but the first, whose vectors are then dropped. */
  answer(contestant: Pick<Contestant, 'judge' | 'vectors'>): Promise<Answers>;
  /** Called once a route is there. */
  onMade(name: string, facts: RouteFacts, seed: number): void;
  /** A result could not be kept, which costs only time. */
  onNotKept(error: unknown): void;
}

/** Makes the routes, or takes them from the cache. Throws as counting and training do. */
export async function makeRoutes(context: CommandContext, task: MakeRoutes): Promise<Route[]> {
  const { options, onMade, answer } = task;
  const engine = engineOpener(context, options);
  const obtain = obtainer(await ownVersion(), task, engine, context.signal);
  const judgeOf = ({ vectors }: Made) => vectorJudge(vectors, { caseInsensitive: options.caseSensitive !== true });
  const routes: Route[] = [];
  for (const maker of makersOf(context, task, engine.open)) {
    const { name } = maker;
    const first = await obtain(maker, options.seed);
    onMade(name, first.facts, options.seed);
    const reruns: NonNullable<Route['reruns']> = [];
    for (let rerun = 1; maker.seeded && rerun < options.seeds; rerun++) {
      const seed = options.seed + rerun;
      const one = await obtain(maker, seed);
      onMade(name, one.facts, seed);
      reruns.push({ seed, answers: await answer({ judge: judgeOf(one), vectors: one.vectors }) });
    }
    routes.push({ name, facts: first.facts, judge: judgeOf(first), vectors: first.vectors, reruns });
  }
  return routes;
}

/** Takes a result from the cache, or makes and keeps it. Its key holds the engine that does the work, not the one asked for. */
function obtainer(version: string, task: MakeRoutes, engine: ReturnType<typeof engineOpener>, signal: AbortSignal) {
  const { corpus, options, cache, onNotKept } = task;
  return async ({ name, trained, make }: Maker, seed: number): Promise<Made> => {
    const settings = settingsOf(name, options, seed);
    const deciding = (engine: string | undefined) => {
      return { version, corpus: corpus.source.sha256, words: task.words, name, engine, settings };
    };
    const find = async (engine?: string) =>
      options.fresh ? undefined : cache?.find(deciding(engine), corpus.vocabulary.words);
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
      onNotKept(error);
      return made;
    }
  };
}

function settingsOf(name: RouteName, options: CompareCommandOptions, seed: number) {
  const { dim, window, negative, epochs, sample } = options;
  const { cds, shift, eig, weighting } = countDefaults;
  if (name === 'PPMI') return { window, weighting, sample, cds, shift };
  if (name === 'PPMI-SVD') return { window, weighting, sample, cds, shift, dim, eig, seed };
  return { window, weighting: 'dynamic', sample, negativeExponent: cds, negative, dim, epochs, seed };
}

function makersOf(
  { signal }: CommandContext,
  { corpus, options, onProgress }: MakeRoutes,
  open: () => Promise<TrainingEngine>,
): Maker[] {
  const { threads, dim, memory, temporary: temporaryDirectory } = options;
  const words = corpus.vocabulary.words.length;
  const limits = { memory, threads, temporaryDirectory, onProgress, signal };
  const counting = (seed: number) => {
    const { cds, shift, eig, weighting } = countDefaults;
    const { window, sample } = options;
    return { window, sample, cds, shift, eig, weighting, dimensions: dim, seed };
  };

  const train = async (name: 'CBOW' | 'skip-gram', model: Model, seed: number): Promise<Made> => {
    const { window, negative, epochs, sample } = options;
    const negativeExponent = countDefaults.cds;
    const settings = trainSettings({ model, dim, window, negative, negativeExponent, epochs, sample, seed, threads });
    const engine = await open();
    const { result, bytes } = await withPeakMemory(() =>
      trainWordVectors(corpus, settings, { engine, onProgress, signal }),
    );
    const title =
      model === 'cbow' ? 'prediction: the neighbours predict the word' : 'prediction: the word predicts its neighbours';
    const { seconds, lossByEpoch } = result;
    const settled = settingsOf(name, options, seed);
    const facts = { kind: 'predict' as const, title, words, dimensions: dim, settings: settled, seconds, lossByEpoch };
    return { vectors: result.vectors, facts: { ...facts, memory: bytes, engine: result.engine } };
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
        const facts = { kind: 'count' as const, title, words, settings: settingsOf('PPMI', options, seed), seconds };
        return { vectors: result.vectors, facts: { ...facts, dimensions: words, memory: bytes, lossByEpoch: [] } };
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
        const settings = settingsOf('PPMI-SVD', options, seed);
        const facts = { kind: 'count' as const, title, words, dimensions: dim, settings, seconds: count + ppmi + svd };
        return { vectors: result.vectors, facts: { ...facts, memory: bytes, lossByEpoch: [] } };
      },
    },
    { name: 'CBOW', trained: true, seeded: true, make: (seed) => train('CBOW', 'cbow', seed) },
    { name: 'skip-gram', trained: true, seeded: true, make: (seed) => train('skip-gram', 'skipgram', seed) },
  ];
}

/** The engine is started when the first route wants it: where all are in the cache it never is. */
function engineOpener(context: CommandContext, { engine, threads }: CompareCommandOptions) {
  let opened: Promise<TrainingEngine> | undefined;
  const modulePath = locateTfjsNode(cacheDirectory(context));
  const isSetUp = modulePath !== undefined && existsSync(addonFile(modulePath));
  return {
    /** Which one it will be, unless TensorFlow does not load. */
    expected: () => (engine === 'auto' ? (isSetUp ? 'tensorflow' : 'wasm') : engine),
    open() {
      opened ??= openEngine(engine, { threads, modulePath }).then((found) => found.engine);
      return opened;
    },
  };
}
