// w2v doctor: checks the installation, with a fix for each problem.
import type { Command } from 'commander';
import { W2vError } from '../../base/errors.ts';
import { diagnose, type Finding } from '../../setup/doctor.ts';
import { type CommandContext, cacheDirectory, printJson, printResult, printStyled, stdoutColors } from '../context.ts';
import { declare } from '../options/option.ts';
import { type PrintOptions, printingRecords, tsvLine } from '../options/print.ts';
import { formatTable } from '../terminal/table.ts';
import { ownVersion } from '../version.ts';

const examples = `Examples:
  w2v doctor
  w2v doctor --json        for a problem report
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples).description('Exit code 0 if everything works, 4 if a part of w2v does not.');
  declare(command, { options: printingRecords });
  command.action((options: PrintOptions) => run(context, options));
}

async function run(context: CommandContext, options: PrintOptions): Promise<void> {
  const own: Finding = { name: 'w2v', value: await ownVersion(), state: 'ok' };
  const findings = [own, ...(await diagnose({ cacheDirectory: cacheDirectory(context) })), await portableEngine()];
  if (options.json) printJson(context, findings);
  else if (options.tsv) {
    printResult(
      context,
      findings.map(({ state, name, value, fix = '' }) => tsvLine([state, name, value, fix])),
    );
  } else printStyled(context, findingLines(context, findings));
  const problems = findings.filter((finding) => finding.state === 'problem').length;
  if (problems > 0) {
    const count = problems === 1 ? 'one thing does not work' : `${problems} things do not work`;
    throw new W2vError('setup-failed', count, 'apply the fixes above, then run w2v doctor again');
  }
}

async function portableEngine(): Promise<Finding> {
  const name = 'wasm engine';
  try {
    const { createWasmEngine } = await import('../../train/wasm/engine.ts');
    const { versions } = await createWasmEngine();
    return { name, value: `${versions.arithmetic}, part of the package`, state: 'ok' };
  } catch (error) {
    const fix = error instanceof W2vError ? error.hint : 'install w2v again';
    return { name, value: `does not start: ${(error as Error).message}`, state: 'problem', fix };
  }
}

function findingLines(context: CommandContext, findings: readonly Finding[]): string[] {
  const colors = stdoutColors(context);
  const states = {
    ok: colors.green('ok'),
    warning: colors.yellow('warning'),
    problem: colors.red('problem'),
  };
  const rows = findings.flatMap(({ name, value, state, fix }) => {
    const row = [states[state], name, value];
    return fix === undefined ? [row] : [row, ['', '', colors.cyan(`fix: ${fix}`)]];
  });
  return formatTable([{ title: '' }, { title: '' }, { title: '' }], rows);
}
