// Results as the Markdown tables of the docs, which scripts/tables.js writes.
import { clusterTable } from './cluster-table.js';
import { explorerTable, layoutTable, sceneTable } from './explorer-tables.js';
import { markdown } from './markdown-table.js';
import { qualityDifferencesTable, qualityTable, scheduleTable } from './quality-tables.js';

/** Speed and cost of each tool, and its scores; the ratio of words/s is to gensim, or else to the first of the peers. */
export function trainingTable({ rows }) {
  const sets = Object.keys(rows[0].scores ?? {});
  const peers = rows.filter(({ tool }) => !tool.startsWith('w2v'));
  const peer = (peers.find(({ tool }) => tool.startsWith('gensim')) ?? peers[0])?.tool ?? 'gensim';
  const ratio = `x ${peer.split('-')[0]}`;
  const head = ['model', 'tool', 'words/s', ratio, 'reading, s', 'text to file, s', 'peak, MB', ...sets];
  const lines = [head, head.map(() => '---')];
  for (const row of rows) {
    const other = rows.find(({ model, tool }) => model === row.model && tool === peer);
    lines.push([
      row.model,
      row.tool,
      row.wordsPerSecond.toLocaleString('en'),
      other ? (row.wordsPerSecond / other.wordsPerSecond).toFixed(1) : '',
      row.readSeconds?.toFixed(1) ?? '',
      row.totalSeconds.toFixed(0),
      row.peakMegabytes,
      ...sets.map((name) => row.scores[name].toFixed(1)),
    ]);
  }
  return markdown(lines);
}

/**
 * The cost of training alone and together: CPU seconds of all threads, of the whole command, beside the wall clock's.
 */
export function trainingCostTable({ rows, settings }) {
  const head = ['model', 'tool', 'words/s', 'words/s and thread', 'CPU s per M words', 'peak, MB'];
  const lines = rows.map((row) => [
    row.model,
    row.tool,
    thousands(row.wordsPerSecond),
    thousands(Math.round(row.wordsPerSecond / settings.threads)),
    row.cpuSecondsPerMillionWords.toFixed(2),
    row.peakMegabytes,
  ]);
  return markdown([head, head.map(() => '---'), ...lines]);
}

/** `node bench/count.js`: seconds and CPU seconds of each stage; what w2v alone does has no peers. */
export function countingTable({ counting: [first], ppmiAndSvd: { rounds } }) {
  const head = ['stage', 'tool', 's', 'CPU s'];
  const own = ['read', 'count'].map((stage) => [stage, 'w2v', first.seconds[stage], first.cpuSeconds[stage]]);
  const shared = ['ppmi', 'svd'].flatMap((stage) =>
    Object.entries(rounds).map(([tool, runs]) => {
      const of = (kind) => median(runs.map((run) => run[kind][stage]));
      return [stage, peers[tool] ?? tool, of('seconds'), of('cpuSeconds')];
    }),
  );
  const rows = [...own, ...shared].map(([stage, tool, ...values]) => [
    stage,
    tool,
    ...values.map((one) => one.toFixed(1)),
  ]);
  return markdown([head, head.map(() => '---'), ...rows]);
}

const peers = {
  scipy64: 'SciPy, scikit-learn, float64',
  scipy32: 'SciPy, scikit-learn, float32',
  arpack: 'SciPy, ARPACK',
  propack: 'SciPy, PROPACK',
};

/** `node bench/query.js`: loading vectors and asking, w2v and gensim. */
export function queryTable({ rows }) {
  const head = ['what', 'w2v', 'gensim', 'unit', 'x'];
  const lines = rows.map(({ name, unit, w2v, gensim, ratio }) => [
    name,
    twoDigits(w2v),
    twoDigits(gensim),
    unit,
    ratio.toFixed(1),
  ]);
  return markdown([head, head.map(() => '---'), ...lines]);
}

/** `node bench/scaling.js`: words/s and their ratio to one thread (the fewest threads of the same model and engine). */
export function scalingTable({ rows }) {
  const sets = Object.keys(rows[0].scores);
  const head = ['model', 'engine', 'threads', 'words/s', 'x', 'CPU s per M words', ...sets];
  const lines = rows.map((row) => {
    const series = rows.filter(({ model, engine }) => model === row.model && engine === row.engine);
    const first = series.reduce((least, other) => (other.threads < least.threads ? other : least));
    return [
      row.model,
      row.engine,
      row.threads,
      row.wordsPerSecond.toLocaleString('en'),
      (row.wordsPerSecond / first.wordsPerSecond).toFixed(2),
      row.cpuSecondsPerMillionWords.toFixed(3),
      ...sets.map((name) => row.scores[name].toFixed(1)),
    ];
  });
  return markdown([head, head.map(() => '---'), ...lines]);
}

/** `node bench/studies/settings.js`: a row for each setting and tool. */
export function settingsTable({ rows }) {
  const sets = Object.keys(rows[0].scores);
  const head = ['model', 'D', 'window', 'negative', 'tool', 'CPU s per M words', ...sets];
  const lines = rows.map((row) => [
    row.model,
    row.dim,
    row.window,
    row.negative,
    row.tool,
    row.cpuSecondsPerMillionWords.toFixed(2),
    ...sets.map((name) => row.scores[name].toFixed(1)),
  ]);
  return markdown([head, head.map(() => '---'), ...lines]);
}

/** `node bench/studies/large.js`: each step of a small and a large text. */
export function largeTable({ rows, timeRatio }) {
  const head = ['step', 'tokens', 's', 'ns per token', 'x', 'CPU s', 'peak, MB'];
  const lines = rows.map((row) => [
    row.name,
    thousands(row.tokens),
    row.seconds.toFixed(1),
    row.nanosecondsPerToken.toFixed(0),
    row === rows.findLast(({ name }) => name === row.name) ? timeRatio[row.name].toFixed(2) : '1',
    row.cpuSeconds.toFixed(0),
    row.peakMegabytes,
  ]);
  return markdown([head, head.map(() => '---'), ...lines]);
}

/** `node bench/subwords.js`: pairs with a word without a vector count as similarity 0. */
export function subwordsTable({ rows }) {
  const sets = rows[0].scores.map(({ set }) => set);
  const head = ['model', 'tool', 'words/s', 'x fastText', 'x gensim', 'CPU s per M words', 'peak, MB', ...sets];
  const lines = rows.map((row) => {
    const ratio = (name) => {
      const peer = rows.find(({ model, tool, seed }) => model === row.model && seed === row.seed && tool === name);
      return peer ? (row.wordsPerSecond / peer.wordsPerSecond).toFixed(1) : '';
    };
    return [
      row.model,
      row.tool,
      thousands(Math.round(row.wordsPerSecond)),
      ratio('fasttext'),
      ratio('gensim'),
      row.cpuSecondsPerMillionWords.toFixed(2),
      row.peakMegabytes === undefined ? '' : Math.round(row.peakMegabytes),
      ...row.scores.map(({ all }) => all.toFixed(1)),
    ];
  });
  return markdown([head, head.map(() => '---'), ...lines]);
}

const answersCell = ({ score, used }) => (used === 0 ? 'none' : `${score.toFixed(1)} (${used})`);

/** `node bench/studies/korean.js`: a row for each variant and tool, with the number of items it answered. */
export function koreanTable({ rows }) {
  const sets = Object.keys(rows[0].answers);
  const head = ['words', 'tool', 'V', 'words/s', 'x gensim', 'CPU s per M words', ...sets];
  const lines = rows.map((row) => {
    const gensim = rows.find(({ variant, tool }) => variant === row.variant && tool === 'gensim');
    return [
      row.variant,
      row.tool,
      thousands(row.vocabulary),
      thousands(row.wordsPerSecond),
      gensim ? (row.wordsPerSecond / gensim.wordsPerSecond).toFixed(1) : '',
      row.cpuSecondsPerMillionWords.toFixed(2),
      ...sets.map((set) => answersCell(row.answers[set])),
    ];
  });
  return markdown([head, head.map(() => '---'), ...lines]);
}

const shortOf = (value) => (value === undefined ? '' : value >= 10 ? String(Math.round(value)) : value.toPrecision(2));

/** Megabytes a second of CPU time on one thread, by tokenizer and language of the text. */
export function tokenizersTable({ rows }) {
  const languages = ['english', 'korean', 'japanese', 'chinese'];
  const head = ['tokenizer', 'package', 'English', 'Korean', 'Japanese', 'Chinese'];
  const lines = rows.map(({ tokenizer, package: by = '', megabytesPerCpuSecond: speeds }) => [
    tokenizer === 'module' ? "module: `line.split(' ')`" : `\`${tokenizer}\``,
    by,
    ...languages.map((language) => shortOf(speeds[language])),
  ]);
  return markdown([head, head.map(() => '---'), ...lines]);
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const number = (value) => value.toFixed(3);
const signed = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
const thousands = (value) => value.toLocaleString('en');
const titles = { spearman: 'Spearman', add: '3CosAdd', mul: '3CosMul' };

/**
 * `w2v compare --json`: each route's scores, means over the seeds with their standard deviation, with 95 % intervals
 * and how many items it answered. An older result without intervals that cover the seeds is shown without.
 */
export function comparisonTable({ routes, spread }) {
  const cell = (route, set, measure, value, { low, high, seeds, used, total }) => {
    const found = spread.find((row) => row.route === route && row.set === set && row.measure === measure);
    const mean = found ? `${number(found.mean)} ± ${number(found.deviation)}` : number(value);
    const interval = seeds === undefined ? '' : ` (${number(low)} to ${number(high)})`;
    return `${mean}${interval}, ${thousands(used)} of ${thousands(total)}`;
  };
  const [first] = routes;
  const pairSets = first.pairs.map(({ set }) => set);
  const analogySets = first.analogies.map(({ set }) => set);
  const head = ['route', ...pairSets, ...analogySets.flatMap((set) => [`${set}, 3CosAdd`, '3CosMul']), 'seconds'];
  const rows = routes.map(({ name, pairs, analogies, seconds }) => [
    name,
    ...pairs.map((one) => cell(name, one.set, 'spearman', one.spearman, one)),
    ...analogySets.flatMap((set) => {
      const result = analogies.find((row) => row.set === set);
      if (!result) return ['', ''];
      const { accuracy, mul } = result;
      return [cell(name, set, 'add', accuracy, result), cell(name, set, 'mul', mul.accuracy, mul)];
    }),
    seconds?.toFixed(0) ?? '',
  ]);
  return markdown([head, head.map(() => '---'), ...rows]);
}

/** A difference with its interval, and a star where the corrected p-value is below 0.05. */
const difference = (one, p) => {
  const star = p < 0.05 && one.low * one.high > 0 ? ' *' : '';
  return `${signed(one.difference)} (${signed(one.low)} to ${signed(one.high)})${star}`;
};

/** `w2v compare --json`: each two routes, over the items both answered. */
export function differencesTable({ differences }) {
  const measures = [...new Map(differences.map((one) => [`${one.set}, ${titles[one.measure]}`, one]))];
  const couples = [...new Map(differences.map((one) => [`${one.first} − ${one.second}`, one]))];
  const head = ['', ...measures.map(([title]) => title.replace(', Spearman', '')), 'items'];
  const rows = couples.map(([title, { first, second }]) => {
    const found = measures.map(([, { set, measure }]) =>
      differences.find(
        (one) => [one.first, one.second, one.set, one.measure].join() === [first, second, set, measure].join(),
      ),
    );
    const items = found.filter((one) => one && one.measure !== 'mul').map(({ used }) => thousands(used));
    return [title, ...found.map((one) => (one ? difference(one, one.pCorrected) : '')), items.join(' / ')];
  });
  return markdown([head, head.map(() => '---'), ...rows]);
}

/** `node bench/studies/orderings.js`: the scores of each variant. */
export function orderingsTable({ results }) {
  const sets = results[0].pairs.map(({ set }) => set);
  const head = ['', ...sets, '3CosAdd', '3CosMul'];
  const rows = results.map(({ name, pairs, analogies: [analogies] }) => [
    name,
    ...pairs.map(({ spearman }) => number(spearman)),
    number(analogies.accuracy),
    number(analogies.mul.accuracy),
  ]);
  return markdown([head, head.map(() => '---'), ...rows]);
}

/** The claims about these variants: differences with intervals, and whether they are as reported. */
export function claimsTable({ results, differences }) {
  const sets = [...results[0].pairs.map(({ set }) => [set, 'spearman'])];
  const [{ set }] = results[0].analogies;
  const columns = [...sets, [set, 'add'], [set, 'mul']];
  const head = ['', ...sets.map(([name]) => name), '3CosAdd', '3CosMul', 'as they report?'];
  const rows = differences.map(({ what, reported, results: found }) => {
    const cells = columns.map(([name, measure]) => {
      const at = found.findIndex((one) => one.set === name && one.measure === measure);
      return at < 0 ? '' : difference(found[at], found[at].pCorrected);
    });
    const clear = found.filter((one) => one.pCorrected < 0.05 && one.low * one.high > 0);
    return [
      what,
      ...cells,
      verdict(
        clear.map((one) => Math.sign(one.difference)),
        reported,
      ),
    ];
  });
  return markdown([head, head.map(() => '---'), ...rows]);
}

function verdict(signs, reported) {
  if (!reported) return '';
  if (signs.length === 0) return 'not clear';
  if (signs.every((sign) => sign === reported)) return 'yes';
  return signs.every((sign) => sign !== reported) ? 'no' : 'in part';
}

const twoDigits = (value) => value.toLocaleString('en', { maximumSignificantDigits: 2 });
const megabytes = (bytes) => twoDigits(bytes / 1e6);

/** `node bench/studies/lesson.js`: one word by one-hot times MatMul and by Embedding, as V grows. */
export function embeddingTable({ embedding }) {
  const head = ['V', 'one-hot x MatMul, ms', 'Embedding, ms', 'one-hot, bytes', 'id, bytes'];
  const rows = embedding.map((one) => [
    thousands(one.vocabulary),
    one.oneHotMilliseconds,
    one.embeddingMilliseconds,
    thousands(one.oneHotBytes),
    one.embeddingBytes,
  ]);
  return markdown([head, head.map(() => '---'), ...rows]);
}

/** `node bench/studies/lesson.js`: counting all at once and an epoch of mini-batches, as the corpus grows. */
export function batchesTable({ batches }) {
  const head = [
    'words',
    'V',
    'counting, s',
    'pairs, MB',
    'one epoch, s',
    'weights, MB',
    'new text, words',
    'its epoch, s',
  ];
  const rows = batches.map((one) => [
    thousands(one.tokens),
    thousands(one.vocabulary),
    one.countSeconds.toFixed(1),
    megabytes(one.countBytes),
    one.epochSeconds.toFixed(1),
    megabytes(one.trainBytes),
    thousands(one.laterTokens),
    one.laterSeconds.toFixed(1),
  ]);
  return markdown([head, head.map(() => '---'), ...rows]);
}

/**
 * `node bench/studies/shards.js`: the scores of N shards beside one machine, the mean of runs at one rate, and CPU seconds of
 * training.
 */
export function shardsTable({ rows }) {
  const sets = Object.keys(rows[0].scores);
  const head = ['model', 'shards', 'syncs an epoch', 'learning rate', ...sets, 'CPU s'];
  const isAlike = (a, b) => ['model', 'shards', 'syncs', 'learningRate'].every((key) => a[key] === b[key]);
  const models = [...new Set(rows.map(({ model }) => model))];
  const order = models.flatMap((model) =>
    rows.filter((row) => row.model === model).sort((a, b) => a.learningRate - b.learningRate || a.shards - b.shards),
  );
  const lines = [];
  for (const row of order) {
    const alike = rows.filter((other) => isAlike(row, other));
    if (order.find((other) => isAlike(row, other)) !== row) continue;
    const mean = (of) => alike.reduce((sum, one) => sum + of(one), 0) / alike.length;
    lines.push([
      row.model,
      row.shards === 1 ? 'one machine' : row.shards,
      row.syncs || '',
      row.learningRate.toFixed(4),
      ...sets.map((set) => mean(({ scores }) => scores[set]).toFixed(1)),
      mean(({ cpuSeconds }) => cpuSeconds).toFixed(0),
    ]);
  }
  return markdown([head, head.map(() => '---'), ...lines]);
}

/** `node bench/studies/adasum.js`: which part of the sum of all changes is kept, by rank of the word. */
export function adasumTable({ measured, settings }) {
  const head = ['words by rank', ...measured.map(({ epoch }) => `epoch ${epoch}`)];
  const lines = measured[0].bands.map(({ from, to }, band) => [
    `${from.toLocaleString('en')} to ${to.toLocaleString('en')}`,
    ...measured.map(({ bands }) => bands[band].share.toFixed(2)),
  ]);
  const bounds = ['mean ... sum', ...measured.map(() => `${(1 / settings.shards).toFixed(2)} ... 1`)];
  return markdown([head, head.map(() => '---'), ...lines, bounds]);
}

const tables = {
  'cluster.json': clusterTable,
  'layout.json': layoutTable,
  'scene.json': sceneTable,
  'explorer.json': explorerTable,
  'train.json': trainingTable,
  'train.json cost': trainingCostTable,
  'count.json': countingTable,
  'query.json': queryTable,
  'compare.json': comparisonTable,
  'compare.json differences': differencesTable,
  'large.json': largeTable,
  'scaling.json': scalingTable,
  'settings.json': settingsTable,
  'shards.json': shardsTable,
  'adasum.json': adasumTable,
  'lesson.json embedding': embeddingTable,
  'lesson.json batches': batchesTable,
  'korean.json': koreanTable,
  'subwords.json': subwordsTable,
  'tokenizers.json': tokenizersTable,
  'quality.json': qualityTable,
  'quality.json differences': qualityDifferencesTable,
  'schedule.json': scheduleTable,
  'orderings.json': orderingsTable,
  'orderings.json differences': claimsTable,
};

/** The table for a result by the end of its file's name, and which of its tables. */
export const tableFor = (file, result, which = '') => {
  const end = file.slice(file.lastIndexOf('-') + 1);
  return tables[which === '' ? end : `${end} ${which}`](result);
};
