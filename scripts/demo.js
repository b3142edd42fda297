// What `npm start` shows: the real commands on a real text, with the time each takes. Vectors of 4.3 M words twice
// over, trained (skip-gram) and counted (PPMI, SVD); their answers to the same questions, common answers in color.
// Last the comparison: both routes in their variants and a thesaurus on test sets, with a report to look at.
// Plain JavaScript over bin/w2v.js, as a shell script would be.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatTable } from '../build/cli/terminal/table.js';
import { colorsFor } from '../build/cli/terminal/terminal.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'bin', 'w2v.js');
const trained = join('out', 'mix.skipgram.bin');
const counted = join('out', 'mix.svd.bin');
const report = join('out', 'report.html');
const words = ['whale', 'freedom', 'seven', 'president', 'river', 'doctor', 'coffee'];
const analogies = [
  ['large', 'larger', 'small'],
  ['go', 'went', 'come'],
  ['france', 'french', 'germany'],
  ['france', 'paris', 'japan'],
];
const colors = colorsFor(process.stdout, process.env, process.argv.includes('--no-color'));
const timings = [];

/** Shows the command, runs it and resolves to what it wrote to standard output; its messages go straight through. */
async function w2v(...parameters) {
  print(colors.bold(`$ w2v ${parameters.join(' ')}`));
  return silently(...parameters);
}

async function silently(...parameters) {
  const started = performance.now();
  const { code, output } = await outcome(parameters);
  if (code !== 0) process.exit(code ?? 130);
  timings.push([`w2v ${parameters[0]}`, (performance.now() - started) / 1000]);
  return output;
}

async function outcome(parameters) {
  const child = spawn(process.execPath, [cli, ...parameters], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('SIGINT', ignore); // the command hears Ctrl-C too, and says what it does about it
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  process.off('SIGINT', ignore);
  return { code, output };
}

function print(...lines) {
  console.log(lines.join('\n'));
}

function ignore() {}

/** One row a question: what either route answers, and how many of the answers they share. */
function compare(title, questions, ofTrained, ofCounted) {
  const rows = questions.map((question, at) => {
    const both = ofTrained[at].filter((word) => ofCounted[at].includes(word));
    const answers = [ofTrained[at], ofCounted[at]].map((words) =>
      words.map((word) => (both.includes(word) ? colors.green(word) : word)).join(' '),
    );
    return [colors.bold(question), ...answers, `${both.length} of ${ofTrained[at].length}`];
  });
  const titles = [title, 'skip-gram (trained)', 'PPMI, SVD (counted)', 'in both'].map((text) => colors.cyan(text));
  return formatTable(
    titles.map((text) => ({ title: text })),
    rows,
  );
}

async function neighbors(vectors) {
  const found = JSON.parse(await w2v('nearest', vectors, ...words, '-k', '5', '--json'));
  return found.map((answer) => answer.neighbors.map(({ word }) => word));
}

async function solutions(vectors) {
  const found = [];
  for (const question of analogies) {
    const run = found.length === 0 ? w2v : silently; // one command shows how to ask
    const { answers } = JSON.parse(await run('analogy', vectors, ...question, '-k', '3', '--json'));
    found.push(answers.map(({ word }) => word));
  }
  return found;
}

/** Fetches what is shown below. Without Python there is no SimLex-999, and the comparison leaves it out. */
async function get() {
  print((await w2v('corpus', 'get', 'mix', 'wordnet')).trim());
  const test = ['corpus', 'get', 'simlex999'];
  print(colors.bold(`$ w2v ${test.join(' ')}`), (await outcome(test)).output);
}

mkdirSync(join(root, 'out'), { recursive: true });
await get();
await w2v('train', 'corpus:mix', '-o', trained, '--model', 'skipgram', '--force');
print('');
await w2v('count', 'corpus:mix', '-o', counted, '--force');
print('');
print('', ...compare('nearest to', words, await neighbors(trained), await neighbors(counted)), '');

const asked = analogies.map(([a, b, c]) => `${a} : ${b} = ${c} : ?`);
print('', ...compare('analogy', asked, await solutions(trained), await solutions(counted)));
print(colors.dim('Analogies want far more text than 4.3 M words: grammar works, capitals do not yet.'));

/** A row a route: its scores with their intervals, and what it cost. */
function scoreboard({ routes }) {
  const sets = [...new Set(routes.flatMap((route) => [...route.pairs, ...route.analogies].map(({ set }) => set)))];
  const shown = (value, low, high) =>
    typeof value === 'number' ? `${value.toFixed(3)} (${low.toFixed(2)} to ${high.toFixed(2)})` : '-';
  const rows = routes.map((route) => [
    colors.bold(route.name),
    ...sets.map((set) => {
      const pairs = route.pairs.find((one) => one.set === set);
      const found = pairs ?? route.analogies.find((one) => one.set === set);
      return found === undefined ? '-' : shown(pairs?.spearman ?? found.accuracy, found.low, found.high);
    }),
    route.seconds === undefined ? 'made by hand' : `${route.seconds.toFixed(1)} s`,
  ]);
  const titles = ['', ...sets, 'time to make'].map((title) => colors.cyan(title));
  return formatTable(
    titles.map((title) => ({ title })),
    rows,
  );
}

print('', 'And with numbers: each route on test sets that people made, 95 % intervals in brackets.');
const comparison = JSON.parse(
  await w2v('compare', 'corpus:mix', '--words', ...words, '--report', report, '--force', '--json'),
);
print('', ...scoreboard(comparison));

const total = timings.reduce((sum, [, seconds]) => sum + seconds, 0);
const steps = [...timings.slice(0, 3), timings.at(-1)].map(([name, seconds]) => `${name} ${seconds.toFixed(1)} s`);
print(
  '',
  `${steps.join(', ')}; ${total.toFixed(1)} s in all.`,
  '',
  `All of it, with maps of the words: open ${report} in a browser.`,
  '',
  'Try next:',
  ...formatTable(
    [{ title: '' }, { title: '' }],
    [
      [`  npx w2v nearest ${counted}`, 'ask for words of your own'],
      [`  npx w2v similarity ${trained} ship boat`, 'how near two words are'],
      [`  npx w2v map ${trained} -o out/map.html`, 'all words on a map'],
      ['  npx w2v train YOUR.txt -o out/yours.bin', 'a text of your own'],
      ['  npx w2v --help', 'all there is'],
    ],
  ),
);
