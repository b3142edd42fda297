// Lines of a text that comes in chunks.

import { describe, expect, it } from 'vitest';
import type { LineFacts } from '../../src/corpus/text-lines.ts';
import { LONGEST_LINE, linesOf } from '../../src/corpus/text-lines.ts';
import { fc } from '../properties.ts';

async function read(chunks: Uint8Array[]): Promise<{ lines: string[]; facts: LineFacts }> {
  const facts = { lines: 0, invalidLines: 0 };
  const lines: string[] = [];
  const source = {
    name: 'some.txt',
    async *chunks() {
      // A source may use its memory again.
      const memory = new Uint8Array(Math.max(1, ...chunks.map((chunk) => chunk.length)));
      for (const chunk of chunks) {
        memory.fill(0x58);
        memory.set(chunk);
        yield memory.subarray(0, chunk.length);
      }
    },
  };
  for await (const line of linesOf(source, facts)) lines.push(line);
  return { lines, facts };
}

const bytes = (text: string) => Buffer.from(text);

it('has all lines, whatever the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'é', '한', '🐋', '\n', '\r\n', '\r', ' ')),
      fc.array(fc.integer({ min: 1, max: 5 })),
      async (parts, sizes) => {
        const text = parts.join('');
        const all = bytes(text);
        const chunks: Uint8Array[] = [all.subarray(0, 4)];
        for (let at = 4, turn = 0; at < all.length; turn++) {
          const size = sizes[turn] ?? 3;
          chunks.push(all.subarray(at, at + size));
          at += size;
        }
        const expected = text.split('\n');
        if (expected.at(-1) === '') expected.pop();
        const ended = expected.map((line, at) => (at < text.split('\n').length - 1 ? line.replace(/\r$/, '') : line));
        const { lines, facts } = await read(chunks);
        expect(lines).toEqual(ended);
        expect(facts).toEqual({ lines: ended.length, invalidLines: 0 });
      },
    ),
  );
});

it('leaves out a byte order mark at the start, and counts lines that are not UTF-8', async () => {
  expect(await read([bytes('\ufeffa\n\ufeffb')])).toEqual({
    lines: ['a', '\ufeffb'],
    facts: { lines: 2, invalidLines: 0 },
  });
  expect(await read([Buffer.from('caf\xe9\nplain\n\xff\xfe', 'latin1')])).toEqual({
    lines: ['caf\ufffd', 'plain', '\ufffd\ufffd'],
    facts: { lines: 3, invalidLines: 2 },
  });
});

describe('an error', () => {
  it.each([
    ['NUL', [bytes('fine\nfi\0ne\n')], 'not-text', 'some.txt is not text: line 2 has a NUL byte'],
    ['UTF-16', [Buffer.from('\ufeffab', 'utf16le')], 'not-text', 'some.txt is UTF-16LE'],
    [
      'a long line',
      [bytes('a\n'), Buffer.alloc(LONGEST_LINE, 'a'), bytes('aa')],
      'file-malformed',
      'some.txt:2: more than',
    ],
    [
      'a long line in one chunk',
      [Buffer.alloc(LONGEST_LINE + 1, 'a'), bytes('\n')],
      'file-malformed',
      'some.txt:1: more',
    ],
  ])('%s', async (_what, chunks, code, message) => {
    await expect(read(chunks)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('and none for the longest line', async () => {
    const { lines } = await read([Buffer.alloc(LONGEST_LINE, 'a'), bytes('\nb')]);
    expect(lines.map((line) => line.length)).toEqual([LONGEST_LINE, 1]);
  });
});
