// Lint and format of the kernels (AssemblyScript), whose decorators on functions Biome cannot parse: they are
// turned into comments while it runs. node scripts/lint-kernels.js [--write]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemblyFiles } from './build-kernels.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const kernels = join(root, 'src', 'kernels');
const write = process.argv.includes('--write');

/**
 * In AssemblyScript == compares values as === does, integers have 64 bits, and a polynomial's terms are what they are.
 */
const rules = {
  suspicious: { noDoubleEquals: 'off', noApproximativeNumericConstant: 'off' },
  correctness: { noPrecisionLoss: 'off' },
};

const hidden = (text) => text.replace(/^(@\w+(?:\(.*\))?)$/gm, '//$1');
const shown = (text) => text.replace(/^\/\/(@\w+(?:\(.*\))?)$/gm, '$1');

const folder = mkdtempSync(join(tmpdir(), 'w2v-kernels-'));
try {
  const { files: _, overrides: __, ...settings } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  settings.linter.rules = { ...settings.linter.rules, ...rules };
  writeFileSync(join(folder, 'biome.json'), `${JSON.stringify({ root: true, ...settings }, null, 2)}\n`);
  const names = assemblyFiles(kernels);
  const read = (name) => readFileSync(join(kernels, name), 'utf8');
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), hidden(read(name)));
  }
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const { status } = spawnSync(process.execPath, [biome, 'check', ...(write ? ['--write'] : []), '.'], {
    cwd: folder,
    stdio: 'inherit',
  });
  for (const name of write ? names : []) {
    const text = shown(readFileSync(join(folder, name), 'utf8'));
    if (text !== read(name)) writeFileSync(join(kernels, name), text);
  }
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
