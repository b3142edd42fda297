// Draws what the library reports: a bar on a terminal, otherwise a plain line now and then, nothing when quiet.
import { createRequire } from 'node:module';
import type { SingleBar } from 'cli-progress';
import { byteSize, duration, thousands } from '../../base/format-numbers.ts';
import type { OnProgress, Progress } from '../../base/progress.ts';
import type { OutputStream } from './terminal.ts';

export interface ProgressReporter {
  onProgress: OnProgress;
  /**
   * Takes the bar off the screen and ends the phase: the next one of the same name has its own clock. Call it before
   * writing anything else, and at the end; safe to call twice.
   */
  stop(): void;
}

export interface ProgressReporterOptions {
  stream: OutputStream & NodeJS.WritableStream;
  quiet: boolean;
  /** Lines and no bar, also on a terminal. */
  isDumb?: boolean;
  /** Once it fires, the bar is removed and not drawn again. */
  signal?: AbortSignal;
  /** Milliseconds; a test may bring its own clock. */
  now?: () => number;
}

const FIRST_LINE = 2000; // milliseconds into a phase
const LINE_EVERY = 10_000;
const BAR_CELLS = { most: 24, least: 8 };
const KEPT_FREE = 3; // columns, for the ^C that a terminal shows

const shown = new Set<() => void>();

/** Takes every bar off the screen: for the last moment of a process. */
export function stopProgress(): void {
  for (const stop of shown) stop();
}

export function createProgressReporter(options: ProgressReporterOptions): ProgressReporter {
  const { stream, quiet, isDumb = false, signal, now = Date.now } = options;
  if (quiet) return { onProgress: () => {}, stop: () => {} };
  let phase: string | undefined;
  let started = 0;
  const { onProgress, stop } = stream.isTTY === true && !isDumb ? barReporter() : lineReporter();
  return {
    onProgress: (progress) => {
      if (!signal?.aborted) onProgress(progress);
    },
    stop,
  };

  function enter(progress: Progress): boolean {
    if (progress.phase === phase) return false;
    phase = progress.phase;
    started = now();
    return true;
  }

  function barReporter(): ProgressReporter {
    // Loaded here, for it takes 20 ms of commands that show no bar.
    const progressBars = createRequire(import.meta.url)('cli-progress') as typeof import('cli-progress');
    let bar: SingleBar | undefined;
    const stop = () => {
      bar?.stop();
      bar = undefined;
      phase = undefined;
      shown.delete(stop);
      signal?.removeEventListener('abort', stop);
    };
    const onProgress = (progress: Progress) => {
      if (enter(progress)) {
        bar?.stop();
        bar = new progressBars.SingleBar({
          // Asked for at each drawing, so that it fits a window that has been resized.
          format: (_options, _params, payload: { progress: Progress; seconds: number }) =>
            progressLine(payload.progress, payload.seconds, { columns: (stream.columns || 80) - KEPT_FREE }),
          stream,
          clearOnComplete: true,
          gracefulExit: false, // it would send itself a second Ctrl-C; interrupt.ts does this
          forceRedraw: true,
        });
        bar.start(Math.max(1, progress.total), 0, { progress, seconds: 0 });
        shown.add(stop);
        signal?.addEventListener('abort', stop);
      }
      bar?.update(Math.min(progress.done, Math.max(1, progress.total)), {
        progress,
        seconds: (now() - started) / 1000,
      });
    };
    return { onProgress, stop };
  }

  function lineReporter(): ProgressReporter {
    let next = 0;
    const onProgress = (progress: Progress) => {
      if (enter(progress)) next = started + FIRST_LINE;
      if (now() < next) return;
      next = now() + LINE_EVERY;
      stream.write(`${progressLine(progress, (now() - started) / 1000)}\n`);
    };
    const stop = () => {
      phase = undefined;
    };
    return { onProgress, stop };
  }
}

const titles: Record<string, string> = {
  read: 'Reading',
  train: 'Training',
  encode: 'Encoding',
  count: 'Counting',
  ppmi: 'PPMI',
  svd: 'SVD',
  pca: 'PCA',
  neighbors: 'Finding neighbors',
  layout: 'Laying out',
  quality: 'Measuring the map',
  write: 'Writing',
  load: 'Loading',
  download: 'Downloading',
};

/**
 * `Training  [======------]   43 %  12 s left  0.61 M words/s  loss 2.310  lr 0.0143`: only the parts that are known,
 * and of those only as many as `columns` hold, the bar made shorter for them. Without `columns`, a whole line without a
 * bar.
 */
export function progressLine(
  progress: Progress,
  elapsedSeconds: number,
  { columns }: { columns?: number } = {},
): string {
  const { phase, done, total, unit, loss, learningRate, wordsPerSecond } = progress;
  const title = titles[phase] ?? phase.charAt(0).toUpperCase() + phase.slice(1);
  const parts: string[] = [];
  const fraction = total > 0 ? Math.min(1, done / total) : undefined;
  if (fraction !== undefined) parts.push(`${String(Math.floor(fraction * 100)).padStart(3)} %`);
  else if (done > 0) parts.push(unit === 'bytes' ? byteSize(done) : `${thousands(done)} ${unit ?? ''}`.trim());
  const left = progress.etaSeconds ?? estimateLeft(fraction, elapsedSeconds);
  // The first moments, with what starts in them, say nothing about the rest.
  const isEarly = fraction !== undefined && fraction < 0.01 && elapsedSeconds < 10;
  if (left !== undefined && fraction !== 1 && !isEarly) parts.push(`${duration(left)} left`);
  const always = parts.length;
  if (wordsPerSecond !== undefined) parts.push(`${(wordsPerSecond / 1e6).toFixed(2)} M words/s`);
  if (loss !== undefined) parts.push(`loss ${loss.toFixed(3)}`);
  if (learningRate !== undefined) parts.push(`lr ${learningRate.toFixed(4)}`);
  if (columns === undefined) return [title, ...parts].join('  ');
  for (;;) {
    const room = columns - [title, '[]', ...parts].join('  ').length;
    if (fraction === undefined || (room < BAR_CELLS.least && parts.length <= always)) break;
    if (room >= BAR_CELLS.least) return [title, bar(fraction, Math.min(room, BAR_CELLS.most)), ...parts].join('  ');
    parts.pop();
  }
  while (parts.length > always && [title, ...parts].join('  ').length > columns) parts.pop();
  return [title, ...parts].join('  ').slice(0, columns);
}

function bar(fraction: number, cells: number): string {
  const full = Math.round(fraction * cells);
  return `[${'='.repeat(full)}${'-'.repeat(cells - full)}]`;
}

/** From the share done so far; says nothing in the first two seconds, when it would only jump. */
function estimateLeft(fraction: number | undefined, elapsedSeconds: number): number | undefined {
  if (fraction === undefined || fraction === 0 || elapsedSeconds < 2) return undefined;
  return (elapsedSeconds * (1 - fraction)) / fraction;
}
