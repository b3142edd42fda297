// A graph as a SavedModel with signatures, loaded and run through tfjs-node's public API: `tf.node.loadSavedModel`
// gives a TFSavedModel for each signature, all of which share one session with its variables; `predict` runs a
// signature on tensors.
//
// Field numbers are those of tensorflow/core/protobuf/{saved_model,meta_graph}.proto.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Encoded, field, integer, message } from '../../files/protobuf.ts';
import { makeTemporaryFolder } from '../../files/temporary-folder.ts';
import type { Graph, Signature, TypedTensor } from './graph.ts';

/** The public API of tfjs-node. Only its types are imported here; load.ts loads it. */
export type TensorflowJs = typeof import('@tensorflow/tfjs-node');
type Tensor = ReturnType<TensorflowJs['scalar']>;

const TAG = 'w2v';
const OUTPUT = 'output';

/** A value for a placeholder. It is read before `run` returns. */
export interface Feed {
  name: string;
  shape: readonly number[];
  values: Float32Array | Int32Array;
}

export interface Session {
  /** Runs a signature on its feeds and returns a copy of its output. All tensors are disposed. */
  run(signature: string, feeds: readonly Feed[]): Float32Array | Int32Array;
  /** Frees the variables. */
  close(): void;
}

/** Loads the graph from a temporary folder, which is removed again. The session owns the variables. */
export async function openSession(tf: TensorflowJs, source: Graph): Promise<Session> {
  const { graph, signatures } = source.definition();
  const models = new Map<string, Awaited<ReturnType<typeof tf.node.loadSavedModel>>>();
  const close = () => {
    for (const model of models.values()) model.dispose();
  };
  const directory = makeTemporaryFolder('graph');
  const file = join(directory, 'saved_model.pb');
  try {
    writeFileSync(file, encodeSavedModel(graph, signatures));
    for (const { name } of signatures) {
      models.set(name, await onTensorflow(tf, () => tf.node.loadSavedModel(directory, [TAG], name)));
      // The session exists now. Each further load reads the file for its signature alone: without the graph it takes
      // less time.
      if (models.size === 1) writeFileSync(file, encodeSavedModel(message(), signatures));
    }
  } catch (error) {
    close();
    throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return {
    run: (signature, feeds) =>
      onTensorflow(tf, () => {
        const inputs: Record<string, Tensor> = {};
        try {
          for (const { name, shape, values } of feeds) {
            inputs[name] = tf.tensor(values, [...shape], values instanceof Float32Array ? 'float32' : 'int32');
          }
          const { [OUTPUT]: output } = models.get(signature)!.predict(inputs) as Record<string, Tensor>;
          try {
            return output.dataSync<'float32' | 'int32'>();
          } finally {
            output.dispose();
          }
        } finally {
          tf.dispose(inputs);
        }
      }),
    close,
  };
}

/**
 * Runs synchronous work on tfjs's backend 'tensorflow', which SavedModels need, and restores the backend that the
 * program has chosen. A switch to a registered backend takes effect at once, although `setBackend` returns a promise.
 */
function onTensorflow<T>(tf: TensorflowJs, work: () => T): T {
  const chosen = tf.getBackend();
  if (chosen === 'tensorflow') return work();
  void tf.setBackend('tensorflow');
  try {
    return work();
  } finally {
    void tf.setBackend(chosen);
  }
}

/** saved_model.pb: one MetaGraphDef with the tag, the graph and its signatures. */
function encodeSavedModel(graph: Encoded, signatures: readonly Signature[]): Encoded {
  const named = signatures.map((signature) => field(5, entry(signature.name, encodeSignature(signature))));
  return message(integer(1, 1), field(2, message(field(1, field(4, TAG)), field(2, graph), ...named)));
}

function encodeSignature({ inputs, output }: Signature): Encoded {
  return message(
    ...inputs.map((input) => field(1, entry(input.tensor, tensorInfo(input)))),
    field(2, entry(OUTPUT, tensorInfo(output))),
    field(3, 'w2v'), // method_name, which nothing reads
  );
}

const entry = (key: string, value: Encoded): Encoded => message(field(1, key), field(2, value));

/** TensorInfo of unknown rank: placeholders accept any shape. */
const tensorInfo = ({ tensor, type }: TypedTensor): Encoded =>
  message(field(1, `${tensor}:0`), integer(2, type), field(3, integer(3, true)));
