// Takes the indentation and spaces out of compiled files: a fifth of the package's code. Names stay, and lines short, so that
// stack traces can be read.
import { readFileSync, writeFileSync } from 'node:fs';
import { transform } from 'esbuild';

const options = { minifyWhitespace: true, lineLimit: 120, charset: 'utf8', target: 'es2022' };

export async function compact(files) {
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    writeFileSync(file, (await transform(readFileSync(file, 'utf8'), options)).code);
  }
}
