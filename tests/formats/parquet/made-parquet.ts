// Parquet files made byte by byte, so that a test can have them promise anything.

type Field = [id: number, value: number | string | Field[] | Field[][] | string[]];

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

const zigzag = (value: number) => varint(value < 0 ? -2 * value - 1 : 2 * value);
const text = (value: string) => [...varint(Buffer.byteLength(value)), ...Buffer.from(value)];
const isFields = (value: unknown): value is Field => Array.isArray(value) && typeof value[0] === 'number';

/** A struct in Thrift's compact protocol; every number is written as one of 64 bits. */
export function thrift(fields: readonly Field[]): number[] {
  let last = 0;
  const bytes = fields.flatMap(([id, value]) => {
    const head = (type: number) => [((id - last) << 4) | type];
    const one = () => {
      if (typeof value === 'number') return [...head(6), ...zigzag(value)];
      if (typeof value === 'string') return [...head(8), ...text(value)];
      if (isFields(value[0])) return [...head(12), ...thrift(value as Field[])];
      const list = value as (string | Field[])[];
      const elements = list.map((each) => (typeof each === 'string' ? text(each) : thrift(each)));
      return [
        ...head(9),
        (Math.min(15, list.length) << 4) | (typeof list[0] === 'string' ? 8 : 12),
        ...elements.flat(),
      ];
    };
    const written = one();
    last = id;
    return written;
  });
  return [...bytes, 0];
}

export interface MadeColumn {
  /** num_values of the column's metadata. */
  values: number;
  codec?: number;
  /** Headers and contents, one page after the other. */
  pages: { header: Field[]; content: number[] }[];
}

/** A data page of version 1. */
export function dataPage(
  values: number,
  encoding: number,
  content: number[],
  sizes = [content.length, content.length],
) {
  const data: Field[] = [
    [1, values],
    [2, encoding],
    [3, 3],
    [4, 3],
  ];
  const header: Field[] = [
    [1, 0],
    [2, sizes[0]],
    [3, sizes[1]],
    [5, data],
  ];
  return { header, content };
}

export function dictionaryPage(values: number, content: number[]) {
  const header: Field[] = [
    [1, 2],
    [2, content.length],
    [3, content.length],
    [
      7,
      [
        [1, values],
        [2, 0],
      ],
    ],
  ];
  return { header, content };
}

/** A run of `count` equal levels or indices, with its length of four bytes in front. */
export function run(count: number, value: number): number[] {
  const bytes = [...varint(2 * count), value];
  return [bytes.length, 0, 0, 0, ...bytes];
}

/**
 * One row group: `word`, required text, and `vector`, a required list of required floats; `padding` bytes before them.
 */
export function madeParquet(rows: number, word: MadeColumn, vector: MadeColumn, padding = 0): Buffer {
  const magic = Buffer.from('PAR1');
  const bytes: number[] = [];
  const columns = [word, vector].map(({ values, codec = 0, pages }, at): Field[] => {
    const offset = magic.length + padding + bytes.length;
    for (const { header, content } of pages) bytes.push(...thrift(header), ...content);
    const path = at === 0 ? ['word'] : ['vector', 'list', 'element'];
    return [
      [
        3,
        [
          [1, at === 0 ? 6 : 4],
          [3, path],
          [4, codec],
          [5, values],
          [9, offset],
        ],
      ],
    ];
  });
  const footer = thrift([
    [
      2,
      [
        [
          [4, 'root'],
          [5, 2],
        ],
        [
          [1, 6],
          [3, 0],
          [4, 'word'],
        ],
        [
          [3, 0],
          [4, 'vector'],
          [5, 1],
          [6, 3],
        ],
        [
          [3, 2],
          [4, 'list'],
          [5, 1],
        ],
        [
          [1, 4],
          [3, 0],
          [4, 'element'],
        ],
      ],
    ],
    [3, rows],
    [
      4,
      [
        [
          [1, columns],
          [3, rows],
        ],
      ],
    ],
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([magic, Buffer.alloc(padding), Buffer.from([...bytes, ...footer]), length, magic]);
}
