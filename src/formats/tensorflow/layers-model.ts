// model.json: a TensorFlow.js layers model of one layer, an Embedding with the vectors as its weights
// (tf.loadLayersModel). Its weights are the data file of the SavedModel beside it.
import { fieldsOf, finite, listOf, oneOf, type Shape, text } from '../../files/shape.ts';

const WEIGHT = 'embedding/embeddings';

/** `weights`: the path of the matrix from model.json. */
export function layersModel([V, D]: readonly [V: number, D: number], weights: string): unknown {
  const initializer = { class_name: 'RandomUniform', config: { minval: -0.05, maxval: 0.05, seed: null } };
  const embedding = {
    ...{ name: 'embedding', trainable: true, batch_input_shape: [null, null], dtype: 'float32' },
    ...{ input_dim: V, output_dim: D, input_length: null, mask_zero: false },
    embeddings_initializer: initializer,
    ...{ embeddings_regularizer: null, activity_regularizer: null, embeddings_constraint: null },
  };
  return {
    ...{ format: 'layers-model', generatedBy: 'w2v', convertedBy: null },
    modelTopology: {
      class_name: 'Sequential',
      config: { name: 'w2v', layers: [{ class_name: 'Embedding', config: embedding }] },
      ...{ keras_version: 'tfjs-layers 4.22.0', backend: 'tensor_flow.js' },
    },
    weightsManifest: [{ paths: [weights], weights: [{ name: WEIGHT, shape: [V, D], dtype: 'float32' }] }],
  };
}

const modelShape: Shape = fieldsOf({
  weightsManifest: listOf(
    fieldsOf({
      paths: listOf(text),
      weights: listOf(fieldsOf({ name: text, shape: listOf(finite), dtype: oneOf('float32') })),
    }),
  ),
});

/** V, D of a model as `layersModel` makes it; otherwise what is different. */
export function shapeOfModel(model: unknown, weights: string): [V: number, D: number] | string {
  const misfit = modelShape(model, '');
  if (misfit !== undefined) return misfit;
  const { weightsManifest } = model as {
    weightsManifest: { paths: string[]; weights: { name: string; shape: number[] }[] }[];
  };
  const group = weightsManifest[0];
  const [weight] = group?.weights ?? [];
  if (weightsManifest.length !== 1 || group!.weights.length !== 1 || group!.paths.join() !== weights) {
    return `expected one matrix in ${weights}, as w2v convert writes it`;
  }
  const [V = 0, D = 0] = weight!.shape;
  const isMatrix = weight!.shape.length === 2 && [V, D].every((size) => Number.isSafeInteger(size) && size > 0);
  if (!isMatrix || D > 1 << 24)
    return `a matrix of shape (${weight!.shape.slice(0, 4).join(', ')}), expected (words, dimensions)`;
  return [V, D];
}
