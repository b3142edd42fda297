// The completion script for bash, from 3.2 on.
import { type CommandShape, type ValueShape, withPaths } from './shapes.ts';

export function bashCompletion(program: CommandShape, version: string): string {
  return `# Completion of w2v ${version} for bash, made by 'w2v completion bash'.

# Sets the command that $1 names, its flags, those of them that take a value, those that take several, and its subcommands.
_w2v_command() {
  flags='' valued='' several='' subcommands=''
  case $1 in
${withPaths(program)
  .map(({ path, shape }) => commandCase(path, shape))
  .join('\n')}
  esac
}

# Offers values of the option, or of the operand, $2 of the command $1.
_w2v_values() {
  case $1:$2 in
${valueCases(program)}
    *) _w2v_offer none ;;
  esac
}

# Offers the words after $1 that begin with $value, and paths: $1 is files, folders or none.
_w2v_offer() {
  local paths=$1 word sign part before='' kept=\${cur%"$value"}
  shift
  # Readline replaces only what follows the last of the signs at which it cuts words.
  for sign in : =; do
    if [[ $COMP_WORDBREAKS == *"$sign"* && $cur == *"$sign"* ]]; then
      part=\${cur%"\${cur##*"$sign"}"}
      [[ \${#part} -gt \${#before} ]] && before=$part
    fi
  done
  for word in "$@"; do
    if [[ $word == "$value"* ]]; then
      word=$kept$word
      COMPREPLY+=("\${word#"$before"}")
    fi
  done
  if [[ $paths == none ]]; then
    compopt +o default +o bashdefault 2>/dev/null
  elif [[ \${#COMPREPLY[@]} -eq 0 ]]; then
    # Readline itself offers paths, which it quotes.
    [[ $paths == folders ]] && compopt +o default +o bashdefault -o dirnames 2>/dev/null
  else
    while IFS= read -r word; do
      part=$(printf %q "$word")
      [[ -d $word ]] && part+=/
      word=$kept$part
      COMPREPLY+=("\${word#"$before"}")
    done < <(compgen "$([[ $paths == files ]] && echo -f || echo -d)" -- "$value")
  fi
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}

_w2v() {
  local flags valued several subcommands
  local words=() rest=\${COMP_LINE:0:COMP_POINT} piece at
  COMPREPLY=()
  # The words as the shell has them: bash cuts at : and = too.
  for ((at = 0; at <= COMP_CWORD; at++)); do
    piece=\${COMP_WORDS[at]}
    if [[ $at -eq 0 || $rest == [[:space:]]* ]]; then
      words+=('')
      rest=\${rest#"\${rest%%[![:space:]]*}"}
    fi
    [[ $at -eq $COMP_CWORD ]] && piece=$rest
    words[\${#words[@]} - 1]+=$piece
    rest=\${rest#"$piece"}
  done
  local last=$((\${#words[@]} - 1)) command='' option='' operands=0 ended='' word
  local cur=\${words[last]} value=\${words[last]}
  _w2v_command ''
  for ((at = 1; at < last; at++)); do
    word=\${words[at]}
    if [[ -n $ended ]]; then
      operands=$((operands + 1))
    elif [[ $word == -- ]]; then
      ended=yes option=''
    elif [[ -n $option && " $several " != *" $option "* ]]; then
      option=''
    elif [[ $word == -?* ]]; then
      option=''
      [[ " $valued " == *" $word "* ]] && option=$word
    elif [[ -n $option ]]; then
      : # one more value of an option that takes several
    elif [[ " $subcommands " == *" $word "* ]]; then
      _w2v_command "\${command:+$command }$word"
    else
      operands=$((operands + 1))
    fi
  done
  if [[ -n $option && ( $cur != -* || " $several " != *" $option "* ) ]]; then
    _w2v_values "$command" "$option"
  elif [[ -z $ended && $cur == --*=* ]]; then
    value=\${cur#*=}
    _w2v_values "$command" "\${cur%%=*}"
  elif [[ -z $ended && $cur == -* ]]; then
    # The names of options, and the dash alone: a stream.
    _w2v_offer none $flags
  elif [[ -n $subcommands && $operands -eq 0 ]]; then
    _w2v_offer none $subcommands
  else
    _w2v_values "$command" "operand$operands"
  fi
}

complete -o bashdefault -o default -F _w2v w2v
`;
}

function commandCase(path: string, { names, options, commands }: CommandShape): string {
  const flagsOf = (wanted: typeof options) => wanted.flatMap(({ flags }) => flags).join(' ');
  const parts = {
    command: path,
    flags: flagsOf(options),
    valued: flagsOf(options.filter(({ value }) => value !== undefined)),
    several: flagsOf(options.filter(({ takesSeveral }) => takesSeveral)),
    subcommands: commands.flatMap((one) => one.names).join(' '),
  };
  const lines = Object.entries(parts).flatMap(([name, words]) => (words === '' ? [] : [`      ${name}='${words}'`]));
  const above = path.slice(0, path.length - names[0].length);
  const patterns = path === '' ? ["''"] : names.map((name) => `'${above}${name}'`);
  return [`    ${patterns.join(' | ')})`, ...lines, '      ;;'].join('\n');
}

/** What is offered for each option and operand; those that are offered the same share a case. */
function valueCases(program: CommandShape): string {
  const patterns = new Map<string, string[]>();
  const add = (pattern: string, { paths, words }: ValueShape) => {
    const offer = ['_w2v_offer', paths, ...words.map(quoted)].join(' ');
    patterns.set(offer, [...(patterns.get(offer) ?? []), pattern]);
  };
  for (const { path, shape } of withPaths(program)) {
    for (const { flags, value } of shape.options) {
      if (value !== undefined) for (const flag of flags) add(quoted(`${path}:${flag}`), value);
    }
    for (const [at, operand] of shape.operands.entries()) {
      add(quoted(`${path}:operand${at}`), operand);
      if (operand.repeats) add(`${quoted(`${path}:operand`)}[!0-${at}]*`, operand);
    }
  }
  patterns.delete('_w2v_offer none');
  return [...patterns].map(([offer, all]) => `    ${all.join(' | ')})\n      ${offer}\n      ;;`).join('\n');
}

function quoted(text: string): string {
  return /^[\w:.,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
