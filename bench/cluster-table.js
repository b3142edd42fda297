// The result of `node bench/cluster.js` as a Markdown table.
import { markdown } from './markdown-table.js';

/** Seconds of the whole command: this machine, executors of one core each, SQL alone. */
export function clusterTable({ text, tenfold }) {
  const ways = {
    here: 'this machine',
    executors1: '1 executor',
    executors2: '2 executors',
    sql: '2 executors, SQL alone',
  };
  const head = ['text', 'where', 'vocabulary, s', 'counts, s', 'same result'];
  const lines = [text, tenfold].filter(Boolean).flatMap((measured) =>
    Object.entries(ways)
      .filter(([way]) => way in measured)
      .map(([way, title]) => {
        const { vocabularySeconds, countSeconds, sameWords, sameCounts } = measured[way];
        const size = `${(measured.bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 0 })} MB`;
        return [
          size,
          title,
          vocabularySeconds.toFixed(1),
          countSeconds.toFixed(1),
          sameWords && sameCounts ? 'yes' : 'no',
        ];
      }),
  );
  return markdown([head, head.map(() => '---'), ...lines]);
}
