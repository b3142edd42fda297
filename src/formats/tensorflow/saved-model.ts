// saved_model.pb: the graph that looks words up (strings -> vectors) and rows (ids -> vectors), for TensorFlow in
// Python, C++, Java, Go and tfjs-node. The matrix is a variable, so that it can be trained further; the words are an
// asset.
//
// Field numbers are those of tensorflow/core/protobuf/{saved_model,meta_graph,saver}.proto and
// tensorflow/core/framework/{graph,node_def,attr_value,tensor,variable}.proto.
import { type Encoded, field, integer, message } from '../../files/protobuf.ts';

/** DataType */
const FLOAT = 1;
const INT32 = 3;
const STRING = 7;
const INT64 = 9;
const BOOLEAN = 10;
const GRAPH_VERSION = 1087; // TensorFlow 2.9's
const WHOLE_LINE = -2;
const LINE_NUMBER = -1;

export const VARIABLE = 'embeddings';
const OUTPUTS: readonly (readonly [name: string, tensor: string, type: number])[] = [
  ['vectors', 'word_vectors', FLOAT],
  ['rows', 'word_rows', INT32],
];

/** `words` is the name of the file in the folder assets. */
export function savedModel([V, D]: readonly [V: number, D: number], words: string): Encoded {
  const about = message(field(4, 'serve'), field(5, '2.9.0'));
  const asset = message(field(1, field(1, 'words_file:0')), field(2, words));
  const graph = message(
    field(1, about),
    field(2, message(...nodes(V, D), field(4, integer(1, GRAPH_VERSION)))),
    field(3, message(field(1, 'restore_from:0'), field(2, 'saved:0'), field(3, 'restore'), integer(7, 2))),
    ...['variables', 'trainable_variables'].map((name) =>
      field(4, entry(name, field(2, field(1, variableDefinition())))),
    ),
    ...['saved_model_main_op', 'table_initializer'].map((name) =>
      field(4, entry(name, field(1, field(1, 'fill_table')))),
    ),
    field(5, entry('serving_default', signature(['words', STRING], OUTPUTS))),
    field(5, entry('rows', signature(['rows', INT32], [['vectors', 'row_vectors', FLOAT]]))),
    field(6, asset),
  );
  return message(integer(1, 1), field(2, graph));
}

function nodes(V: number, D: number): Encoded[] {
  const T = type(FLOAT);
  const at = { dtype: T, batch_dims: number(0), validate_indices: integer(5, true) };
  const table = { container: text(''), shared_name: text('words'), key_dtype: type(STRING), value_dtype: type(INT64) };
  return [
    // The variable, its restoring from variables/, and the value that it would have without.
    node('VarHandleOp', VARIABLE, [], {
      dtype: T,
      shape: shape(V, D),
      shared_name: text(VARIABLE),
      container: text(''),
    }),
    node('Const', 'shape', [], integers(INT32, [V, D])),
    node('Const', 'zero', [], {
      dtype: T,
      value: field(8, message(integer(1, FLOAT), field(2, message()), field(4, new Uint8Array(4)))),
    }),
    node('Fill', 'zeros', ['shape', 'zero'], { T, index_type: type(INT32) }),
    node('AssignVariableOp', 'clear', [VARIABLE, 'zeros'], { dtype: T }),
    node('ReadVariableOp', 'matrix', [VARIABLE], { dtype: T }),
    node('Const', 'restore_default', [], strings([], 'variables')),
    node('PlaceholderWithDefault', 'restore_from', ['restore_default'], { dtype: type(STRING), shape: shape() }),
    node('Const', 'restore_names', [], strings([1], VARIABLE)),
    node('Const', 'restore_slices', [], strings([1], '')),
    node('RestoreV2', 'restored', ['restore_from', 'restore_names', 'restore_slices'], {
      dtypes: field(1, message(integer(6, FLOAT))),
    }),
    node('AssignVariableOp', 'assign', [VARIABLE, 'restored'], { dtype: T }),
    node('NoOp', 'restore', ['^assign'], {}),
    node('SaveV2', 'save', ['restore_from', 'restore_names', 'restore_slices', 'matrix'], {
      dtypes: field(1, message(integer(6, FLOAT))),
    }),
    node('Identity', 'saved', ['restore_from', '^save'], { T: type(STRING) }),
    // The table from words to rows.
    node('Const', 'words_file', [], strings([], '')),
    node('HashTableV2', 'table', [], table),
    node('InitializeTableFromTextFileV2', 'fill_table', ['table', 'words_file'], {
      ...{
        key_index: number(WHOLE_LINE),
        value_index: number(LINE_NUMBER),
        vocab_size: number(V),
        delimiter: text('\t'),
      },
    }),
    // Words -> rows, -1 for a word that is not there -> vectors, zeros for such a word.
    node('Placeholder', 'words', [], { dtype: type(STRING), shape: unknownRank }),
    node('Const', 'missing', [], integers(INT64, [-1], true)),
    node('Const', 'first', [], integers(INT64, [0], true)),
    node('Const', 'last_axis', [], integers(INT32, [-1], true)),
    node('LookupTableFindV2', 'found', ['table', 'words', 'missing'], { Tin: type(STRING), Tout: type(INT64) }),
    node('Cast', 'word_rows', ['found'], { SrcT: type(INT64), DstT: type(INT32) }),
    node('Maximum', 'existing', ['found', 'first'], { T: type(INT64) }),
    node('ResourceGather', 'gathered', [VARIABLE, 'existing'], { ...at, Tindices: type(INT64) }),
    node('GreaterEqual', 'is_known', ['found', 'first'], { T: type(INT64) }),
    node('ExpandDims', 'mask', ['is_known', 'last_axis'], { T: type(BOOLEAN), Tdim: type(INT32) }),
    node('SelectV2', 'word_vectors', ['mask', 'gathered', 'zero'], { T }),
    // Rows -> vectors.
    node('Placeholder', 'rows', [], { dtype: type(INT32), shape: unknownRank }),
    node('ResourceGather', 'row_vectors', [VARIABLE, 'rows'], { ...at, Tindices: type(INT32) }),
  ].map((encoded) => field(1, encoded));
}

function node(
  operation: string,
  name: string,
  inputs: readonly string[],
  attributes: Record<string, Encoded>,
): Encoded {
  return message(
    field(1, name),
    field(2, operation),
    ...inputs.map((input) => field(3, input)),
    ...Object.entries(attributes).map(([key, value]) => field(5, entry(key, value))),
  );
}

const entry = (key: string, value: Encoded): Encoded => message(field(1, key), field(2, value));
const type = (value: number): Encoded => integer(6, value);
const number = (value: number): Encoded => integer(3, value);
const text = (value: string): Encoded => field(2, value);
const shapeOf = (sizes: readonly number[]): Encoded => message(...sizes.map((size) => field(2, integer(1, size))));
const shape = (...sizes: number[]): Encoded => field(7, shapeOf(sizes));
const unknownRank = field(7, integer(3, true));

function integers(kind: number, values: readonly number[], isScalar = false): Record<string, Encoded> {
  const content = kind === INT64 ? BigInt64Array.from(values.map(BigInt)) : Int32Array.from(values);
  const sizes = isScalar ? [] : [values.length];
  const tensor = message(integer(1, kind), field(2, shapeOf(sizes)), field(4, new Uint8Array(content.buffer)));
  return { dtype: type(kind), value: field(8, tensor) };
}

function strings(sizes: readonly number[], value: string): Record<string, Encoded> {
  const tensor = message(integer(1, STRING), field(2, shapeOf(sizes)), field(8, value));
  return { dtype: type(STRING), value: field(8, tensor) };
}

function variableDefinition(): Encoded {
  const names = { 1: `${VARIABLE}:0`, 2: 'clear', 3: 'matrix:0', 6: 'zeros:0' };
  const named = Object.entries(names).map(([at, name]) => field(Number(at), name));
  return message(...named, integer(5, true), integer(7, true));
}

function signature([input, kind]: readonly [string, number], outputs: typeof OUTPUTS): Encoded {
  const info = (tensor: string, of: number) =>
    message(field(1, `${tensor}:0`), integer(2, of), field(3, integer(3, true)));
  return message(
    field(1, entry(input, info(input, kind))),
    ...outputs.map(([name, tensor, of]) => field(2, entry(name, info(tensor, of)))),
    field(3, 'tensorflow/serving/predict'),
  );
}
