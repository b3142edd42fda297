// Columns of text, aligned by the width a terminal gives each character (East Asian ones are two cells wide).
import stringWidth from 'string-width';

export interface TableColumn {
  title: string;
  align?: 'left' | 'right';
}

/** Lines without a line end; two spaces between columns, nothing after the last. */
export function formatTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string[] {
  const titles = columns.map((column) => column.title);
  const lines = titles.some((title) => title !== '') ? [titles, ...rows] : rows;
  const widths = columns.map((_, index) => Math.max(0, ...lines.map((line) => stringWidth(line[index] ?? ''))));
  return lines.map((line) =>
    columns
      .map((column, index) => {
        const text = line[index] ?? '';
        const space = ' '.repeat(widths[index]! - stringWidth(text));
        return column.align === 'right' ? space + text : text + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Blocks of lines set beside each other, as neighbours of several words are shown. */
export function besideEachOther(blocks: readonly (readonly string[])[]): string[] {
  const height = Math.max(0, ...blocks.map((block) => block.length));
  return formatTable(
    blocks.map(() => ({ title: '' })),
    Array.from({ length: height }, (_, row) => blocks.map((block) => block[row] ?? '')),
  );
}
