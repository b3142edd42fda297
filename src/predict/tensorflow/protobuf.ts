// Writes protocol buffers' wire format: just what a TensorFlow graph needs. A message is a list of fields, each a tag
// (field number, wire type) and a value: 0 varint, 2 length-delimited, 5 four bytes.
// https://protobuf.dev/programming-guides/encoding

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
