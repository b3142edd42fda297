import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgressReporter, progressLine } from '../../src/cli/progress.ts';

function stream(isTTY: boolean) {
  const target = Object.assign(new PassThrough(), { isTTY, columns: 120 });
  let text = '';
  target.on('data', (chunk) => {
    text += chunk;
  });
  return { target, text: () => text };
}

describe('progressLine', () => {
  it('shows all that is known of training', () => {
    const progress = {
      phase: 'train',
      done: 43,
      total: 100,
      unit: 'words' as const,
      wordsPerSecond: 612_345,
      loss: 2.3104,
      learningRate: 0.01426,
      etaSeconds: 75,
    };
    expect(progressLine(progress, 9, { bar: true })).toBe(
      'Training  [==========--------------]   43 %  0.61 M words/s  loss 2.310  lr 0.0143  1 min 15 s left',
    );
  });

  it('estimates the time left after two seconds, unless it is told', () => {
    const progress = { phase: 'read', done: 25, total: 100, unit: 'bytes' as const };
    expect(progressLine(progress, 1, { bar: false })).toBe('Reading   25 %');
    expect(progressLine(progress, 4, { bar: false })).toBe('Reading   25 %  12 s left');
  });

  it('counts where the end is not known', () => {
    expect(progressLine({ phase: 'read', done: 12_400_000, total: 0, unit: 'bytes' }, 4, { bar: true })).toBe(
      'Reading  12.4 MB',
    );
    expect(progressLine({ phase: 'ppmi', done: 0, total: 0 }, 4, { bar: true })).toBe('PPMI');
  });

  it('never shows more than the whole', () => {
    expect(progressLine({ phase: 'write', done: 7, total: 5 }, 4, { bar: false })).toBe('Writing  100 %');
  });
});

describe('createProgressReporter', () => {
  it('writes a plain line every ten seconds of a phase where there is no terminal', () => {
    let now = 1_000_000;
    const { target, text } = stream(false);
    const reporter = createProgressReporter({ stream: target, quiet: false, now: () => now });
    for (let second = 0; second <= 25; second++) {
      reporter.onProgress({ phase: 'read', done: second, total: 100, unit: 'bytes' });
      now += 1000;
    }
    reporter.onProgress({ phase: 'train', done: 0, total: 10 });
    reporter.stop();
    expect(text()).toBe('Reading   10 %  1 min 30 s left\nReading   20 %  1 min 20 s left\n');
  });

  it('draws a bar on a terminal and takes it away again', () => {
    const { target, text } = stream(true);
    const reporter = createProgressReporter({ stream: target, quiet: false });
    reporter.onProgress({ phase: 'train', done: 5, total: 10, loss: 1.5 });
    reporter.stop();
    reporter.stop();
    expect(text()).toContain('Training  [============------------]   50 %  loss 1.500');
    expect(text().trimEnd().endsWith('\u001b[2K') || text().includes('\u001b[1G\u001b[0K')).toBe(true);
  });

  it('says nothing when quiet', () => {
    const { target, text } = stream(true);
    const reporter = createProgressReporter({ stream: target, quiet: true });
    reporter.onProgress({ phase: 'train', done: 5, total: 10 });
    reporter.stop();
    expect(text()).toBe('');
  });
});
