// The completion script for zsh, with its own function _arguments.
import type { CommandShape, OptionShape, ValueShape } from './shapes.ts';

export function zshCompletion(program: CommandShape, version: string): string {
  return `#compdef w2v
# Completion of w2v ${version} for zsh, made by 'w2v completion zsh'.

# Completes the words after $1, and paths: $1 is files, folders or none.
_w2v_values() {
  local paths=$1 found=1 expl
  shift
  local -a known=("$@")
  (( $#known )) && _wanted values expl value compadd -a known && found=0
  case $paths in
    files) _files && found=0 ;;
    folders) _files -/ && found=0 ;;
  esac
  return found
}

${functionsOf(program, '_w2v').join('\n\n')}

if [[ $funcstack[1] == _w2v ]]; then
  _w2v "$@"
else
  compdef _w2v w2v
fi
`;
}

/** A function for a command, after those of its commands. */
function functionsOf({ options, operands, commands }: CommandShape, name: string): string[] {
  const below = commands.flatMap((one) => functionsOf(one, `${name}_${one.names[0]}`));
  const specs = options.map(optionSpec);
  if (commands.length === 0) {
    specs.push(...operands.map((operand) => `'${operand.repeats ? '*' : ''}:${valueSpec(operand)}'`));
    return [...below, `${name}() {\n  _arguments -S ${joined(specs)}\n}`];
  }
  const summaries = commands.map(({ names, summary }) => `'${quotedInner(`${names[0]}:${summary}`)}'`);
  const calls = commands.map(({ names }) => `        ${names.join(' | ')}) ${name}_${names[0]} ;;`);
  return [
    ...below,
    `${name}() {
  local curcontext=$curcontext state state_descr line
  typeset -A opt_args
  _arguments -C -S ${joined([...specs, "'1: :->command'", "'*:: :->rest'"])}
  case $state in
    command)
      local -a commands=(${joined(summaries, '        ')}
      )
      _describe -t commands command commands
      ;;
    rest)
      case $words[1] in
${calls.join('\n')}
      esac
      ;;
  esac
}`,
  ];
}

function joined(words: readonly string[], indent = '    '): string {
  const end = indent === '    ' ? ' \\\n' : '\n';
  return end + words.map((word) => indent + word).join(end);
}

function optionSpec({ flags, summary, value, repeats }: OptionShape): string {
  const text = `[${escaped(summary)}]`;
  const argument = value === undefined ? '' : `:${valueSpec(value)}`;
  const named = flags.map((flag) => (value !== undefined && flag.startsWith('--') ? `${flag}=` : flag));
  const others = repeats ? '*' : flags.length > 1 ? `(${flags.join(' ')})` : '';
  const spec = quotedInner(`${text}${argument}`);
  return named.length > 1 ? `'${others}'{${named.join(',')}}'${spec}'` : `'${others}${named[0]}${spec}'`;
}

/** The message and the action of a value. */
function valueSpec({ placeholder, paths, words }: ValueShape): string {
  const action = paths === 'none' && words.length === 0 ? ' ' : ` _w2v_values ${[paths, ...words].join(' ')}`;
  return `${escaped(placeholder)}:${escaped(action)}`;
}

function escaped(text: string): string {
  return text.replace(/[\\[\]:]/g, '\\$&');
}

/** For within single quotes. */
function quotedInner(text: string): string {
  return text.replaceAll("'", "'\\''");
}
