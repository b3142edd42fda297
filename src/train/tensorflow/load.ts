// Loads tfjs-node, and with it TensorFlow: the one place that does, when the engine is first asked for (0.3 s).
//
// What this changes in the host process:
// - The environment, while TensorFlow starts: TF_CPP_MIN_LOG_LEVEL, TF_NUM_INTRAOP_THREADS, TF_NUM_INTEROP_THREADS and
//   TF_DETERMINISTIC_OPS, each only if it is not set. libtensorflow has no other way to receive these settings; it
//   reads them when it is loaded and when it opens its first session. Afterwards w2v removes them.
// - TensorFlow keeps these settings until the process ends.
// - By tfjs itself: the globals `_tfengine`, `_tfGlobals` and `proto`, and 'tensorflow' as its backend if none was
//   chosen.
// tfjs-node calls two functions of `node:util` that Node 23 removed, in operations that w2v has no use for: `node:util`
// stays as it is.
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { W2vError } from '../../base/errors.ts';
import { isSupportedTensorflow } from '../../setup/addon.ts';
import { requireSoundAddon } from '../../setup/sound-addon.ts';
import { addonFile, findTfjsNode, supportedTfjsNode, tfjsNodeName } from '../../setup/tfjs-node.ts';
import { portableHint, systemWithoutWheel } from '../../setup/wheel.ts';
import { createGraph } from './graph.ts';
import { openSession, type TensorflowJs } from './saved-model.ts';

export interface TensorflowOptions {
  /** Threads for independent branches of the graph; 0 or absent: as many as TensorFlow sees cores. */
  threads?: number;
  /** The same bytes for the same input with any `threads`; costs speed. */
  deterministic?: boolean;
  /** The tfjs-node folder to load from; absent: the project's, or what `w2v setup` made. */
  modulePath?: string;
}

/** What TensorFlow was started with: a process starts it once, so a second load cannot change it. */
interface Start {
  /** 0: not known. */
  threads: number;
  deterministic: boolean;
}

export interface TensorflowModule extends Start {
  /** All of tfjs-node. */
  tf: TensorflowJs;
  /** Versions for a manifest: `tfjs-node` and `tensorflow`. */
  versions: { 'tfjs-node': string; tensorflow: string };
}

/** tfjs-node's native addon. tfjs has no public name for the version of TensorFlow; nothing else is used of it. */
interface Addon {
  readonly TF_Version: string;
  /** For a second copy of w2v in the process: the environment no longer has the settings. */
  [started]?: Start;
}
const started = Symbol.for('w2v: how TensorFlow was started');

const { cache } = createRequire(import.meta.url);
let loading: Promise<TensorflowModule> | undefined;

/**
 * Loads tfjs-node and returns it with its versions. A process loads it once: later calls return the same module, with
 * the
 * `threads` of the first. Where the program has loaded tfjs-node itself, that copy is taken as it is, with its
 * settings.
 *
 * @throws W2vError 'engine-unavailable' where tfjs-node is not installed, not set up, of another version, or does not
 *   load; also when `deterministic` is asked for and TensorFlow runs without it.
 */
export async function loadTensorflow(options: TensorflowOptions = {}): Promise<TensorflowModule> {
  loading ??= startTensorflow(options);
  let loaded: TensorflowModule;
  try {
    loaded = await loading;
  } catch (error) {
    loading = undefined; // it may be set up by the next time
    throw error;
  }
  if (options.deterministic && !loaded.deterministic) {
    throw unavailable(
      'TensorFlow already runs in this process without deterministic operations, and cannot be switched',
      'set TF_DETERMINISTIC_OPS=1 before anything loads TensorFlow, or train in a process of its own',
    );
  }
  return loaded;
}

async function startTensorflow(options: TensorflowOptions): Promise<TensorflowModule> {
  const modulePath = loadedTfjsNode() ?? options.modulePath ?? findTfjsNode(process.env);
  if (modulePath === undefined)
    throw notSetUp('TensorFlow is not set up', `run w2v setup, which installs ${tfjsNodeName} ${supportedTfjsNode}`);
  const file = addonFile(modulePath);
  if (!existsSync(file)) throw notSetUp(`TensorFlow is not set up: no ${file}`, 'run w2v setup');
  await requireSoundAddon(modulePath);

  const require = createRequire(join(realpathSync(modulePath), 'package.json'));
  const startsHere = cache[realpathSync(file)] === undefined;
  // On the main thread `process.env` is the C library's environment; a worker's is a copy, which libtensorflow does not
  // see.
  const restoreEnvironment = startsHere && isMainThread ? setNativeEnvironment(options) : () => {};
  try {
    const addon: Addon = require(file);
    if (!isSupportedTensorflow(addon.TF_Version)) {
      const observed = `${modulePath} comes with TensorFlow ${addon.TF_Version}, expected 2.9 or a later 2.x`;
      throw unavailable(observed, 'run w2v setup');
    }
    const { TF_DETERMINISTIC_OPS, TF_NUM_INTEROP_THREADS } = process.env;
    addon[started] ??= {
      threads: startsHere ? Number(TF_NUM_INTEROP_THREADS ?? 0) : 0,
      deterministic: /^(1|true)$/i.test(TF_DETERMINISTIC_OPS ?? ''),
    };
    const tf = requireBeside(require, modulePath);
    if (startsHere) await openFirstSession(tf);
    const versions = { 'tfjs-node': tf.version['tfjs-node'], tensorflow: addon.TF_Version };
    return { tf, versions, ...addon[started] };
  } catch (cause) {
    if (cause instanceof W2vError) throw cause;
    throw unavailable(`TensorFlow does not load from ${modulePath}: ${firstLine(cause)}`, 'run w2v setup', cause);
  } finally {
    restoreEnvironment();
  }
}

/** The folder of a tfjs-node that the process has loaded: a second copy would share its globals. */
function loadedTfjsNode(): string | undefined {
  const main = Object.keys(cache).find((file) => /[\\/]@tensorflow[\\/]tfjs-node[\\/]dist[\\/]index\.js$/.test(file));
  return main && dirname(dirname(main));
}

/**
 * Loads tfjs-node beside what the program has of tfjs. Loading it makes 'tensorflow' the backend: a program that has
 * chosen another one goes on with that. Where the program has a copy of tfjs of its own, the two share their globals,
 * and the second warns of 300 kernels that are there already: for this moment `console.warn` is silent.
 */
function requireBeside(require: NodeJS.Require, modulePath: string): TensorflowJs {
  const { warn } = console;
  Object.assign(console, { warn: () => {} });
  try {
    const chosen: string | undefined = (require('@tensorflow/tfjs') as TensorflowJs).getBackend();
    const tf: TensorflowJs = require(modulePath);
    if (chosen !== undefined) void tf.setBackend(chosen);
    return tf;
  } finally {
    Object.assign(console, { warn });
  }
}

/** TensorFlow reads its last settings when the first session opens and when rows are first updated. */
async function openFirstSession(tf: TensorflowJs): Promise<void> {
  const graph = createGraph();
  const row = graph.variable([1, 1]);
  graph.signature('clear', [], graph.done([graph.clear(row, [1, 1])]));
  const [id, one] = [graph.integers([1], Int32Array.of(0)), graph.floats([1, 1], Float32Array.of(1))];
  graph.signature('add', [], graph.done([graph.scatterAdd(row, id, one, [])]));
  const session = await openSession(tf, graph);
  session.run('clear', []);
  session.run('add', []);
  session.close();
}

/** Sets the variables that are not set. Returns a function that removes them again. */
function setNativeEnvironment({ threads = 0, deterministic = false }: TensorflowOptions): () => void {
  const settings = {
    TF_CPP_MIN_LOG_LEVEL: '2', // errors only: not a note on CPU features at each start
    TF_NUM_INTRAOP_THREADS: '1', // at the size of a step, cutting one operation over two threads costs more than it saves
    ...(threads > 0 && { TF_NUM_INTEROP_THREADS: String(threads) }),
    ...(deterministic && { TF_DETERMINISTIC_OPS: '1' }),
  };
  const ours = Object.entries(settings).filter(([name]) => process.env[name] === undefined);
  for (const [name, value] of ours) process.env[name] = value;
  return () => {
    for (const [name] of ours) delete process.env[name];
  };
}

/** `system`: the name of this system if set-up gets no TensorFlow for it. */
export function notSetUp(observed: string, hint: string, system = systemWithoutWheel()): W2vError {
  return system === undefined
    ? unavailable(observed, hint)
    : unavailable(`there is no TensorFlow for ${system}`, portableHint);
}

function unavailable(observed: string, hint: string, cause?: unknown): W2vError {
  return new W2vError('engine-unavailable', observed, hint, { cause });
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
