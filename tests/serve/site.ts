// A site of small vectors for tests.
import { answersOf } from '../../src/explorer/answers-of.ts';
import type { Site } from '../../src/serve/respond.ts';

const words = ['king', 'queen', 'man', 'woman', 'apple', '<script>alert(1)</script>', '__proto__', 'a\nb', 'c & d=e?#'];
const matrix = Float32Array.from(words.flatMap((_, row) => [Math.cos(row), Math.sin(row), Math.cos(row * row)]));

export const space = { vectors: { words, matrix, dimensions: 3, source: 'v.bin' } };

export function siteOf(rules: Site['rules'] = { host: '127.0.0.1', open: false }): Site {
  return {
    rules,
    page: async () => ({
      html: '<!doctype html><title>page</title>',
      policy: "default-src 'none'; script-src 'sha256-x'",
    }),
    blob: async (name) => (name === 'words-0' ? Uint8Array.of(31, 139, 8) : undefined),
    answers: (signal) => answersOf([space], signal),
  };
}
