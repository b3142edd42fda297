// Keeps dist/ small: code without comments (declarations keep theirs), and no declarations that nobody can import.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

const output = fileURLToPath(new URL('../dist', import.meta.url));

/** What `exports` of package.json leads to. */
const entries = ['index.d.ts', join('query', 'index.d.ts')];

export async function slim() {
  const files = readdirSync(output, { recursive: true, encoding: 'utf8' });
  await Promise.all(files.filter((file) => file.endsWith('.js')).map((file) => withoutComments(join(output, file))));
  const reached = new Set();
  for (const entry of entries) reach(join(output, entry), reached);
  for (const file of files.filter((name) => name.endsWith('.d.ts'))) {
    if (!reached.has(join(output, file))) rmSync(join(output, file));
  }
}

async function withoutComments(file) {
  const options = { format: 'esm', target: 'es2022', charset: 'utf8' };
  const { code } = await transform(readFileSync(file, 'utf8'), options);
  writeFileSync(file, code);
}

/** The declarations that `file` names, and those that they name. */
function reach(file, reached) {
  if (reached.has(file)) return;
  reached.add(file);
  for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()["'](\.[^"']+)["']/g)) {
    reach(join(dirname(file), specifier.replace(/\.(js|ts)$/, '.d.ts')), reached);
  }
}
