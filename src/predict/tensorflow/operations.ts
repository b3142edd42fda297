// The handful of TensorFlow operations the engine is made of, each a thin call into tfjs-node's native binding.
//
// Why not tf.gather and an optimizer: tfjs's gradient of `gather` is a dense (V, D) tensor and its optimizers touch every
// row each step. Resource variables are read row by row (ResourceGather) and updated in place (ResourceScatterAdd).

import type { OperationAttribute, TensorflowBinding } from './load.ts';

/** A tensor on TensorFlow's side; only its number crosses over. */
export type Handle = number;

export interface Operations {
  floats(shape: number[], values: Float32Array): Handle;
  integers(shape: number[], values: Int32Array): Handle;
  /** Copies a tensor's values to JavaScript. */
  values(tensor: Handle): Float32Array;
  free(...tensors: Handle[]): void;
  /** A float variable of this shape, updated in place. */
  variable(shape: number[], initial: Float32Array): Handle;
  readVariable(variable: Handle): Handle;
  destroyVariable(variable: Handle): void;
  /** rows (V, D) of a variable at ids (...) -> (..., D) */
  gatherRows(variable: Handle, ids: Handle): Handle;
  /** variable[ids] += updates, repeated ids summed */
  scatterAdd(variable: Handle, ids: Handle, updates: Handle): void;
  /** rows (N, X) of a tensor at ids (...) -> (..., X) */
  gather(table: Handle, ids: Handle): Handle;
  /** (B, m, k) x (B, k, n) -> (B, m, n), either factor transposed on its last two axes */
  matMul(a: Handle, b: Handle, transposeA?: boolean, transposeB?: boolean): Handle;
  add(a: Handle, b: Handle): Handle;
  subtract(a: Handle, b: Handle): Handle;
  multiply(a: Handle, b: Handle): Handle;
  sigmoid(a: Handle): Handle;
  /** log(1 + e^a) */
  softplus(a: Handle): Handle;
  /** Sum of a tensor of rank 3, to a scalar. */
  sumAll(a: Handle): Handle;
  /** Frees what the operations keep for themselves. */
  dispose(): void;
}

let variables = 0;

export function createOperations(binding: TensorflowBinding): Operations {
  const { TF_FLOAT, TF_INT32 } = binding;
  const type = (name: string, value: number): OperationAttribute => ({ name, type: binding.TF_ATTR_TYPE, value });
  const bool = (name: string, value: boolean): OperationAttribute => ({ name, type: binding.TF_ATTR_BOOL, value });
  const text = (name: string, value: string): OperationAttribute => ({ name, type: binding.TF_ATTR_STRING, value });
  const shape = (name: string, value: number[]): OperationAttribute => ({ name, type: binding.TF_ATTR_SHAPE, value });
  const int = (name: string, value: number): OperationAttribute => ({ name, type: binding.TF_ATTR_INT, value });

  const ofFloat = [type('T', TF_FLOAT)];
  const variableType = [type('dtype', TF_FLOAT)];
  const gatherRowsAttributes = [
    ...variableType,
    type('Tindices', TF_INT32),
    int('batch_dims', 0),
    bool('validate_indices', true),
  ];
  const scatterAttributes = [...variableType, type('Tindices', TF_INT32)];
  const gatherAttributes = [
    type('Tparams', TF_FLOAT),
    type('Tindices', TF_INT32),
    type('Taxis', TF_INT32),
    int('batch_dims', 0),
  ];
  const matMulAttributes = [false, true].map((a) =>
    [false, true].map((b) => [type('T', TF_FLOAT), bool('adj_x', a), bool('adj_y', b)]),
  );
  const sumAttributes = [type('T', TF_FLOAT), type('Tidx', TF_INT32), bool('keep_dims', false)];

  const run = (name: string, attributes: OperationAttribute[], inputs: Handle[]): Handle =>
    binding.executeOp(name, attributes, inputs, 1)[0].id;
  const runInPlace = (name: string, attributes: OperationAttribute[], inputs: Handle[]): void => {
    binding.executeOp(name, attributes, inputs, 0);
  };

  const firstAxis = binding.createTensor([], TF_INT32, new Int32Array([0]));
  const allAxes = binding.createTensor([3], TF_INT32, new Int32Array([0, 1, 2]));

  return {
    floats: (dimensions, values) => binding.createTensor(dimensions, TF_FLOAT, values),
    integers: (dimensions, values) => binding.createTensor(dimensions, TF_INT32, values),
    values: (tensor) => binding.tensorDataSync(tensor) as Float32Array,
    free(...tensors) {
      for (const tensor of tensors) binding.deleteTensor(tensor);
    },
    variable(dimensions, initial) {
      const handle = run(
        'VarHandleOp',
        [text('container', ''), text('shared_name', `w2v-${++variables}`), ...variableType, shape('shape', dimensions)],
        [],
      );
      const values = binding.createTensor(dimensions, TF_FLOAT, initial);
      runInPlace('AssignVariableOp', variableType, [handle, values]);
      binding.deleteTensor(values);
      return handle;
    },
    readVariable: (variable) => run('ReadVariableOp', variableType, [variable]),
    destroyVariable(variable) {
      runInPlace('DestroyResourceOp', [bool('ignore_lookup_error', false)], [variable]);
      binding.deleteTensor(variable);
    },
    gatherRows: (variable, ids) => run('ResourceGather', gatherRowsAttributes, [variable, ids]),
    scatterAdd: (variable, ids, updates) =>
      runInPlace('ResourceScatterAdd', scatterAttributes, [variable, ids, updates]),
    gather: (table, ids) => run('GatherV2', gatherAttributes, [table, ids, firstAxis]),
    matMul: (a, b, transposeA = false, transposeB = false) =>
      run('BatchMatMulV2', matMulAttributes[Number(transposeA)][Number(transposeB)], [a, b]),
    add: (a, b) => run('AddV2', ofFloat, [a, b]),
    subtract: (a, b) => run('Sub', ofFloat, [a, b]),
    multiply: (a, b) => run('Mul', ofFloat, [a, b]),
    sigmoid: (a) => run('Sigmoid', ofFloat, [a]),
    softplus: (a) => run('Softplus', ofFloat, [a]),
    sumAll: (a) => run('Sum', sumAttributes, [a, allAxes]),
    dispose() {
      binding.deleteTensor(firstAxis);
      binding.deleteTensor(allAxes);
    },
  };
}
