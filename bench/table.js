// Results as the Markdown tables that README shows. tests/bench/readme.test.ts holds README to them.

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
  return markdown(lines);
}

/** `w2v compare --json`: each route's scores with 95 % intervals, how far they move with the seed, and its cost. */
export function comparisonTable({ routes, spread }) {
  const number = (value) => value.toFixed(3);
  const deviation = (route, set, measure) => {
    const found = spread.find((row) => row.route === route && row.set === set && row.measure === measure);
    return found ? ` ± ${number(found.deviation)}` : '';
  };
  const cell = (route, set, measure, value, low, high) =>
    `${number(value)} (${number(low)} to ${number(high)})${deviation(route, set, measure)}`;
  const [first] = routes;
  const pairSets = first.pairs.map(({ set }) => set);
  const analogySets = first.analogies.map(({ set }) => set);
  const head = ['route', ...pairSets, ...analogySets.flatMap((set) => [`${set}, 3CosAdd`, '3CosMul']), 'seconds'];
  const rows = routes.map(({ name, pairs, analogies, seconds }) => [
    name,
    ...pairs.map(({ set, spearman, low, high }) => cell(name, set, 'spearman', spearman, low, high)),
    ...analogySets.flatMap((set) => {
      const result = analogies.find((row) => row.set === set);
      if (!result) return ['', ''];
      const { accuracy, low, high, mul } = result;
      return [cell(name, set, 'add', accuracy, low, high), cell(name, set, 'mul', mul.accuracy, mul.low, mul.high)];
    }),
    seconds?.toFixed(0) ?? '',
  ]);
  return markdown([head, head.map(() => '---'), ...rows]);
}

/** The table for a result by the end of its file's name. */
export const tableFor = (file, result) =>
  file.endsWith('-compare.json') ? comparisonTable(result) : trainingTable(result);

const markdown = (lines) => lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
