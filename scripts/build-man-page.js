// Makes man/w2v.1.gz, the manual page, from the definitions of the commands, as they are built. npm links it where man
// finds it (`man` in package.json).
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rules } from './cli-rules.js';
import { code, heading, item, markdown, paragraph, plain, subheading } from './roff.js';

const root = fileURLToPath(new URL('..', import.meta.url));
export const manFile = join(root, 'man', 'w2v.1.gz');

export async function buildManPage() {
  mkdirSync(dirname(manFile), { recursive: true });
  writeFileSync(manFile, gzipSync(await manPage(), { level: 9 }));
}

/** The tree of commands, with those that --help does not list. */
export async function wholeProgram() {
  const { createProgram } = await import('../build/cli/program.js');
  const streams = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr };
  return createProgram([], { ...streams, environment: {}, noColor: true }, { all: true });
}

async function manPage() {
  const { ownVersion } = await import('../build/cli/version.js');
  const program = await wholeProgram();
  const { commands } = program;
  const version = await ownVersion();
  return [
    `.\\" Made by scripts/build-man-page.js from the definitions of the commands.`,
    `.TH W2V 1 "" "w2v ${version}" "User Commands"`,
    heading('Name'),
    'w2v \\- text to word vectors, by counting and by prediction',
    heading('Synopsis'),
    '.B w2v\n.I COMMAND\n.RI [ options ]\n.I ...',
    heading('Description'),
    ...paragraphs(program.description()),
    ...optionsOf(program),
    heading('Commands'),
    ...commands.flatMap((command) => commandSection(command)),
    ...markdown(rules),
    heading('See also'),
    paragraph(
      'The folder docs/ of the package: configuration.md, json.md, formats.md, languages.md, tutorial.md, library.md.',
    ),
    '',
  ]
    .join('\n')
    .replaceAll(/^(\.S[HS] .*\n)\.PP\n/gm, '$1'); // a heading begins a paragraph
}

function commandSection(command, above = 'w2v') {
  const name = `${above} ${command.name()}`;
  const help = command.createHelp();
  const below = command.commands.flatMap((one) => commandSection(one, name));
  const aliases = command.aliases().map((alias) => `, ${above} ${alias}`);
  return [
    subheading(`${name}${aliases.join('')}`),
    paragraph(sentence(command.summary() || command.description())),
    ...(command.summary() ? paragraphs(command.description()) : []),
    ...paragraphs(aroundHelp(command, 'before')),
    code([`${name} ${command.usage()}`]),
    ...help.visibleArguments(command).map((one) => item(one.name(), help.argumentDescription(one))),
    ...optionsOf(command),
    ...paragraphs(aroundHelp(command, 'after')),
    ...below,
  ];
}

/** Options by their groups; --help, which every command has, only for the program. */
function optionsOf(command) {
  const help = command.createHelp();
  const isProgram = command.parent === null;
  const options = help.visibleOptions(command).filter(({ long }) => isProgram || long !== '--help');
  const groups = [...new Set(options.map(({ helpGroupHeading: group }) => group))];
  return groups.flatMap((group) => [
    `.PP\n${plain(group ?? 'Options:')}`,
    ...options
      .filter((option) => option.helpGroupHeading === group)
      .map((option) => item(option.flags, withoutMachine(help.optionDescription(option)))),
  ]);
}

/** Without what differs from one machine to the next. */
function withoutMachine(text) {
  return text
    .replace(/\(default: \d+, one per core\)/, '(default: one per core)')
    .replace(/(folder for temporary files.*\(default:) [^)]+\)/, "$1 the system's)");
}

/** The text that a command adds before or after its help. */
function aroundHelp(command, place) {
  let text = '';
  const write = (more) => {
    text += more;
  };
  command.emit(`${place}Help`, { error: false, command, write });
  return text;
}

/** Paragraphs, and as they are the lines that are indented. */
function paragraphs(text) {
  const blocks = text
    .replace(/^Examples.*:$/m, '')
    .replace(/^\n+|\s+$/g, '')
    .split(/\n\n+|\n(?=\S)|(?<=^\S.*)\n(?= )/m);
  return blocks.filter((block) => block.trim() !== '').map(blockOf);
}

function blockOf(block) {
  const lines = block.split('\n');
  return lines.every((line) => line.startsWith('  ')) || /^w2v /.test(block.trim())
    ? code(lines.map((line) => line.replace(/^ {2}/, '')))
    : paragraph(block);
}

function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
