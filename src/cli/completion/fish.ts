// The completion script for fish.
import { type CommandShape, type OperandShape, type OptionShape, type ValueShape, withPaths } from './shapes.ts';

export function fishCompletion(program: CommandShape, version: string): string {
  const all = withPaths(program);
  return `# Completion of w2v ${version} for fish, made by 'w2v completion fish'.

# Sets the command of the line before the cursor, how many operands it has, and the option whose value comes next.
function __w2v_scan --no-scope-shadowing
    set command ''
    set operands 0
    set option ''
    set -l ended no
    for word in (commandline -opc)[2..-1]
        if test $ended = yes
            set operands (math $operands + 1)
        else if test "$word" = --
            set ended yes
            set option ''
        else if test -n "$option"; and not string match -q -- '-*' "$word"
            __w2v_has several "$command" $option; or set option ''
        else if string match -q -- '-?*' "$word"
            set option ''
            __w2v_has valued "$command" $word; and set option $word
        else if __w2v_has commands "$command" "$word"
            set command (string trim -- "$command $word")
${aliasLines(all)}
        else
            set operands (math $operands + 1)
        end
    end
end

# Whether the command has the word among its flags that take a value, those that take several, or its commands.
function __w2v_has --argument-names what command word
    switch "$what $command"
${all.flatMap(({ path, shape }) => listCases(path, shape)).join('\n')}
    end
    return 1
end

# Whether the line is of this command.
function __w2v_command
    __w2v_scan
    test "$command" = "$argv[1]"
end

# Whether the cursor is at a further value of this command's option $argv[2].
function __w2v_value
    __w2v_scan
    test "$command" = "$argv[1]"; and test "$option" = "$argv[2]"
end

# Whether the cursor is at an operand of this command, number $argv[2] to $argv[3].
function __w2v_operand
    __w2v_scan
    test "$command" = "$argv[1]"; and test -z "$option"
    and test $operands -ge $argv[2]; and test $operands -le $argv[3]
end

# Whether the word at the cursor may be a file: fish would take what follows a colon for a path of its own.
function __w2v_file
    not string match -q -- 'corpus:*' (commandline -ct)
end

complete -c w2v -f
${all.flatMap(({ path, shape }) => completions(path, shape)).join('\n')}
`;
}

type Located = { path: string; shape: CommandShape }[];

function aliasLines(all: Located): string {
  const named = all.filter(({ shape }) => shape.names.length > 1);
  return named
    .flatMap(({ path, shape }) =>
      shape.names.slice(1).map((name) => `            test "$command" = ${name}; and set command ${path}`),
    )
    .join('\n');
}

function listCases(path: string, { options, commands }: CommandShape): string[] {
  const flagsOf = (wanted: OptionShape[]) => wanted.flatMap(({ flags }) => flags);
  const lists = {
    valued: flagsOf(options.filter(({ value }) => value !== undefined)),
    several: flagsOf(options.filter(({ takesSeveral }) => takesSeveral)),
    commands: commands.flatMap(({ names }) => names),
  };
  return Object.entries(lists)
    .filter(([, words]) => words.length > 0)
    .map(
      ([what, words]) =>
        `        case '${what} ${path}'\n            contains -- $word ${words.join(' ')}; and return 0`,
    );
}

function completions(path: string, { options, operands, commands }: CommandShape): string[] {
  return [
    ...commands.map(
      ({ names, summary }) => `complete -c w2v -n "__w2v_operand '${path}' 0 0" -a ${names[0]} -d ${quoted(summary)}`,
    ),
    ...options.flatMap((option) => optionCompletions(path, option)),
    ...operands.flatMap((operand, at) => operandCompletion(path, operand, at)),
  ];
}

function optionCompletions(path: string, { flags, summary, value, takesSeveral }: OptionShape): string[] {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const values = value === undefined ? '' : ` -r${offered(value)}`;
  const first = `complete -c w2v -n "__w2v_command '${path}'" ${names.join(' ')}${values} -d ${quoted(summary)}`;
  if (value === undefined || !takesSeveral) return [first];
  return [first, ...flags.map((flag) => `complete -c w2v -n "__w2v_value '${path}' ${flag}"${offered(value)}`)];
}

function operandCompletion(path: string, operand: OperandShape, at: number): string[] {
  if (operand.paths === 'none' && operand.words.length === 0) return [];
  const last = operand.repeats ? 1e6 : at;
  const condition = `__w2v_operand '${path}' ${at} ${last}`;
  if (operand.paths !== 'files' || !operand.words.some((word) => word.startsWith('corpus:'))) {
    return [`complete -c w2v -n "${condition}"${offered(operand)}`];
  }
  return [
    `complete -c w2v -n "${condition}"${offered({ ...operand, paths: 'none' })}`,
    `complete -c w2v -n "${condition}; and __w2v_file" -F`,
  ];
}

function offered({ paths, words }: ValueShape): string {
  const folders = paths === 'folders' ? ['(__fish_complete_directories)'] : [];
  const all = [...words, ...folders].join(' ');
  return `${paths === 'files' ? ' -F' : ' -f'}${all === '' ? '' : ` -a ${quoted(all)}`}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
