// w2v completion SHELL: a script that completes command lines of w2v. It is static: it has every name in it, so that
// the Tab key does not wait for Node to start (60 ms and more), and it works where w2v itself cannot run.
import type { Command } from 'commander';
import { choice } from '../../base/ranges.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { type CommandShape, programShape } from '../completion/shapes.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { type CommandContext, printResult } from '../context.ts';
import { within } from '../options/kinds.ts';
import { declare } from '../options/option.ts';
import { ownVersion } from '../version.ts';

const scripts: Record<'bash' | 'zsh' | 'fish', (program: CommandShape, version: string) => string> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};
const shells = Object.keys(scripts) as (keyof typeof scripts)[];

const examples = `Examples (to install it; after an update of w2v, again):
  w2v completion bash > ~/.local/share/bash-completion/completions/w2v
  w2v completion zsh > ~/.zfunc/_w2v       with fpath+=~/.zfunc before compinit
  w2v completion fish > ~/.config/fish/completions/w2v.fish
  source <(w2v completion bash)            in this shell only; also in ~/.bashrc
`;

export function define(command: Command, context: CommandContext, wholeProgram: () => Promise<Command>): void {
  declare(command, {
    operands: [{ name: '<shell>', text: shells.join(', '), takes: within(choice(shells)) }],
    options: [],
  });
  command
    .addHelpText('before', examples)
    .description('Tab then completes commands, options, their values, files, and the names of corpora and test sets.')
    .action(async (shell: keyof typeof scripts) => {
      const script = scripts[shell](await programShape(await wholeProgram()), await ownVersion());
      printResult(context, [script.trimEnd()]);
    });
}
