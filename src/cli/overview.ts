// What `w2v` and `w2v --help` print: first steps, and the commands by groups.
import type { Command, Help } from 'commander';
import { commandGroups } from './command-list.ts';

export const firstSteps = `Word vectors from text: words used alike get similar vectors.

Start with:
  w2v explain                               how it works, on one sentence
  w2v train corpus:moby-dick -o moby.bin    train on a book (downloaded once)
  w2v nearest moby.bin whale                the words most similar to whale

Your own text:
  w2v train notes.txt -o notes.bin          a file or a folder of text
  w2v map notes.bin -o map.html             a map of all its words

All commands: w2v --help. Examples of a command: w2v COMMAND --help.
`;

/** The help of the whole program: one line for each command, with its group on the left. */
export function formatOverview(program: Command, helper: Help): string {
  const groups = Object.entries(commandGroups);
  const groupWidth = Math.max(...groups.map(([group]) => group.length));
  const nameWidth = Math.max(...groups.flatMap(([, entries]) => entries.map(({ name }) => name.length)));
  const commands = groups.flatMap(([group, entries]) =>
    entries
      .filter(({ hidden }) => !hidden)
      .map(({ name, summary }, at) => {
        const term = `${(at === 0 ? group : '').padEnd(groupWidth)}  ${name}`;
        return helper.formatItem(term, groupWidth + 2 + nameWidth, summary, helper);
      }),
  );
  const optionWidth = helper.longestOptionTermLength(program, helper);
  const options = helper
    .visibleOptions(program)
    .map((option) =>
      helper.formatItem(helper.optionTerm(option), optionWidth, helper.optionDescription(option), helper),
    );
  const usage = `Usage: w2v ${program.usage()}`;
  return [usage, '', ...commands, '', 'Options:', ...options, ''].join('\n');
}
