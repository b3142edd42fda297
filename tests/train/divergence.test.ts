import { expect, it } from 'vitest';
import { requireConvergence } from '../../src/train/divergence.ts';

const settings = { untrained: 6 * Math.LN2, learningRate: 0.5, init: 'uniform', initScale: 0.005, dim: 100 } as const;
const message = (loss: number) => {
  try {
    requireConvergence(loss, 1.25, settings);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

it('lets the losses of training pass: up to a hundred times those of untrained vectors', () => {
  for (const loss of [0, 1e-3, 2.5, 6 * Math.LN2, 415]) expect(message(loss)).toBeUndefined();
});

it('stops where the loss is larger, infinite or not a number', () => {
  expect(message(416)).toBe(
    'training diverged: the loss is 416 (untrained: 4.16) after 1.25 epochs (learning rate 0.5)',
  );
  expect(message(12_345)).toContain('the loss is 12,345 (untrained: 4.16) after');
  expect(message(1.26e18)).toContain('the loss is 1.3e+18 (untrained: 4.16) after');
  for (const loss of [Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(message(loss)).toContain('the loss is not a finite number after 1.25 epochs');
  }
  expect(() => requireConvergence(Number.NaN, 1, settings)).toThrow(
    expect.objectContaining({ code: 'diverged', hint: 'train with a lower learning rate: { learningRate: 0.25 }' }),
  );
});

it('names large starting weights, which alone can give such a loss', () => {
  const large = { ...settings, init: 'he', initScale: 10, dim: 2 } as const;
  expect(() => requireConvergence(509, 1, large)).toThrow(
    expect.objectContaining({
      code: 'diverged',
      message:
        'training diverged: the loss is 509 (untrained: 4.16) after 1.00 epochs (starting weights: he with scale 10; learning rate 0.5)',
      hint: 'start from smaller weights: { initScale: 1 }; if that does not help, train with a lower learning rate: { learningRate: 0.25 }',
    }),
  );
  expect(() => requireConvergence(509, 1, { ...large, initScale: 1 })).toThrow(/epochs \(learning rate 0.5\)$/);
});
