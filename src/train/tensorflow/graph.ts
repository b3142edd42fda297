// A TensorFlow graph built node by node, which saved-model.ts runs through tfjs-node.
//
// Why a graph: calling TensorFlow operation by operation costs some microseconds each and runs them one after another.
// A session runs a whole chain of training steps in one call, and independent branches on different threads.
//
// Why not tf.gather and an optimizer: tfjs's gradient of `gather` is a dense (V, D) tensor and its optimizers touch
// every row each step. Resource variables are read row by row (ResourceGather) and updated in place
// (ResourceScatterAdd). tests/train/tensorflow/teaching-twin.ts computes the same step with them; docs/algorithms.md
// shows both.
//
// Field numbers are those of tensorflow/core/framework/{graph,node_def,attr_value,tensor}.proto.
import { type Encoded, field, integer, message } from '../../files/protobuf.ts';

/** One output of a node: 'name' for the first, 'name:1' for the second. */
export type Tensor = string;
/** A node that is run for its side effect. */
export type Action = string;

/** One way to run the graph: the placeholders to feed, each by its name, and the one tensor to fetch. */
export interface Signature {
  name: string;
  inputs: TypedTensor[];
  output: TypedTensor;
}

/** A tensor with its DataType. */
export interface TypedTensor {
  tensor: Tensor;
  type: number;
}

type Attribute = Encoded;
const FLOAT = 1; // DataType.DT_FLOAT
const INT32 = 3; // DataType.DT_INT32
const GRAPH_VERSION = 1087; // TensorFlow 2.9's, the oldest that tfjs-node 4 is built for

const type = (value: number): Attribute => integer(6, value);
const flag = (value: boolean): Attribute => integer(5, value);
const number = (value: number): Attribute => integer(3, value);
const text = (value: string): Attribute => field(2, value);
const dimensions = (shape: readonly number[]): Encoded => message(...shape.map((size) => field(2, integer(1, size))));

export interface Graph {
  /** A tensor that each run is fed. */
  placeholder(name: string, kind: 'float' | 'int32'): Tensor;
  floats(shape: readonly number[], values: Float32Array): Tensor;
  integers(shape: readonly number[], values: Int32Array): Tensor;
  /**
   * A float variable that lives as long as the session. `clear` allocates it, with zeros, in TensorFlow's own memory:
   * memory assigned from JavaScript would be released on a TensorFlow thread, which Node does not allow.
   */
  variable(shape: readonly number[]): Tensor;
  clear(variable: Tensor, shape: readonly number[]): Action;
  /** rows (V, D) of a variable at ids (...) -> (..., D), read after the given actions */
  gatherRows(variable: Tensor, ids: Tensor, after: readonly Action[]): Tensor;
  /** variable[ids] += updates, repeated ids summed in order, after the given actions or tensors */
  scatterAdd(variable: Tensor, ids: Tensor, updates: Tensor, after: readonly (Action | Tensor)[]): Action;
  /** variable[ids] = updates */
  scatterUpdate(variable: Tensor, ids: Tensor, updates: Tensor): Action;
  /** (N, ...) -> N tensors (...) */
  unstack(tensor: Tensor, count: number, kind: 'float' | 'int32'): Tensor[];
  /** (B, m, k) x (B, k, n) -> (B, m, n), either factor transposed on its last two axes */
  matMul(a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  subtract(a: Tensor, b: Tensor): Tensor;
  multiply(a: Tensor, b: Tensor): Tensor;
  sigmoid(a: Tensor): Tensor;
  /** log(1 + e^a) */
  softplus(a: Tensor): Tensor;
  exp(a: Tensor): Tensor;
  log(a: Tensor): Tensor;
  divide(a: Tensor, b: Tensor): Tensor;
  maximum(a: Tensor, b: Tensor): Tensor;
  /** (B, m, n) -> (B, m, 1) */
  rowMaxima(a: Tensor): Tensor;
  rowSums(a: Tensor): Tensor;
  /** (B, m, n) -> (B), the sum of each matrix */
  sum(a: Tensor): Tensor;
  /** Joins tensors (n) along their one axis. */
  concatenate(tensors: readonly Tensor[]): Tensor;
  /** A scalar that is available after the actions have run. */
  done(actions: readonly Action[]): Tensor;
  /** The same tensor of floats, available after the actions have run. */
  after(actions: readonly Action[], tensor: Tensor): Tensor;
  /** Names a way to run the graph. The output comes from `done` or `after`. */
  signature(name: string, inputs: readonly Tensor[], output: Tensor): void;
  /** The encoded GraphDef, and the signatures. */
  definition(): { graph: Encoded; signatures: readonly Signature[] };
}

export function createGraph(): Graph {
  const nodes: Encoded[] = [];
  const signatures: Signature[] = [];
  const types = new Map<Tensor, number>(); // of tensors that are fed or fetched
  let count = 0;

  function node(
    operation: string,
    inputs: readonly Tensor[],
    attributes: Record<string, Attribute>,
    after: readonly (Action | Tensor)[] = [],
    name = `${operation}_${++count}`,
  ): Tensor {
    const controls = new Set(after.map((tensor) => `^${tensor.split(':')[0]}`));
    const entries = Object.entries(attributes);
    nodes.push(
      message(
        field(1, name),
        field(2, operation),
        ...[...inputs, ...controls].map((input) => field(3, input)),
        ...entries.map(([key, value]) => field(5, message(field(1, key), field(2, value)))),
      ),
    );
    return name;
  }

  function constant(kind: number, shape: readonly number[], values: Float32Array | Int32Array): Tensor {
    const content = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const tensor = message(integer(1, kind), field(2, dimensions(shape)), field(4, content));
    return node('Const', [], { dtype: type(kind), value: field(8, tensor) });
  }

  const integers = (shape: readonly number[], values: Int32Array) => constant(INT32, shape, values);
  const typeOf = (kind: 'float' | 'int32') => (kind === 'float' ? FLOAT : INT32);
  const ofKind = (kind: 'float' | 'int32') => type(typeOf(kind));
  const typed = (tensor: Tensor): TypedTensor => ({ tensor, type: types.get(tensor)! });
  const T = { T: type(FLOAT) };
  const variableAt = { dtype: type(FLOAT), Tindices: type(INT32) };
  const firstAxis = integers([], Int32Array.of(0));
  const innerAxes = integers([2], Int32Array.of(1, 2));
  const lastAxis = integers([], Int32Array.of(2));
  const reduce = (operation: string, a: Tensor, axes: Tensor, keepsAxes: boolean) =>
    node(operation, [a, axes], { ...T, Tidx: type(INT32), keep_dims: flag(keepsAxes) });

  return {
    placeholder(name, kind) {
      types.set(name, typeOf(kind));
      return node('Placeholder', [], { dtype: ofKind(kind), shape: field(7, integer(3, true)) }, [], name);
    },
    floats: (shape, values) => constant(FLOAT, shape, values),
    integers,
    variable(shape) {
      const name = `variable_${++count}`;
      return node(
        'VarHandleOp',
        [],
        { container: text(''), shared_name: text(name), dtype: type(FLOAT), shape: field(7, dimensions(shape)) },
        [],
        name,
      );
    },
    clear(variable, shape) {
      const size = integers([shape.length], Int32Array.from(shape));
      const zeros = node('Fill', [size, constant(FLOAT, [], Float32Array.of(0))], { ...T, index_type: type(INT32) });
      return node('AssignVariableOp', [variable, zeros], { dtype: type(FLOAT) });
    },
    gatherRows: (variable, ids, after) =>
      node(
        'ResourceGather',
        [variable, ids],
        { ...variableAt, batch_dims: number(0), validate_indices: flag(true) },
        after,
      ),
    scatterAdd: (variable, ids, updates, after) =>
      node('ResourceScatterAdd', [variable, ids, updates], variableAt, after),
    scatterUpdate: (variable, ids, updates) => node('ResourceScatterUpdate', [variable, ids, updates], variableAt),
    unstack(tensor, parts, kind) {
      const name = node('Unpack', [tensor], { T: ofKind(kind), num: number(parts), axis: number(0) });
      return Array.from({ length: parts }, (_, i) => (i === 0 ? name : `${name}:${i}`));
    },
    matMul: (a, b, transposeA = false, transposeB = false) =>
      node('BatchMatMulV2', [a, b], { ...T, adj_x: flag(transposeA), adj_y: flag(transposeB) }),
    add: (a, b) => node('AddV2', [a, b], T),
    subtract: (a, b) => node('Sub', [a, b], T),
    multiply: (a, b) => node('Mul', [a, b], T),
    sigmoid: (a) => node('Sigmoid', [a], T),
    softplus: (a) => node('Softplus', [a], T),
    exp: (a) => node('Exp', [a], T),
    log: (a) => node('Log', [a], T),
    divide: (a, b) => node('RealDiv', [a, b], T),
    maximum: (a, b) => node('Maximum', [a, b], T),
    rowMaxima: (a) => reduce('Max', a, lastAxis, true),
    rowSums: (a) => reduce('Sum', a, lastAxis, true),
    sum: (a) => reduce('Sum', a, innerAxes, false),
    concatenate(tensors) {
      if (tensors.length === 1) return tensors[0]; // ConcatV2 needs at least two
      return node('ConcatV2', [...tensors, firstAxis], { ...T, N: number(tensors.length), Tidx: type(INT32) });
    },
    done(actions) {
      const tensor = node('Identity', [firstAxis], { T: type(INT32) }, actions);
      types.set(tensor, INT32);
      return tensor;
    },
    after(actions, tensor) {
      const same = node('Identity', [tensor], T, actions);
      types.set(same, FLOAT);
      return same;
    },
    signature(name, inputs, output) {
      signatures.push({ name, inputs: inputs.map(typed), output: typed(output) });
    },
    definition() {
      const graph = message(...nodes.map((encoded) => field(1, encoded)), field(4, integer(1, GRAPH_VERSION)));
      return { graph, signatures };
    },
  };
}
