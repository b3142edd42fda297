// Writes protocol buffers' wire format: what TensorFlow's graphs, checkpoints and event files need. A message is a list
// of fields, each a tag (field number, wire type) and a value: 0 varint, 1 eight bytes, 2 length-delimited, 5 four
// bytes. https://protobuf.dev/programming-guides/encoding

/** An encoded message, string or bytes. */
export type Encoded = Uint8Array;

export function message(...fields: Encoded[]): Encoded {
  const bytes = new Uint8Array(fields.reduce((sum, field) => sum + field.length, 0));
  let at = 0;
  for (const field of fields) {
    bytes.set(field, at);
    at += field.length;
  }
  return bytes;
}

/** A field that is a message, string or bytes. */
export function field(number: number, value: Encoded | string): Encoded {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return message(varint(BigInt((number << 3) | 2)), varint(BigInt(bytes.length)), bytes);
}

/** A field that is a whole number, an enum or a boolean. */
export function integer(number: number, value: number | boolean): Encoded {
  return message(varint(BigInt(number << 3)), varint(BigInt.asUintN(64, BigInt(Number(value)))));
}

/** A field of type fixed32. */
export function fixed32(number: number, value: number): Encoded {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return message(varint(BigInt((number << 3) | 5)), bytes);
}

/** A field of type float. */
export function float(number: number, value: number): Encoded {
  return fixed32(number, new Uint32Array(Float32Array.of(value).buffer)[0]);
}

/** A field of type double. */
export function double(number: number, value: number): Encoded {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return message(varint(BigInt((number << 3) | 1)), bytes);
}

/** The whole number as such, without a field: keys and sizes in LevelDB's tables. */
export const variableLength = (value: number): Encoded => varint(BigInt(value));

function varint(value: bigint): Encoded {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
