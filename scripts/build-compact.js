// Makes compiled files small. Those of the library lose indentation and spaces, a fifth of their size: names stay, and
// lines short, so that a stack trace can be read in the program of someone who uses it. Those of the command, its pages
// and what is not on the way from a text to an answer get short names too.
import { readFileSync, writeFileSync } from 'node:fs';
import { transform } from 'esbuild';

const options = { minifyWhitespace: true, lineLimit: 120, charset: 'utf8', target: 'es2022' };
const ofTheCommand =
  /\bdist\/(cli|cluster|compare|evaluate|explain|explorer|fetch|files|layout|page|report|serve|setup|texts|thesaurus|workers)\//;

export async function compact(files) {
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const minify = ofTheCommand.test(file.replaceAll('\\', '/'));
    writeFileSync(file, (await transform(readFileSync(file, 'utf8'), { ...options, minify })).code);
  }
}
