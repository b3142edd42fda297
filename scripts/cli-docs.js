// Writes docs/cli.md, the help of every command: node scripts/cli-docs.js (after a build)
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wholeProgram } from './build-man-page.js';
import { rules, tasks } from './cli-rules.js';

const root = fileURLToPath(new URL('..', import.meta.url));
export const page = join(root, 'docs', 'cli.md');

/** The help of a command, without what differs from one machine to the next. */
function helpOf(...command) {
  const text = execFileSync(process.execPath, [join(root, 'bin', 'w2v.js'), ...command, '--help', '--all'], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: '/tmp', COLUMNS: '100' },
  });
  return text
    .replace(/\(default:\s+\d+, one per\s+core\)/g, '(default: one per core)')
    .replace(` in ${root}`, '')
    .replaceAll(root, '')
    .trimEnd();
}

async function cliPage() {
  const sectionOf = (command, words, heading) => {
    const below = command.commands.map((one) => sectionOf(one, [...words, one.name()], '###'));
    return [`${heading} w2v ${words.join(' ')}\n\`\`\`\n${helpOf(...words)}\n\`\`\`\n`, ...below].join('\n');
  };
  const program = await wholeProgram();
  const sections = program.commands.map((command) => sectionOf(command, [command.name()], '##'));
  return `# The command line

${tasks}

## All commands
This page is written by \`scripts/cli-docs.js\` from \`w2v COMMAND --help --all\`.

\`\`\`
${helpOf()}
\`\`\`

${rules}

${sections.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, await cliPage());
