// Draws what the library reports: a bar on a terminal, otherwise one plain line every ten seconds, nothing when quiet.
import { SingleBar } from 'cli-progress';
import type { OnProgress, Progress } from '../progress.ts';
import { byteSize, duration, thousands } from './format-numbers.ts';
import type { OutputStream } from './terminal.ts';

export interface ProgressReporter {
  onProgress: OnProgress;
  /** Takes the bar off the screen. Call it before writing anything else, and at the end; safe to call twice. */
  stop(): void;
}

export interface ProgressReporterOptions {
  stream: OutputStream & NodeJS.WritableStream;
  quiet: boolean;
  /** Milliseconds; a test may bring its own clock. */
  now?: () => number;
}

const LINE_EVERY = 10_000;
const BAR_CELLS = 24;

export function createProgressReporter({ stream, quiet, now = Date.now }: ProgressReporterOptions): ProgressReporter {
  if (quiet) return { onProgress: () => {}, stop: () => {} };
  let phase: string | undefined;
  let started = 0;
  return stream.isTTY === true ? barReporter() : lineReporter();

  function enter(progress: Progress): boolean {
    if (progress.phase === phase) return false;
    phase = progress.phase;
    started = now();
    return true;
  }

  function barReporter(): ProgressReporter {
    let bar: SingleBar | undefined;
    const stop = () => {
      bar?.stop();
      bar = undefined;
      phase = undefined;
    };
    const onProgress = (progress: Progress) => {
      if (enter(progress)) {
        bar?.stop();
        bar = new SingleBar({
          format: (_options, _params, payload: { progress: Progress; seconds: number }) =>
            progressLine(payload.progress, payload.seconds, { bar: true }),
          stream,
          clearOnComplete: true,
          gracefulExit: false, // it would send itself a second Ctrl-C; interrupt.ts does this
          forceRedraw: true,
        });
        bar.start(Math.max(1, progress.total), 0, { progress, seconds: 0 });
      }
      bar?.update(Math.min(progress.done, Math.max(1, progress.total)), {
        progress,
        seconds: (now() - started) / 1000,
      });
    };
    return { onProgress, stop };
  }

  function lineReporter(): ProgressReporter {
    let lastLine = 0;
    const onProgress = (progress: Progress) => {
      if (enter(progress)) lastLine = started;
      if (now() - lastLine < LINE_EVERY) return;
      lastLine = now();
      stream.write(`${progressLine(progress, (now() - started) / 1000, { bar: false })}\n`);
    };
    return { onProgress, stop: () => {} };
  }
}

const titles: Record<string, string> = {
  read: 'Reading',
  train: 'Training',
  encode: 'Encoding',
  count: 'Counting',
  ppmi: 'PPMI',
  svd: 'SVD',
  write: 'Writing',
  load: 'Loading',
  download: 'Downloading',
};

/** `Training  [======------]  43 %  0.61 M words/s  loss 2.310  lr 0.0143  12 s left`: only the parts that are known. */
export function progressLine(progress: Progress, elapsedSeconds: number, { bar }: { bar: boolean }): string {
  const { phase, done, total, unit, loss, learningRate, wordsPerSecond } = progress;
  const parts = [titles[phase] ?? phase.charAt(0).toUpperCase() + phase.slice(1)];
  const fraction = total > 0 ? Math.min(1, done / total) : undefined;
  if (fraction !== undefined) {
    if (bar) {
      const cells = Math.round(fraction * BAR_CELLS);
      parts.push(`[${'='.repeat(cells)}${'-'.repeat(BAR_CELLS - cells)}]`);
    }
    parts.push(`${String(Math.floor(fraction * 100)).padStart(3)} %`);
  } else if (done > 0) parts.push(unit === 'bytes' ? byteSize(done) : `${thousands(done)} ${unit ?? ''}`.trim());
  if (wordsPerSecond !== undefined) parts.push(`${(wordsPerSecond / 1e6).toFixed(2)} M words/s`);
  if (loss !== undefined) parts.push(`loss ${loss.toFixed(3)}`);
  if (learningRate !== undefined) parts.push(`lr ${learningRate.toFixed(4)}`);
  const left = progress.etaSeconds ?? estimateLeft(fraction, elapsedSeconds);
  if (left !== undefined && fraction !== 1) parts.push(`${duration(left)} left`);
  return parts.join('  ');
}

/** From the share done so far; says nothing in the first two seconds, when it would only jump. */
function estimateLeft(fraction: number | undefined, elapsedSeconds: number): number | undefined {
  if (fraction === undefined || fraction === 0 || elapsedSeconds < 2) return undefined;
  return (elapsedSeconds * (1 - fraction)) / fraction;
}
