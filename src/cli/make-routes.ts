// From one corpus the four routes with matched settings: PPMI, PPMI-SVD, CBOW and skip-gram over the same words, the same dynamic
// window, the same subsampling, context distributions smoothed by the same power (0.75: cds there, negatives here).
import type { EncodedCorpus } from '../corpus/encoded-corpus.ts';
import { countVectors, ppmiMatrix } from '../count/count-vectors.ts';
import { countDefaults } from '../defaults.ts';
import { vectorJudge } from '../evaluate/judge.ts';
import type { Route, RouteFacts } from '../evaluate/routes-comparison.ts';
import type { Model, TrainingEngine } from '../predict/engine.ts';
import { openEngine, trainSettings, trainWordVectors } from '../predict/train.ts';
import type { OnProgress } from '../progress.ts';
import { locateTfjsNode } from '../setup/tfjs-node.ts';
import type { CompareCommandOptions } from './compare-options.ts';
import { type CommandContext, cacheDirectory } from './context.ts';
import { withPeakMemory } from './memory-peak.ts';
import { keepMade, loadMade, type Made, routeFolder } from './route-cache.ts';
import { ownVersion } from './version.ts';

type RouteName = 'PPMI' | 'PPMI-SVD' | 'CBOW' | 'skip-gram';

interface Maker {
  name: RouteName;
  /** Whether another seed gives other vectors worth telling. */
  seeded: boolean;
  make(seed: number): Promise<Made>;
}

export interface MakeRoutes {
  corpus: EncodedCorpus;
  /** The options that decide which words there are. */
  words: Record<string, unknown>;
  options: CompareCommandOptions;
  onProgress: OnProgress;
  /** Told once a route is there. */
  onMade(name: string, facts: RouteFacts, seed: number): void;
}

/** Makes the routes, or takes them from the cache. Throws as counting and training do. */
export async function makeRoutes(context: CommandContext, task: MakeRoutes): Promise<Route[]> {
  const { corpus, options, onMade } = task;
  const version = (await ownVersion()).split('-')[0];
  const routes: Route[] = [];
  for (const { name, seeded, make } of makersOf(context, task)) {
    const made: (Made & { seed: number })[] = [];
    const seeds = seeded ? options.seeds : 1;
    for (let seed = options.seed; seed < options.seed + seeds; seed++) {
      const settings = settingsOf(name, options, seed);
      const engine = name === 'CBOW' || name === 'skip-gram' ? options.engine : undefined;
      const deciding = { version, corpus: corpus.source.sha256, words: task.words, name, engine, settings };
      const folder = routeFolder(context, deciding);
      const before = options.fresh ? undefined : await loadMade(folder, context.signal);
      const one = before ?? (await keepMade(folder, await make(seed), context.signal));
      onMade(name, one.facts, seed);
      made.push({ ...one, seed });
    }
    const [first, ...others] = made;
    const { vectors, facts } = first!;
    const reruns = others.map((one) => ({ seed: one.seed, vectors: one.vectors, judge: judgeOf(one) }));
    routes.push({ name, facts, judge: judgeOf(first!), vectors, reruns });
  }
  return routes;
}

function judgeOf({ vectors }: Made) {
  return vectorJudge(vectors, { restrictVocab: 0 });
}

function settingsOf(name: RouteName, options: CompareCommandOptions, seed: number): Record<string, unknown> {
  const { dim, window, negative, epochs, sample } = options;
  const { cds, shift, eig, weighting } = countDefaults;
  if (name === 'PPMI') return { window, weighting, sample, cds, shift };
  if (name === 'PPMI-SVD') return { window, weighting, sample, cds, shift, dim, eig, seed };
  return { window, weighting: 'dynamic', sample, negativeExponent: cds, negative, dim, epochs, seed };
}

function makersOf(context: CommandContext, { corpus, options, onProgress }: MakeRoutes): Maker[] {
  const { signal } = context;
  const { threads, dim } = options;
  const words = corpus.vocabulary.words.length;
  const limits = { memory: countDefaults.memory, threads, onProgress, signal };
  const counting = (seed: number) => ({ window: options.window, sample: options.sample, dimensions: dim, seed });
  const engine = engineOpener(context, options);

  const train = async (name: 'CBOW' | 'skip-gram', model: Model, seed: number): Promise<Made> => {
    const { window, negative, epochs, sample } = options;
    const settings = trainSettings({ model, dim, window, negative, epochs, sample, seed, threads });
    const opened = await engine();
    const { result, bytes } = await withPeakMemory(() =>
      trainWordVectors(corpus, settings, { engine: opened, onProgress, signal }),
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
    { name: 'CBOW', seeded: true, make: (seed) => train('CBOW', 'cbow', seed) },
    { name: 'skip-gram', seeded: true, make: (seed) => train('skip-gram', 'skipgram', seed) },
  ];
}

/** The engine is started when the first route wants it: where all are in the cache it never is. */
function engineOpener(context: CommandContext, { engine, threads }: CompareCommandOptions) {
  let opened: Promise<TrainingEngine> | undefined;
  return () => {
    const modulePath = locateTfjsNode(cacheDirectory(context));
    opened ??= openEngine(engine, { threads, modulePath }).then((found) => found.engine);
    return opened;
  };
}
