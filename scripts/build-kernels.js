// Compiles src/kernels/*/*.assembly.ts (AssemblyScript) to dist/*.wasm: SIMD, threads, shared memory. A file that
// another one imports is a part of it. A kernel with a fused multiply-add becomes two: NAME.wasm and NAME-relaxed.wasm.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));

export async function buildKernels() {
  const sources = join(root, 'src', 'kernels');
  const target = join(root, 'dist');
  const names = assemblyFiles(sources);
  const texts = new Map(names.map((name) => [name, readFileSync(join(sources, name), 'utf8')]));
  const parts = new Map(names.map((name) => [name, partsOf(texts.get(name)).map((part) => join(dirname(name), part))]));
  const imported = new Set([...parts.values()].flat());
  for (const name of names.filter((file) => !imported.has(file))) {
    const kernel = basename(name, '.assembly.ts');
    await compile(name, join(target, `${kernel}.wasm`), []);
    const relaxed = [name, ...parts.get(name)].some((file) => texts.get(file).includes('ASC_FEATURE_RELAXED_SIMD'));
    if (relaxed) await compile(name, join(target, `${kernel}-relaxed.wasm`), ['--enable', 'relaxed-simd']);
  }
}

/** The kernels and their parts, as `count/cooccurrence.assembly.ts`. */
export function assemblyFiles(sources) {
  return readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.assembly.ts'));
}

const partsOf = (text) => [...text.matchAll(/from '\.\/(.+\.assembly)'/g)].map(([, file]) => `${file}.ts`);

async function compile(name, outFile, features) {
  const { error, stderr } = await main(
    [
      join('src', 'kernels', name),
      ...['--baseDir', root, '--outFile', outFile, '-O3', '--noAssert', '--runtime', 'stub'],
      ...['--enable', 'simd', '--enable', 'threads', ...features, '--importMemory', '--sharedMemory'],
      ...['--initialMemory', '1', '--maximumMemory', '65536'],
    ],
    { writeFile: (_, contents) => writeFileSync(outFile, contents) },
  );
  if (error) throw new Error(`${name} does not compile:\n${stderr.toString()}`, { cause: error });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels();
