// What `npm start` shows, a screen a step: the real commands on a real text. Vectors of it by skip-gram on the portable
// engine, by counting, and by skip-gram on TensorFlow, which is set up in the background meanwhile; a map of the
// words, and scores. Plain JavaScript over bin/w2v.js, as a shell script would be.
import { mkdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { isInterrupted, root, run } from './bootstrap.js';
import { withClock } from './clock.js';

const corpus = 'corpus:state-of-the-union';
const [skipgram, counted, tensorflow] = ['skipgram', 'counted', 'tensorflow'].map((name) => `out/${name}.bin`);
const [map, report] = ['out/map.html', 'out/report.html'];
const words = ['gold', 'railroad', 'doctors', 'freedom', 'schools', 'wheat', 'army', 'seven'];
const training = ['train', corpus, '--min-count', '10'];

const width = Math.max(40, Math.min(80, process.stdout.columns || 80)); // lines that the eye can follow
const hasColors = process.stdout.hasColors?.() === true;
const paint = (format, text) => (hasColors ? styleText(format, text) : text);
const print = (...lines) => console.log(lines.join('\n'));
const opener = { darwin: 'open', win32: 'start' }[process.platform] ?? 'xdg-open';

/** Ends the process with the code of a command that fails. */
export async function demonstrate({ portable }) {
  const started = performance.now();
  mkdirSync(join(root, 'out'), { recursive: true });
  const setUp = portable ? undefined : setUpInBackground();
  const steps = portable ? 4 : 5;
  let step = 0;
  const heading = (text) => print('', paint('bold', `${++step}/${steps}  ${text}`));

  heading('Skip-gram: vectors that predict the words around a word');
  print('The text: what presidents told Congress, 1790 to 2021, 1.8 million words.');
  await w2v(['corpus', 'get', 'state-of-the-union', 'wordnet'], ['--quiet'], 'Downloading');
  await w2v([...training, '--engine', 'wasm', '-o', skipgram, '--force']);
  const predicted = await neighbors(skipgram);
  print(...neighborTable(predicted));

  heading('Counting: vectors from how often words occur together (PPMI, SVD)');
  await w2v(['count', corpus, '--min-count', '10', '-o', counted, '--force']);
  print(...neighborTable(await neighbors(counted), predicted));

  heading('A map of all words');
  await w2v(['map', skipgram, '-o', map, '--force']);

  const made = [skipgram, counted];
  if (!portable) {
    heading('Skip-gram again, on TensorFlow: 3 epochs instead of 10');
    if (await setUp()) {
      await w2v([...training, '--epochs', '3', '--lr', '0.05', '--engine', 'tensorflow', '-o', tensorflow, '--force']);
      print(...neighborTable(await neighbors(tensorflow), predicted));
      made.push(tensorflow);
    } else print('TensorFlow could not be set up: npx w2v setup says why. The rest goes on.');
  }

  heading('Scores on test sets that people made, with 95 % intervals');
  const sets = ['--pairs', 'wordsim353', '--analogies', 'google-analogies'];
  const shown = ['compare', ...made, ...sets, '--words', ...words.slice(0, 4), '--report', report, '--force'];
  const explained = "Word pairs: correlation with people's ratings. Analogies: share answered right.";
  print(...scoreTable(JSON.parse(await w2v(shown, ['--json']))), explained);

  print('', `${((performance.now() - started) / 1000).toFixed(0)} s in all. Three things to try:`);
  print(
    ...table([
      [`  ${opener} ${map}`, 'the map: search, zoom, ask'],
      [`  npx w2v nearest ${skipgram}`, 'ask for words of your own'],
      ['  npx w2v train YOUR.txt -o yours.bin', 'a text of your own'],
    ]),
  );
}

/**
 * Shows a command and runs it, with `more` that is not shown; resolves to its output. Its messages go through, or, of
 * one that says nothing, the seconds are counted.
 */
async function w2v(parameters, more = [], label) {
  print(paint('cyan', wrapped(`$ w2v ${parameters.join(' ')}`)));
  let output = '';
  const command = [process.execPath, join('bin', 'w2v.js'), ...parameters, ...more];
  const running = () => run(command, { stdio: ['ignore', 'pipe', 'inherit'], onText: (text) => (output += text) });
  const code = await (label === undefined ? running() : withClock(label, running));
  if (code !== 0) process.exit(code);
  return output;
}

/** Starts `w2v setup`; what is returned waits for it, if it must, and says whether TensorFlow is there. */
function setUpInBackground() {
  let said = '';
  let code;
  const running = run([process.execPath, join('bin', 'w2v.js'), 'setup'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    onText: (text) => (said += text),
    // Steps on the screen come first.
    onStart: ({ pid }) => setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL),
  }).then((result) => (code = result));
  const lastLine = () => said.trimEnd().split('\n').at(-1);
  return async () => {
    const label = () => (code === undefined ? `Setting up TensorFlow: ${lastLine()}` : 'Setting up TensorFlow');
    if (code === undefined) await withClock(label, () => running);
    if (isInterrupted(code)) process.exit(code);
    return code === 0;
  };
}

async function neighbors(file) {
  const found = JSON.parse(await w2v(['nearest', file, ...words, '-k', '6'], ['--json']));
  return found.map((answer) => answer.neighbors.map(({ word }) => word));
}

/** A line a word: its neighbors, as many as fit; green and counted, those that `others` have too. */
function neighborTable(found, others) {
  const shared = found.map((list, at) => list.filter((word) => others?.[at].includes(word)));
  const note = (at) => (others ? `${shared[at].length} of ${found[at].length} shared` : '');
  const first = Math.max(...words.map((word) => word.length)) + 2;
  const room = width - first - (others ? note(0).length + 2 : 0);
  return words.map((word, at) => {
    const list = [...found[at]];
    while (list.join(' ').length > room) list.pop();
    const text = list.map((one) => (shared[at].includes(one) ? paint('green', one) : one)).join(' ');
    const space = ' '.repeat(room - list.join(' ').length + 2);
    return `${paint('bold', word.padEnd(first))}${text}${others ? space + note(at) : ''}`;
  });
}

/** A line a file: its scores with their intervals, and what it cost. */
function scoreTable({ routes }) {
  const shown = (value, { low, high }) => `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  const rows = routes.map(({ name, pairs: [pairs], analogies: [analogies], seconds }) => [
    name,
    pairs ? shown(pairs.spearman, pairs) : '',
    analogies ? shown(analogies.accuracy, analogies) : '',
    seconds === undefined ? 'by hand' : `${seconds.toFixed(1)} s`,
  ]);
  return table([['', 'word pairs', 'analogies', 'made in'], ...rows]);
}

function table(rows) {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]))
      .join('  ')
      .trimEnd(),
  );
}

/** A command line in lines that fit, as a shell reads them; an option stays with its value. */
function wrapped(command) {
  const lines = [''];
  for (const part of command.split(/(?<! -{1,2}[\w-]+) /)) {
    const line = lines.at(-1);
    if (line.length + part.length + 3 > width) lines.push(`    ${part}`);
    else lines[lines.length - 1] = line === '' ? part : `${line} ${part}`;
  }
  return lines.join(' \\\n');
}
