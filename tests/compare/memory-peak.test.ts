import { expect, it } from 'vitest';
import { withPeakMemory } from '../../src/compare/memory-peak.ts';

it('sees memory that is gone again, while the thread is busy', async () => {
  const before = process.memoryUsage.rss();
  const { result, bytes } = await withPeakMemory(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100)); // the watcher starts
    const block = Buffer.alloc(120e6, 1);
    const until = performance.now() + 200;
    let sum = 0;
    while (performance.now() < until) sum += block[sum % block.length];
    return sum > 0;
  });
  expect(result).toBe(true);
  expect(bytes).toBeGreaterThan(before + 90e6);
});

it('passes on what the work throws', async () => {
  await expect(withPeakMemory(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});
