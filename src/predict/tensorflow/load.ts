// Loads TensorFlow: the one place that imports @tensorflow/*. The native addon alone loads in 0.14 s, all of tfjs-node
// in 0.4 s or more, so the JavaScript part waits until `tf()` is called.
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { W2vError } from '../../errors.ts';
import { isSupportedTensorflow } from '../../setup/addon.ts';
import { requireSoundAddon } from '../../setup/sound-addon.ts';
import { addonFile, findTfjsNode, tfjsNodeName, tfjsNodeVersion } from '../../setup/tfjs-node.ts';

/** What a tensor is to the addon: a number that names it, its shape, its TF_DataType. */
export interface TensorHandle {
  id: number;
  shape: number[];
  dtype: number;
}

export interface OperationAttribute {
  name: string;
  /** One of the binding's TF_ATTR_* numbers. */
  type: number;
  value: boolean | number | string | number[] | object;
}

type TensorValues = Float32Array | Int32Array | Uint8Array;

/** tfjs-node's native addon (its `dist/tfjs_binding.d.ts`, typed here because the package is optional). */
export interface TensorflowBinding {
  createTensor(shape: number[], dtype: number, values: TensorValues): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): TensorValues;
  executeOp(name: string, attributes: OperationAttribute[], inputs: number[], outputs: number): TensorHandle[];
  loadSavedModel(directory: string, tags: string): number;
  deleteSavedModel(id: number): void;
  /** Names are joined by commas, each NAME:INDEX. */
  runSavedModel(id: number, inputs: number[], inputNames: string, outputNames: string): TensorHandle[];
  getNumOfSavedModels(): number;
  getNumOfTensors(): number;
  isUsingGpuDevice(): boolean;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  readonly TF_BOOL: number;
  readonly TF_STRING: number;
  readonly TF_RESOURCE: number;
  readonly TF_UINT8: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_Version: string;
}

/** The few things of tfjs itself that w2v may ask for. */
export interface TensorflowJs {
  version: Record<string, string>;
  memory(): { numTensors: number; numDataBuffers: number; numBytes: number };
}

export interface TensorflowOptions {
  /** Threads for independent branches of the graph; 0 or absent: as many as TensorFlow sees cores. */
  threads?: number;
  /** The same bytes for the same input whatever `threads`; costs speed. */
  deterministic?: boolean;
  /** The tfjs-node folder to load from; absent: the project's, or what `w2v setup` made. */
  modulePath?: string;
}

export interface TensorflowModule {
  binding: TensorflowBinding;
  /** Versions for a manifest: `tfjs-node` and `tensorflow`. */
  versions: { 'tfjs-node': string; tensorflow: string };
  /** What TensorFlow was started with: a process starts it once, so a second load cannot change them. 0: not known. */
  threads: number;
  deterministic: boolean;
  /** All of tfjs-node, on the same native library; the first call takes about 0.25 s. */
  tf(): TensorflowJs;
}

let loaded: TensorflowModule | undefined;

/**
 * Loads the native library and returns it with its versions. A process loads it once: later calls return the same
 * module, with the `threads` of the first. Where other code of the process has loaded it before, with settings of its own, it is
 * taken as it is.
 *
 * @throws W2vError 'engine-unavailable' where tfjs-node is not installed, not set up, of another version, or does not load;
 *   also when `deterministic` is asked for and TensorFlow runs without it.
 */
export async function loadTensorflow(options: TensorflowOptions = {}): Promise<TensorflowModule> {
  const modulePath = options.modulePath ?? findTfjsNode(process.env);
  // All waiting comes first: of two calls at once, one alone starts TensorFlow.
  if (!loaded && modulePath !== undefined && existsSync(addonFile(modulePath))) await requireSoundAddon(modulePath);
  loaded ??= startTensorflow(modulePath, options);
  if (options.deterministic && !loaded.deterministic) {
    throw unavailable(
      'TensorFlow already runs in this process without deterministic operations, and cannot be switched',
      'set TF_DETERMINISTIC_OPS=1 before anything loads TensorFlow, or train in a process of its own',
    );
  }
  return loaded;
}

function startTensorflow(modulePath: string | undefined, options: TensorflowOptions): TensorflowModule {
  if (modulePath === undefined)
    throw unavailable(`${tfjsNodeName} ${tfjsNodeVersion} is not installed`, 'run w2v setup');
  const addon = addonFile(modulePath);
  if (!existsSync(addon)) throw unavailable(`TensorFlow is not set up: no ${addon}`, 'run w2v setup');
  const require = createRequire(join(modulePath, 'package.json'));
  const runsAlready = require.cache[realpathSync(addon)] !== undefined;
  if (!runsAlready) setNativeEnvironment(options);
  const deterministic = /^(1|true)$/i.test(process.env.TF_DETERMINISTIC_OPS ?? '');
  let binding: TensorflowBinding;
  let version: string;
  try {
    binding = require(addon);
    ({ version } = require('./package.json'));
  } catch (cause) {
    const observed = `TensorFlow does not load from ${modulePath}: ${firstLine(cause)}`;
    throw unavailable(observed, 'run w2v setup', cause);
  }
  if (!isSupportedTensorflow(binding.TF_Version)) {
    const observed = `${modulePath} comes with TensorFlow ${binding.TF_Version}, expected 2.9 or a later 2.x`;
    throw unavailable(observed, 'run w2v setup');
  }
  return {
    binding,
    versions: { 'tfjs-node': version, tensorflow: binding.TF_Version },
    threads: runsAlready ? 0 : Number(process.env.TF_NUM_INTEROP_THREADS ?? 0),
    deterministic,
    tf() {
      defineRemovedUtilities();
      return require(modulePath) as TensorflowJs;
    },
  };
}

/**
 * Below src/cli nothing touches the environment, but libtensorflow takes these settings from nowhere else, and reads
 * them when it is loaded. What is set already stays: it is for all of the process. On the main thread `process.env` is the C
 * library's environment; a worker's is a copy which libtensorflow would not see.
 */
function setNativeEnvironment({ threads = 0, deterministic = false }: TensorflowOptions): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'; // errors only: not a note on CPU features at each start
  // At the size of a training step, cutting one operation over two threads costs more than it saves (measured).
  process.env.TF_NUM_INTRAOP_THREADS ??= '1';
  if (threads > 0) process.env.TF_NUM_INTEROP_THREADS ??= String(threads);
  if (deterministic) process.env.TF_DETERMINISTIC_OPS ??= '1';
}

/**
 * tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 removed and Node 22 warns about. `require` gives
 * the object itself; an ES import's namespace could not be written to.
 */
function defineRemovedUtilities(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
  util.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  util.isArray = Array.isArray;
}

function unavailable(observed: string, hint: string, cause?: unknown): W2vError {
  return new W2vError('engine-unavailable', observed, hint, { cause });
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
