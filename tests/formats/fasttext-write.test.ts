// Whole fastText models: what is written is what fastText wrote (tests/golden/make-formats.py), byte by byte.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { saveVectors } from '../../src/formats/save.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { path } = temporaryFolder();
const golden = fileURLToPath(new URL('../golden/formats/fasttext-subwords.bin', import.meta.url));

describe("fastText's model", () => {
  it('read whole and written again has the bytes of the original, but for roundings in the own rows of words', async () => {
    const vectors = await loadVectors(golden, { whole: true });
    await saveVectors(path('copy.bin'), vectors, { format: 'fasttext' });
    const [original, copy] = [readFileSync(golden), readFileSync(path('copy.bin'))];
    expect(copy.length).toBe(original.length);
    const { words, dimensions, subwords } = vectors;
    const { bucket } = subwords!.rules;
    const ofMatrices = 2 * 17 + 4 * dimensions * (2 * words.length + bucket);
    const start = original.length - ofMatrices + 17;
    const end = start + 4 * dimensions * words.length;
    expect(copy.subarray(0, start)).toEqual(original.subarray(0, start));
    expect(copy.subarray(end)).toEqual(original.subarray(end));
    for (let at = start; at < end; at += 4) {
      expect(Math.abs(copy.readFloatLE(at) - original.readFloatLE(at))).toBeLessThan(1e-6);
    }
  });

  it('is not written from vectors that are no whole model', async () => {
    const message = 'the vectors are not a whole fastText model';
    await expect(saveVectors(path('a.bin'), await loadVectors(golden), { format: 'fasttext' })).rejects.toThrow(
      message,
    );
  });

  it('is refused where its end is missing, with the byte', async () => {
    const bytes = readFileSync(golden);
    const { file } = temporaryFolder();
    for (const cut of [4, 1000]) {
      const damaged = file('damaged.bin', bytes.subarray(0, bytes.length - cut));
      await expect(loadVectors(damaged, { whole: true })).rejects.toThrow(/damaged.bin at byte \d+: /);
    }
  });
});
