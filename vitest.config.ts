// Which tests belong to which command. `npm test` runs `unit` and `alone`, with few cases of each property; `npm run test:rest`
// runs `rest`: whole programs, browsers, hostile input, slow cases, and all cases of each property.
import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { defineConfig } from 'vitest/config';

const all = 'tests/**/*.test.ts';
const rest = [
  'tests/{cluster,docs,examples,hostile,package,robust}/**/*.test.ts',
  'tests/**/*.slow.test.ts',
  'tests/**/*browser.test.ts',
];
const withText = (text: string) => globSync(all).filter((file) => readFileSync(file, 'utf8').includes(text));
const properties = withText("/properties.ts'");
const alone = ['tests/{setup,train/tensorflow}/**/*.test.ts', ...withText('vi.mock(')];
const env = { W2V_QUICK: '1' };

export default defineConfig({
  test: {
    pool: 'forks', // @tensorflow/tfjs-node is a native addon: processes, never threads
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { requireAssertions: true }, // a loop over nothing, a callback that is never called: such a test cannot fail
    projects: [
      // The files share two processes, which load each source once. Those that replace modules or load TensorFlow have their own.
      { extends: true, test: { name: 'unit', include: [all], exclude: [...rest, ...alone], isolate: false, env } },
      { extends: true, test: { name: 'alone', include: alone, exclude: rest, env } },
      { extends: true, test: { name: 'rest', include: [...rest, ...properties] } },
    ],
  },
});
