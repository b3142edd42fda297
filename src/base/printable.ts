// Escapes untrusted text (words, file names, lines of standard input) for messages and tables.

const controls = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

/**
 * Writes control characters as `\x1b` or `\u202e`, so that no terminal interprets them: C0, C1 and DEL (escape
 * sequences, OSC 52), and those that reorder or break a line. `keep`: characters to leave unchanged, such as '\n' in
 * multi-line messages.
 */
export function printable(text: string, keep = ''): string {
  return text.replace(controls, (character) => {
    if (keep.includes(character)) return character;
    const code = character.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Equivalent JSON in which DEL, C1 and characters that reorder a line are also `\u....` escapes. */
export function printableJson(json: string): string {
  return json.replace(controls, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** At most `most` characters, ending in an ellipsis if truncated; never splits a character. */
export function shortened(text: string, most = 80): string {
  if (text.length <= most) return text;
  // Four UTF-16 units per character are always enough.
  const characters = [...text.slice(0, 4 * most)];
  return characters.length <= most && text.length <= 4 * most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** Quotes input in a message: at most 80 characters, without control characters. */
export function quotable(text: string): string {
  return printable(shortened(text));
}
