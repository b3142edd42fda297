// The TensorFlow engine: Embedding layers on resource variables, trained batch by batch with in-place sparse updates.
//
// A batch is a fixed computation and every operation runs its sums in one order, so the same seed gives the same bytes
// whatever the number of threads. Hogwild's races cannot promise that.
import type { EngineOptions, Training, TrainingEngine, TrainingState, TrainTask } from '../engine.ts';
import { requireTensorflowLoss } from '../tensorflow-loss.ts';
import { loadTensorflow } from './load.ts';
import { openTraining } from './training.ts';

/** Raise it with each change of what is computed: a checkpoint of another number is not gone on from. */
const STEPS = '1';

/**
 * @param options.threads for the graph's lanes; TensorFlow takes them from the first engine of a process
 * @param options.modulePath where @tensorflow/tfjs-node lies, if not where Node would look
 * @throws W2vError 'engine-unavailable' where TensorFlow is not set up or does not load
 */
export async function createTensorflowEngine(options: EngineOptions = {}): Promise<TrainingEngine> {
  const { threads, modulePath } = options;
  const { tf, versions } = await loadTensorflow({
    deterministic: true,
    ...(threads !== undefined && { threads }),
    ...(modulePath !== undefined && { modulePath }),
  });
  return { name: 'tensorflow', versions, arithmetic: { tensorflow: versions.tensorflow, steps: STEPS }, open };

  async function open(task: TrainTask, signal?: AbortSignal, from?: TrainingState): Promise<Training> {
    requireTensorflowLoss(task.settings.loss);
    return openTraining(tf, task, signal, from);
  }
}
