// Bundles the types of the library and of its questions, and what both have: build/**/*.d.ts to dist/*.d.ts.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

const root = fileURLToPath(new URL('..', import.meta.url));

export async function buildTypes() {
  const bundle = await rollup({
    input: { index: join(root, 'build/index.d.ts'), query: join(root, 'build/query/index.d.ts') },
    external: /^[^./]/,
    plugins: [dts()],
    onwarn(warning, warn) {
      // Types that others are made of, and that are not for import: not before bundling either.
      if (!/still references private shared type exports/.test(warning.message)) warn(warning);
    },
  });
  await bundle.write({ dir: join(root, 'dist'), chunkFileNames: 'types.d.ts' });
  await bundle.close();
}
