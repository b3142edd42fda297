import { expect, it, vi } from 'vitest';
import { findFiles } from '../../src/corpus/find-files.ts';

const FILES = 200_000;

// A folder with a folder of that many files, without making them.
vi.mock('node:fs/promises', () => {
  const entry = (name: string, folder: boolean) => ({
    name: Buffer.from(name),
    isDirectory: () => folder,
    isFile: () => !folder,
    isSymbolicLink: () => false,
  });
  return {
    readdir: async (path: string) =>
      path === 'many' ? [entry('below', true)] : Array.from({ length: FILES }, (_, i) => entry(`${i}.txt`, false)),
    stat: async (path: string) => ({
      isDirectory: () => !path.endsWith('.txt'),
      isFile: () => path.endsWith('.txt'),
      size: 1,
    }),
  };
});

it('a folder below with 200,000 files is no more than the stack holds', async () => {
  expect((await findFiles('many')).files).toHaveLength(FILES);
});
