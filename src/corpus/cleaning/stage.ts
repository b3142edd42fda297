// A step of cleaning: text in, text out. Texts are strings of bytes (Latin-1) of whole lines, or of parts of long
// lines (line-cutter.ts).

export interface Stage {
  /** `last`: the file ends here, and with it everything that was open. */
  clean(text: string, last: boolean): string;
  /** What it counts, where that is not the bytes it takes away. */
  count?(): number;
}

/** Regular expressions for strings of bytes: `\s` would match 0xA0, which is a part of other characters. */
export const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');
