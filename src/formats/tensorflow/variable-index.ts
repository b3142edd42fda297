// variables/variables.index of a SavedModel: which variable is where in variables.data-00000-of-00001. It is a table as
// LevelDB writes it (tensorflow/core/lib/io/table_format.txt) with entries of tensor_bundle.proto.

import { type Encoded, field, fixed32, integer, message, variableLength } from '../../files/protobuf.ts';
import { maskedCrc32c } from './crc32c.ts';

const FLOAT = 1; // DataType.DT_FLOAT
const MAGIC = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
const FOOTER_BYTES = 48;

/** `checksum`: masked CRC-32C of the variable's bytes, which are those of the data file. */
export function variableIndex(name: string, shape: readonly number[], checksum: number): Encoded {
  const bytes = 4 * shape.reduce((product, size) => product * size, 1);
  const header = message(integer(1, 1), field(3, integer(1, 1))); // one shard, little-endian, version 1
  const dimensions = message(...shape.map((size) => field(2, integer(1, size))));
  const entry = message(integer(1, FLOAT), field(2, dimensions), integer(5, bytes), fixed32(6, checksum));
  return table([
    ['', header],
    [name, entry],
  ]);
}

/** Keys in ascending order. One block of data, no filter. */
function table(entries: readonly (readonly [key: string, value: Encoded])[]): Encoded {
  const data = block(entries);
  const more = block([]);
  const index = block([[entries.at(-1)![0], handle(0, data)]]);
  const stored = [data, more, index].map(withTrailer);
  const indexAt = stored[0].length + stored[1].length;
  const handles = message(handle(stored[0].length, more), handle(indexAt, index));
  const padding = new Uint8Array(FOOTER_BYTES - MAGIC.length - handles.length);
  return message(...stored, handles, padding, Uint8Array.from(MAGIC));
}

/** Each key is stored whole, that is, it is a restart of its own. */
function block(entries: readonly (readonly [key: string, value: Encoded])[]): Encoded {
  const parts: Encoded[] = [];
  const restarts = [0];
  let length = 0;
  for (const [key, value] of entries) {
    if (length > 0) restarts.push(length);
    const name = new TextEncoder().encode(key);
    const part = message(
      variableLength(0),
      variableLength(name.length),
      variableLength(value.length),
      ...[name, value],
    );
    parts.push(part);
    length += part.length;
  }
  return message(...parts, new Uint8Array(Uint32Array.from([...restarts, restarts.length]).buffer));
}

const handle = (offset: number, { length }: Encoded): Encoded =>
  message(variableLength(offset), variableLength(length));

/** The type of compression (none), and the checksum of both. */
function withTrailer(content: Encoded): Encoded {
  const typed = message(content, Uint8Array.of(0));
  return message(typed, new Uint8Array(Uint32Array.of(maskedCrc32c(typed)).buffer));
}
