// Reads the footer of a Parquet file (parquet.thrift, FileMetaData): the columns and their positions in each row group.
// Keeps and validates only what reading two columns needs; later code relies on these offsets and counts.
import { malformedAt } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import { ThriftReader } from './thrift.ts';

const TYPES = ['BOOLEAN', 'INT32', 'INT64', 'INT96', 'FLOAT', 'DOUBLE', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'] as const;
const CODECS = ['none', 'Snappy', 'gzip', 'LZO', 'Brotli', 'LZ4', 'Zstandard', 'LZ4'] as const;
const REQUIRED = 0;
const OPTIONAL = 1;
const REPEATED = 2;
const LIST = 3;
const MOST_ROWS = 2 ** 31;

export type PhysicalType = (typeof TYPES)[number];
export type Codec = (typeof CODECS)[number] | 'an unknown codec';

/** A column of values. */
export interface Leaf {
  /** Name of its top-level column. */
  column: string;
  type: PhysicalType | undefined;
  /** Size of a FIXED_LEN_BYTE_ARRAY in bytes. */
  width: number;
  isFloat16: boolean;
  /** Whether the leaf is the top-level column itself, not nested in it. */
  isTop: boolean;
  isList: boolean;
  /** Maximum repetition and definition levels. */
  repetition: number;
  definition: number;
  /** Definition level at which a list has an element, null or not. */
  element: number;
  /** Names from the root to the leaf. */
  path: string[];
}

/** A column chunk: consecutive pages from `offset` on. */
export interface Chunk {
  offset: number;
  /** Number of values including nulls; an empty list counts as one. */
  values: number;
  codec: Codec;
}

export interface Group {
  rows: number;
  /** The column chunk of a leaf. Throws `file-malformed` if its metadata is inconsistent. */
  chunk(leaf: Leaf): Chunk;
}

export interface Footer {
  leaves: Leaf[];
  /** Names of the top-level columns. */
  columns: string[];
  groups: Group[];
}

interface Element {
  name: string;
  type: number | undefined;
  width: number;
  repetition: number;
  children: number;
  isList: boolean;
  isFloat16: boolean;
}

/** Parses the footer's `bytes`, which begin at `end` in the file. Throws `file-malformed`. */
export function readFooter(bytes: Uint8Array, end: number, name: string): Footer {
  const where = `${name}: the footer`;
  const reader = new ThriftReader(bytes, where);
  let elements: Element[] = [];
  let groups: RawGroup[] = [];
  reader.struct((field, type) => {
    if (field === 2) elements = reader.structs(type, () => readElement(reader));
    else if (field === 4) groups = reader.structs(type, () => readGroup(reader));
  });
  const { leaves, columns } = leavesOf(elements, where);
  return {
    leaves,
    columns,
    groups: groups.map((group, at) => checkGroup(group, leaves, end, `${where}, group ${at + 1}`)),
  };
}

function readElement(reader: ThriftReader): Element {
  const element: Element = {
    ...{ name: '', type: undefined, width: 0, repetition: REQUIRED, children: 0 },
    ...{ isList: false, isFloat16: false },
  };
  reader.struct((field, type) => {
    if (field === 1) element.type = reader.int(type);
    else if (field === 2) element.width = reader.int(type);
    else if (field === 3) element.repetition = reader.int(type);
    else if (field === 4) element.name = reader.text(type);
    else if (field === 5) element.children = reader.int(type);
    else if (field === 6) element.isList = reader.int(type) === LIST || element.isList;
    else if (field === 10) {
      reader.struct((logical) => {
        if (logical === 3) element.isList = true;
        if (logical === 15) element.isFloat16 = true;
      });
    }
  });
  return element;
}

interface RawChunk {
  path: string[];
  codec: number;
  values: number;
  dataOffset: number;
  dictionaryOffset: number;
  elsewhere: boolean;
  encrypted: boolean;
}

interface RawGroup {
  rows: number;
  chunks: RawChunk[];
}

function readGroup(reader: ThriftReader): RawGroup {
  const group: RawGroup = { rows: -1, chunks: [] };
  reader.struct((field, type) => {
    if (field === 1) group.chunks = reader.structs(type, () => readChunk(reader));
    else if (field === 3) group.rows = reader.int(type);
  });
  return group;
}

function readChunk(reader: ThriftReader): RawChunk {
  const chunk: RawChunk = {
    ...{ path: [], codec: -1, values: -1, dataOffset: -1, dictionaryOffset: 0 },
    ...{ elsewhere: false, encrypted: false },
  };
  reader.struct((field, type) => {
    if (field === 1) chunk.elsewhere = reader.text(type) !== '';
    else if (field === 8 || field === 9) chunk.encrypted = true;
    else if (field === 3) {
      reader.struct((inner, innerType) => {
        if (inner === 3) chunk.path = reader.texts(innerType);
        else if (inner === 4) chunk.codec = reader.int(innerType);
        else if (inner === 5) chunk.values = reader.int(innerType);
        else if (inner === 9) chunk.dataOffset = reader.int(innerType);
        else if (inner === 11) chunk.dictionaryOffset = reader.int(innerType);
      });
    }
  });
  return chunk;
}

/** Schema elements form a tree in depth-first order: a node, then its children. */
function leavesOf(elements: readonly Element[], where: string): Omit<Footer, 'groups'> {
  const [root, ...rest] = elements;
  if (root === undefined) throw malformedAt(where, 'no schema');
  const leaves: Leaf[] = [];
  const columns: string[] = [];
  /** The ancestors of the next element, without the root. */
  const above: { node: Element; left: number }[] = [];
  for (const element of rest) {
    while (above.at(-1)?.left === 0) above.pop();
    if (above.length === 0) columns.push(element.name);
    else above.at(-1)!.left--;
    const path = [...above.map(({ node }) => node), element];
    if (path.length > 32) throw malformedAt(where, 'columns nested too deeply');
    if (element.children > 0) above.push({ node: element, left: element.children });
    else leaves.push(leafOf(path));
  }
  if (above.some(({ left }) => left > 0) || columns.length !== root.children) {
    throw malformedAt(
      where,
      `the schema has ${columns.length} columns, expected ${root.children} with all within them`,
    );
  }
  return { leaves, columns };
}

function leafOf(path: readonly Element[]): Leaf {
  const last = path.at(-1)!;
  const type = TYPES[last.type ?? -1];
  const levels = { repetition: 0, definition: 0, element: 0 };
  for (const { repetition } of path) {
    if (repetition === OPTIONAL || repetition === REPEATED) levels.definition++;
    if (repetition === REPEATED) {
      levels.repetition++;
      levels.element = levels.definition;
    }
  }
  const top = path[0];
  return {
    ...{ ...levels, type, column: top.name, width: last.width, isFloat16: last.isFloat16 },
    ...{ isTop: path.length === 1, isList: top.isList || top.repetition === REPEATED },
    path: path.map(({ name }) => name),
  };
}

function checkGroup({ rows, chunks }: RawGroup, leaves: readonly Leaf[], end: number, where: string): Group {
  if (!(rows >= 0 && rows <= MOST_ROWS)) throw malformedAt(where, `${rows} rows, expected at most 2^31`);
  if (chunks.length !== leaves.length) throw malformedAt(where, `${chunks.length} columns, expected ${leaves.length}`);
  return {
    rows,
    chunk(leaf) {
      const { path, elsewhere, encrypted, values, dataOffset, dictionaryOffset, codec } = chunks[leaves.indexOf(leaf)];
      const name = quotable(leaf.path.join('.'));
      const found = quotable(path.join('.'));
      if (elsewhere) throw malformedAt(where, `the column ${name} is in another file`, 'write it as one file');
      if (encrypted) throw malformedAt(where, `the column ${name} is encrypted`, 'write it without encryption');
      if (path.join('.') !== leaf.path.join('.')) throw malformedAt(where, `a column ${found}, expected ${name}`);
      // Some writers omit the dictionary offset or write 0; then the data starts with the dictionary.
      const offset = dictionaryOffset > 0 ? Math.min(dictionaryOffset, dataOffset) : dataOffset;
      if (!(values >= 0) || !(offset >= 4 && offset <= end)) {
        const observed = `${values} values at byte ${offset}, but the columns end at byte ${end}`;
        throw malformedAt(where, `the column ${name} has ${observed}`);
      }
      // Each row has one value, and a list that is empty has one as well.
      if (leaf.repetition === 0 ? values !== rows : values < rows) {
        throw malformedAt(where, `the column ${name} has ${values} values for ${rows} rows`);
      }
      return { offset, values, codec: CODECS[codec] ?? 'an unknown codec' };
    },
  };
}
