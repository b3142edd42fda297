// What is wrong with a run of w2v: the part of the command-line contract that holds for every input file.

const documented = new Set([0, 2, 3, 4, 5]); // 1 is an internal failure, which no file may cause
const LONGEST_LINE = 1200; // characters; a message quotes at most a path
const MOST_MEMORY = 192e6; // bytes beside some times the files' own, for what runs already when a run begins
const TIMES = 30;

/**
 * The kinds of hits of one run, each with what shows it; empty where all is well.
 *
 * @param run code, stdout, stderr, seconds, memory (how far the process grew), thrown, stray (errors that nobody
 *   caught)
 * @param about args, terminal (whether it wrote to one), given (everything the run could read, as text), bytes (of it),
 *   left (names it left behind), slow (seconds)
 */
export function judge(run, { args, terminal, given, bytes, left, slow }) {
  const hits = [];
  const hit = (kind, shown) => hits.push({ kind, shown: String(shown).slice(0, 600) });
  const { code, stdout, stderr } = run;
  if (run.thrown !== undefined) hit('thrown', run.thrown);
  // One of these makes the next ones.
  else if (/this is a bug in w2v/.test(stderr)) hit('bug', stderr);
  else if (/^\s+at .+(?::\d+:\d+|<anonymous>)\)?$/m.test(stderr)) hit('stack', stderr);
  else if (!documented.has(code)) hit(`exit ${code}`, stderr);
  else if (code !== 0 && !/^error: .+\nhint: ./m.test(stderr)) hit('no message', stderr);
  for (const error of run.stray) hit('uncaught', error);
  for (const text of [stderr, stdout]) {
    const own = text.replaceAll('NaN or infinity', '').replace(/the word "[^\n]*"/g, ''); // not quoted from a packed file
    const made = own.split('\n').find((line) => /\bNaN\b|\bundefined\b|\[object /.test(line));
    if (made && !/NaN|undefined|\[object /.test(given)) hit('NaN or undefined', made);
  }
  // A pipe gets the words as they are.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const control = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.exec(terminal ? stderr + stdout : stderr);
  if (control) hit('control characters', JSON.stringify(control.input.slice(Math.max(0, control.index - 200))));
  if (args.includes('--json') && code === 0 && !isJson(stdout)) hit('no JSON', stdout);
  const long = stderr.split('\n').find((line) => line.length > LONGEST_LINE);
  if (long !== undefined) hit('long message', long);
  if (run.seconds > slow) hit('slow', `${run.seconds.toFixed(1)} s`);
  if (run.memory > MOST_MEMORY + TIMES * bytes) hit('memory', `${Math.round(run.memory / 1e6)} MB for ${bytes} bytes`);
  if (left.length > 0) hit('left behind', left.join(', '));
  return hits;
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
