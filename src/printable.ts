// Text that came from outside (a word of a file, a file name, a line of standard input) as a message or a table may show it.

const controls = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * Control characters as `\x1b` or `\u202e`, so that no terminal obeys them: C0, C1 and DEL (escape sequences, OSC 52), and
 * those that reorder or break a line. `keep`: the ones to leave alone, such as '\n' in a message of several lines.
 */
export function printable(text: string, keep = ''): string {
  return text.replace(controls, (character) => {
    if (keep.includes(character)) return character;
    const code = character.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** JSON that means the same: what it has escaped already stays, DEL, C1 and what reorders a line become `\u....` too. */
export function printableJson(json: string): string {
  return json.replace(controls, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** At most `most` characters, the last of them an ellipsis where something was cut; no character is cut in half. */
export function shortened(text: string, most = 80): string {
  if (text.length <= most) return text;
  // Four UTF-16 units a character is more than any needs that is kept.
  const characters = [...text.slice(0, 4 * most)];
  return characters.length <= most && text.length <= 4 * most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** How a message quotes what it was given: at most 80 characters, without control characters. */
export function quotable(text: string): string {
  return printable(shortened(text));
}
