import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgressReporter, progressLine, stopProgress } from '../../../src/cli/terminal/progress.ts';

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
    expect(progressLine(progress, 9, { columns: 100 })).toBe(
      'Training  [==========--------------]   43 %  1 min 15 s left  0.61 M words/s  loss 2.310  lr 0.0143',
    );
    expect(progressLine(progress, 9)).toBe('Training   43 %  1 min 15 s left  0.61 M words/s  loss 2.310  lr 0.0143');
    // The time left before all else, at any width.
    expect(progressLine(progress, 9, { columns: 76 })).toBe(
      'Training  [=====-------]   43 %  1 min 15 s left  0.61 M words/s  loss 2.310',
    );
    expect(progressLine(progress, 9, { columns: 44 })).toBe('Training  [===-----]   43 %  1 min 15 s left');
    expect(progressLine(progress, 9, { columns: 35 })).toBe('Training   43 %  1 min 15 s left');
    for (let columns = 1; columns < 120; columns++) {
      const line = progressLine(progress, 9, { columns });
      expect(line.length).toBeLessThanOrEqual(columns);
      if (columns >= 32) expect(line).toContain('1 min 15 s left');
    }
  });

  it('estimates the time left after two seconds, unless it is told', () => {
    const progress = { phase: 'read', done: 25, total: 100, unit: 'bytes' as const };
    expect(progressLine(progress, 1)).toBe('Reading   25 %');
    expect(progressLine(progress, 4)).toBe('Reading   25 %  12 s left');
  });

  it('says nothing of the time left in the first moments, unless they take long', () => {
    const progress = { phase: 'train', done: 1, total: 1000, etaSeconds: 1082 };
    expect(progressLine(progress, 3)).toBe('Training    0 %');
    expect(progressLine(progress, 12)).toBe('Training    0 %  18 min 02 s left');
  });

  it('counts where the end is not known', () => {
    expect(progressLine({ phase: 'read', done: 12_400_000, total: 0, unit: 'bytes' }, 4, { columns: 80 })).toBe(
      'Reading  12.4 MB',
    );
    expect(progressLine({ phase: 'ppmi', done: 0, total: 0 }, 4, { columns: 80 })).toBe('PPMI');
  });

  it('never shows more than the whole', () => {
    expect(progressLine({ phase: 'write', done: 7, total: 5 }, 4)).toBe('Writing  100 %');
  });
});

describe('createProgressReporter', () => {
  it('takes a phase after the end of one for another one, also of the same name', () => {
    const { target, text } = stream(false);
    let now = 0;
    const reporter = createProgressReporter({ stream: target, quiet: false, now: () => now });
    const report = (at: number, done: number) => {
      now = at;
      reporter.onProgress({ phase: 'train', done, total: 1000 });
    };
    report(0, 0);
    report(30_000, 1000);
    reporter.stop(); // compare says what it has made, and trains again
    report(31_000, 1); // half a second of work: no estimate, and no line yet
    report(32_000, 4);
    report(33_500, 8);
    expect(text()).toBe('Training  100 %\nTraining    0 %\n');
  });

  it('writes lines and no control sequences on a terminal that knows none', () => {
    const { target, text } = stream(true);
    let now = 0;
    const reporter = createProgressReporter({ stream: target, quiet: false, isDumb: true, now: () => now });
    reporter.onProgress({ phase: 'read', done: 0, total: 100, unit: 'bytes' });
    now = 2000;
    reporter.onProgress({ phase: 'read', done: 50, total: 100, unit: 'bytes' });
    reporter.stop();
    expect(text()).toBe('Reading   50 %  2.0 s left\n');
  });

  it('writes a plain line after two seconds of a phase, then every ten, where there is no terminal', () => {
    let now = 1_000_000;
    const { target, text } = stream(false);
    const reporter = createProgressReporter({ stream: target, quiet: false, now: () => now });
    for (let second = 0; second <= 25; second++) {
      reporter.onProgress({ phase: 'read', done: second, total: 100, unit: 'bytes' });
      now += 1000;
    }
    reporter.onProgress({ phase: 'train', done: 0, total: 10 });
    reporter.stop();
    expect(text()).toBe(
      [
        'Reading    2 %  1 min 38 s left',
        'Reading   12 %  1 min 28 s left',
        'Reading   22 %  1 min 18 s left',
        '',
      ].join('\n'),
    );
  });

  it('draws a bar on a terminal, as wide as it is at the moment, and takes it away again', () => {
    const { target, text } = stream(true);
    const reporter = createProgressReporter({ stream: target, quiet: false });
    reporter.onProgress({ phase: 'train', done: 5, total: 10, loss: 1.5 });
    target.columns = 42;
    reporter.stop();
    reporter.stop();
    expect(text()).toContain('Training  [============------------]   50 %  loss 1.500');
    expect(text()).toContain('Training  [====----]   50 %  loss 1.500');
    expect(text().split('\u001b[?7h')[1]).toBe('\u001b8\u001b[1G\u001b[2K'); // back, and the line is empty
  });

  it('takes the bar away when the work is stopped, and draws none any more', () => {
    const { target, text } = stream(true);
    const controller = new AbortController();
    const reporter = createProgressReporter({ stream: target, quiet: false, signal: controller.signal });
    reporter.onProgress({ phase: 'read', done: 5, total: 10 });
    reporter.stop(); // between two phases, to write something
    reporter.onProgress({ phase: 'train', done: 5, total: 10 });
    controller.abort();
    expect(text().endsWith('\u001b[2K')).toBe(true);
    const { length } = text();
    reporter.onProgress({ phase: 'train', done: 6, total: 10 });
    reporter.onProgress({ phase: 'write', done: 1, total: 10 });
    reporter.stop();
    expect(text().length).toBe(length);
  });

  it('takes every bar away at once', () => {
    const { target, text } = stream(true);
    const reporter = createProgressReporter({ stream: target, quiet: false });
    reporter.onProgress({ phase: 'train', done: 5, total: 10 });
    stopProgress();
    expect(text().endsWith('\u001b[2K')).toBe(true);
  });

  it('says nothing when quiet', () => {
    const { target, text } = stream(true);
    const reporter = createProgressReporter({ stream: target, quiet: true });
    reporter.onProgress({ phase: 'train', done: 5, total: 10 });
    reporter.stop();
    expect(text()).toBe('');
  });
});
