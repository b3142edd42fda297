import { expect, it } from 'vitest';
import { allocateResult, memoryOfMachine } from '../../src/train/result-memory.ts';

it('says before training that four matrices do not fit, with the figures', () => {
  expect(() => allocateResult(2_000_000, 300, 8e9)).toThrow(
    expect.objectContaining({
      code: 'out-of-memory',
      message:
        'training needs 9.6 GB, and the machine has 8.0 GB: two matrices of 2,000,000 words x 300 dimensions x 4 bytes, and as much for the result',
      hint: 'keep fewer words ({ maxVocab, minCount }), or use fewer dimensions ({ dim })',
    }),
  );
});

it('says so too where an array cannot be so long', () => {
  expect(() => allocateResult(2 ** 40, 1000, Number.POSITIVE_INFINITY)).toThrow(
    expect.objectContaining({ code: 'out-of-memory', message: expect.stringContaining('and the system refused it') }),
  );
});

it('allocates matrices of zeros where there is room, which take no memory yet', () => {
  const { rss } = process.memoryUsage();
  const { input, output } = allocateResult(500_000, 100);
  expect([input.length, output.length]).toEqual([50_000_000, 50_000_000]);
  expect(process.memoryUsage().rss - rss).toBeLessThan(100e6);
  expect(input[1234]).toBe(0);
});

it('knows the memory of the machine', () => {
  expect(memoryOfMachine()).toBeGreaterThan(1e8);
  expect(memoryOfMachine()).toBeLessThan(1e14);
});
