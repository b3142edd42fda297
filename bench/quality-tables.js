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

/** `node bench/studies/schedule.js`: the mean of the four scores, a row for each size, a column for each schedule. */
export function scheduleTable({ rows }) {
  const nameOf = ({ model, epochs, learningRate }) => `${model} ${epochs} at ${learningRate}`;
  const columns = [...new Set(rows.map(nameOf))];
  const sizes = [...new Set(rows.map(({ megabytes }) => megabytes))];
  const head = ['text', 'M words', ...columns];
  const lines = sizes.map((megabytes) => {
    const own = rows.filter((row) => row.megabytes === megabytes);
    const scores = columns.map((name) => own.find((row) => nameOf(row) === name)?.mean);
    const best = (name) => Math.max(...own.filter((row) => nameOf(row).startsWith(name)).map(({ mean }) => mean));
    const shown = scores.map((score, at) => {
      if (score === undefined) return '';
      return score === best(columns[at].split(' ')[0]) ? `**${score.toFixed(1)}**` : score.toFixed(1);
    });
    return [`${megabytes} MB`, (own[0].tokens / 1e6).toFixed(2), ...shown];
  });
  return markdown([head, head.map(() => '---'), ...lines]);
}
