// What `npm start` shows: the real commands on a real text, with the time each takes. Skip-gram vectors of 4.3 M words,
// neighbours of a few words side by side, and analogies. Plain JavaScript over bin/w2v.js, as a shell script would be.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { besideEachOther } from '../dist/cli/table.js';
import { colorsFor } from '../dist/cli/terminal.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'bin', 'w2v.js');
const vectors = join('out', 'mix.skipgram.bin');
const words = ['whale', 'freedom', 'seven', 'president', 'river', 'doctor', 'coffee'];
const analogies = [
  ['large', 'larger', 'small'],
  ['go', 'went', 'come'],
  ['france', 'french', 'germany'],
  ['france', 'paris', 'japan'],
];
const colors = colorsFor(process.stdout, process.env, process.argv.includes('--no-color'));
const timings = [];

/** Prints the command, runs it and resolves to what it wrote to standard output; its messages go straight through. */
async function w2v(...parameters) {
  print('', colors.bold(`$ w2v ${parameters.join(' ')}`));
  const started = performance.now();
  const child = spawn(process.execPath, [cli, ...parameters], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('SIGINT', ignore); // the command hears Ctrl-C too, and says what it does about it
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  process.off('SIGINT', ignore);
  if (code !== 0) process.exit(code ?? 130);
  timings.push([`w2v ${parameters[0]}`, (performance.now() - started) / 1000]);
  return output;
}

function print(...lines) {
  console.log(lines.join('\n'));
}

function ignore() {}

/** Rows of one column: a heading, then words. */
function column(heading, rows) {
  return [colors.cyan(heading), ...rows];
}

mkdirSync(join(root, 'out'), { recursive: true });
print((await w2v('corpus', 'get', 'mix')).trim());
await w2v('train', 'corpus:mix', '-o', vectors, '--model', 'skipgram', '--force');

const nearest = JSON.parse(await w2v('nearest', vectors, ...words, '-k', '6', '--json'));
const columns = nearest.map(({ query, neighbors }) =>
  column(
    query,
    neighbors.map((neighbor) => neighbor.word),
  ),
);
print(...besideEachOther(columns));

const answers = [];
for (const [a, b, c] of analogies) {
  const found = JSON.parse(await w2v('analogy', vectors, a, b, c, '-k', '4', '--json')).answers;
  answers.push(
    column(
      `${a} : ${b} = ${c} : ?`,
      found.map(({ word, score }) => `${word} ${score.toFixed(2)}`),
    ),
  );
}
print('', ...besideEachOther(answers));
print(colors.dim('Analogies want far more text than 4.3 M words: grammar works, capitals do not yet.'));

const total = timings.reduce((sum, [, seconds]) => sum + seconds, 0);
const steps = timings.slice(0, 3).map(([name, seconds]) => `${name} ${seconds.toFixed(1)} s`);
print(
  '',
  `${steps.join(', ')}; ${total.toFixed(1)} s in all.`,
  '',
  'Try next:',
  `  npx w2v nearest ${vectors}                     ask for words of your own`,
  `  npx w2v similarity ${vectors} ship boat`,
  '  npx w2v train YOUR.txt -o out/yours.bin                  a text of your own',
  '  npx w2v --help',
);
