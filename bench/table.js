// A result of bench/train.js as the Markdown table that README shows. tests/bench/readme.test.ts holds README to it.

/** Speed and cost of each tool, and its scores; "x gensim" is the ratio of the medians of words/s. */
export function trainingTable({ rows }) {
  const sets = Object.keys(rows[0].scores ?? {});
  const head = ['model', 'tool', 'words/s', 'x gensim', 'reading, s', 'text to file, s', 'peak, MB', ...sets];
  const lines = [head, head.map(() => '---')];
  for (const row of rows) {
    const gensim = rows.find(({ model, tool }) => model === row.model && tool.startsWith('gensim'));
    lines.push([
      row.model,
      row.tool,
      row.wordsPerSecond.toLocaleString('en'),
      gensim ? (row.wordsPerSecond / gensim.wordsPerSecond).toFixed(1) : '',
      row.readSeconds?.toFixed(1) ?? '',
      row.totalSeconds.toFixed(0),
      row.peakMegabytes,
      ...sets.map((name) => row.scores[name].toFixed(1)),
    ]);
  }
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
