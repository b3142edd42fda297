// Text and simple Markdown as roff with the man macros, which groff and mandoc read.

const COLUMNS = 78;
const EXAMPLE = 71; // man indents by 7, and leaves two of a terminal's 80 columns empty

const names = { '\\': '\\e', '-': '\\-', "'": '\\(aq', '`': '\\(ga', '^': '\\(ha', '~': '\\(ti', '"': '\\(dq' };

/** Characters as they are: roff would print some of them as typographic ones. */
export function plain(text) {
  return text.replace(
    /[\\\-'`^~"]|[^\0-\x7f]/gu,
    (letter) => names[letter] ?? `\\[u${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}

/** Lines of source; one that begins with a dot or a quote would be a request. */
function lines(text) {
  const wrapped = [''];
  for (const word of plain(text).split(/\s+/).filter(Boolean)) {
    const line = wrapped.at(-1);
    if (line !== '' && line.length + 1 + word.length > COLUMNS) wrapped.push(word);
    else wrapped[wrapped.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return wrapped.map(safe).join('\n');
}

function safe(line) {
  return /^[.']/.test(line) ? `\\&${line}` : line;
}

export function heading(text) {
  return `.SH ${plain(text.toUpperCase())}`;
}

export function subheading(text) {
  return `.SS ${plain(text)}`;
}

export function paragraph(text) {
  return `.PP\n${lines(text)}`;
}

/** Commands, with what is said of some of them beside them, or below them where a terminal has no room beside. */
export function code(text) {
  const fitting = text.every((line) => line.length <= EXAMPLE) ? text : text.flatMap(stacked);
  const shown = fitting.map((line) => safe(plain(line)));
  return `.PP\n.nf\n${shown.join('\n')}\n.fi`;
}

/** `command   what it does` as two lines; a command that is too long goes on in a second line, as in a shell. */
function stacked(line) {
  const [command, about] = line.split(/ {2,}/);
  const cut = command.length <= EXAMPLE ? -1 : command.lastIndexOf(' --', EXAMPLE - 2);
  const parts = cut < 0 ? [command] : [`${command.slice(0, cut)} \\`, `    ${command.slice(cut + 1)}`];
  return [...parts, ...(about === undefined ? [] : [`    ${about}`])].filter((part) => part !== '');
}

/** A term in bold, and what is said of it. */
export function item(term, text) {
  return `.TP\n\\fB${plain(term)}\\fR\n${lines(text)}`;
}

/** Headings, paragraphs, lists and tables of two columns; without the marks of code and links. */
export function markdown(text) {
  return text.split(/\n\n+|\n(?=- |## )|(?<=^## .*)\n/m).flatMap((block) => {
    const words = block.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
    if (words.startsWith('## ')) return heading(words.slice(3));
    if (words.startsWith('- ')) return item('*', words.slice(2)).replace('.TP\n\\fB*\\fR', '.IP \\(bu 2');
    if (words.startsWith('|')) return table(words);
    return paragraph(words);
  });
}

/** Of a table the rows, without its head. */
function table(text) {
  const [, , ...rows] = text
    .trim()
    .split('\n')
    .map((row) => row.split('|').slice(1, -1));
  return rows.map(([term, what]) => item(term.trim(), what));
}
