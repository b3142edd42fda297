// What scripts/build-slim.js leaves in dist/, as it was built for these tests.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' });
const read = (file: string) => readFileSync(path.join(dist, file), 'utf8');

it('code has no comments, declarations have', () => {
  expect(read('errors.js')).not.toMatch(/^\s*(\/\/|\/\*)/m);
  expect(read('errors.d.ts')).toMatch(/\/\*\*/);
});

it('every declaration that one names is there, and none that nobody can import', () => {
  const declarations = files.filter((file) => file.endsWith('.d.ts'));
  expect(declarations).toContain('index.d.ts');
  for (const file of declarations) {
    for (const [, specifier] of read(file).matchAll(/(?:from |import\()["'](\.[^"']+)["']/g)) {
      const target = path.join(dist, path.dirname(file), specifier!.replace(/\.(js|ts)$/, '.d.ts'));
      expect(existsSync(target), `${file} names ${specifier}`).toBe(true);
    }
  }
  expect(declarations.filter((file) => file.startsWith('cli'))).toEqual([]);
});
