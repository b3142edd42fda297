/** The first of the lines of cells is the head, the second the rule below it. */
export const markdown = (lines) => lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
