// Compiles src/kernels/*/*.assembly.ts (AssemblyScript) to dist/*.wasm: SIMD, threads, shared memory. A file that
// another one imports is a part of it. A kernel with a fused multiply-add becomes two: NAME.wasm and NAME-relaxed.wasm.
// On two threads: the compiler has one, and half of the build's time is spent in it.
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, workerData } from 'node:worker_threads';

const root = fileURLToPath(new URL('..', import.meta.url));
const threads = 2;

export async function buildKernels() {
  const kernels = kernelsOf(join(root, 'src', 'kernels'));
  const shares = Array.from({ length: threads }, (_, thread) => kernels.filter((_, at) => at % threads === thread));
  await Promise.all(
    shares
      .filter((share) => share.length > 0)
      .map((share) => once(new Worker(new URL(import.meta.url), { workerData: { kernels: share } }), 'exit')),
  );
}

/** The files to make: each with its source and what the processor must have besides. */
function kernelsOf(sources) {
  const names = assemblyFiles(sources);
  const texts = new Map(names.map((name) => [name, readFileSync(join(sources, name), 'utf8')]));
  const parts = new Map(names.map((name) => [name, partsOf(texts.get(name)).map((part) => join(dirname(name), part))]));
  const imported = new Set([...parts.values()].flat());
  return names
    .filter((name) => !imported.has(name))
    .flatMap((name) => {
      const kernel = basename(name, '.assembly.ts');
      const relaxed = [name, ...parts.get(name)].some((file) => texts.get(file).includes('ASC_FEATURE_RELAXED_SIMD'));
      const plain = { name, file: `${kernel}.wasm`, features: [] };
      if (!relaxed) return [plain];
      return [plain, { name, file: `${kernel}-relaxed.wasm`, features: ['--enable', 'relaxed-simd'] }];
    });
}

/** The kernels and their parts, as `count/cooccurrence.assembly.ts`. */
export function assemblyFiles(sources) {
  return readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.assembly.ts'));
}

const partsOf = (text) => [...text.matchAll(/from '\.\/(.+\.assembly)'/g)].map(([, file]) => `${file}.ts`);

async function compile({ name, file, features }) {
  const { main } = await import('assemblyscript/asc');
  const outFile = join(root, 'dist', file);
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

if (workerData?.kernels) {
  for (const kernel of workerData.kernels) await compile(kernel);
} else if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels();
