// The tables of docs/quality.md, from `node bench/quality.js`.
import { markdown } from './markdown-table.js';

/** Scores, their mean, and the cost of each command beside gensim's skip-gram. */
export function qualityTable({ summary }) {
  const sets = Object.keys(summary[0].scores);
  const head = ['text', 'trainer', ...sets, 'mean', 'mean, unseen half', 'CPU s', '× gensim', 's'];
  const lines = summary.map(({ megabytes, system, scores, mean, unseen, cpuSeconds, seconds }) => [
    `${megabytes} MB`,
    system,
    ...sets.map((set) => scores[set].toFixed(1)),
    mean.toFixed(1),
    unseen.toFixed(1),
    cpuSeconds.toFixed(1),
    (cpuSeconds / gensimOf(summary, megabytes).cpuSeconds).toFixed(2),
    seconds.toFixed(1),
  ]);
  return markdown([head, head.map(() => '---'), ...lines]);
}

/** What each is ahead of gensim's skip-gram, with 95 % intervals; `*`: p below 0.05 after Holm's correction. */
export function qualityDifferencesTable({ summary }) {
  const sets = Object.keys(summary[0].scores);
  const head = ['text', 'trainer', ...sets, 'mean'];
  const lines = summary
    .filter(({ differences }) => differences)
    .map(({ megabytes, system, differences, mean }) => [
      `${megabytes} MB`,
      system,
      ...sets.map((set) => {
        const { difference, low, high, pCorrected } = differences[set];
        return `${signed(difference)} (${signed(low)} to ${signed(high)})${pCorrected < 0.05 ? ' *' : ''}`;
      }),
      signed(mean - gensimOf(summary, megabytes).mean),
    ]);
  return markdown([head, head.map(() => '---'), ...lines]);
}

function gensimOf(summary, megabytes) {
  return summary.find((row) => row.system === 'gensim' && row.megabytes === megabytes);
}

const signed = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
