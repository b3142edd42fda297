import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { planCounting, threadsWithin } from '../../src/count/cooccurrence/counting-plan.ts';
import { windowWeights } from '../../src/count/cooccurrence/window-weights.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'w2v-memory-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lines of 100 random words. */
function text(name: string, tokens: number, words: number): string {
  const random = createRandom(1);
  const line = () => Array.from({ length: 100 }, () => `w${Math.floor(random.float() * words).toString(36)}`).join(' ');
  const file = path.join(folder, name);
  writeFileSync(file, Array.from({ length: tokens / 100 }, line).join('\n'));
  return file;
}

const index = new URL('../../dist/index.js', import.meta.url).href;

/** Runs `code` in a process of its own; what it prints, and the most memory it held in MB. */
async function peakOf(code: string): Promise<{ printed: string; megabytes: number }> {
  const last = `console.log(process.resourceUsage().maxRSS)`;
  const program = `import { encodeCorpus, ppmiMatrix, countVectors } from ${JSON.stringify(index)}; ${code}; ${last}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  const lines = printed.trimEnd().split('\n');
  return { printed: lines[0], megabytes: (Number(lines.at(-1)) * 1024) / 1e6 };
}

describe.skipIf(process.platform === 'win32')('the memory allowed', () => {
  it('and 350 MB are kept by counting and PPMI together', async () => {
    const file = text('many-cells.txt', 1_000_000, 60_000);
    const { printed, megabytes } = await peakOf(`
      const corpus = await encodeCorpus([${JSON.stringify(file)}], { minCount: 1 });
      const { report } = await ppmiMatrix(corpus, { window: 10 }, { memory: 100e6, threads: 1 });
      console.log(report.nonzeros)`);
    expect(Number(printed)).toBeGreaterThan(18e6); // 12 bytes each: 216 MB, and 360 MB with a second matrix
    expect(megabytes).toBeLessThan(450);
  }, 60_000);

  it('and 350 MB are kept by the SVD too, its vectors included', async () => {
    const file = text('many-words.txt', 1_000_000, 80_000);
    const { printed, megabytes } = await peakOf(`
      const corpus = await encodeCorpus([${JSON.stringify(file)}], { minCount: 1 });
      const svd = (memory) => countVectors(corpus, { dim: 200, window: 1, iterations: 0 }, { memory, threads: 1 });
      const refused = await svd(50e6).catch((error) => error);
      const needed = Number(/\\{ memory: (\\d+) \\}/.exec(refused.hint)[1]);
      await svd(needed);
      console.log(needed / 1e6)`);
    expect(Number(printed)).toBeGreaterThan(110);
    expect(megabytes).toBeLessThan(Number(printed) + 350);
  }, 60_000);

  it('bounds the threads, whatever their number', async () => {
    const file = text('small.txt', 20_000, 500);
    const { megabytes } = await peakOf(`
      const corpus = await encodeCorpus([${JSON.stringify(file)}]);
      await countVectors(corpus, { dim: 8 }, { threads: 1024 })`);
    expect(megabytes).toBeLessThan(400);
  }, 60_000);
});

it('threads take a quarter of the memory at most, and what they take is not counted in', () => {
  expect(threadsWithin({ threads: 1024, memory: 2e9 })).toBe(68);
  expect(threadsWithin({ threads: 8, memory: 2e9 })).toBe(8);
  expect(threadsWithin({ threads: 8, memory: 1 })).toBe(6);
  const counts = new Float64Array(1000).fill(1e6);
  const plan = planCounting({
    ...{ counts, tokens: 1e9, window: 5, weights: windowWeights('flat', 5) },
    ...{ directional: false, drawn: false, memory: 2e9, threads: 1024 },
  });
  expect(plan.threads).toBe(68);
  expect(plan.threads * (plan.at.end + 8e6)).toBeLessThan(2e9 + 200e6);
});
