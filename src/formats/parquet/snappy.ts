// Decompresses Snappy (google/snappy, format_description.txt): literals, and copies of earlier output. Every step
// checks the bounds of input and output, so damaged data gives an error.

/** Decompresses exactly `size` bytes. Throws otherwise. */
export function unpackSnappy(packed: Uint8Array, size: number): Uint8Array {
  const target = new Uint8Array(size);
  let at = 0;
  let to = 0;
  const next = (bytes: number) => {
    if (at + bytes > packed.length) throw new Error('unexpected end of data');
    let value = 0;
    for (let byte = 0; byte < bytes; byte++) value += packed[at++]! * 2 ** (8 * byte);
    return value;
  };

  let promised = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = next(1);
    promised += (byte & 127) * 2 ** shift;
    if (byte < 128) break;
    if (shift > 28) throw new Error('no length');
  }
  if (promised !== size) throw new Error(`a size of ${promised} bytes, expected ${size}`);

  while (at < packed.length) {
    const tag = next(1);
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const length = short < 60 ? short + 1 : next(short - 59) + 1;
      if (length > packed.length - at || length > size - to) throw new Error(`a literal of ${length} bytes`);
      target.set(packed.subarray(at, at + length), to);
      at += length;
      to += length;
    } else {
      const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
      const offset = kind === 1 ? (tag >> 5) * 256 + next(1) : next(kind === 2 ? 2 : 4);
      if (offset < 1 || offset > to || length > size - to)
        throw new Error(`a copy of ${length} bytes from ${offset} back`);
      // Byte by byte, because source and target of a copy may overlap.
      for (let byte = 0; byte < length; byte++, to++) target[to] = target[to - offset]!;
    }
  }
  if (to !== size) throw new Error(`${to} bytes, expected ${size}`);
  return target;
}
