// The type of a report table: text in columns, with a caption.

export interface ReportTable {
  /** Anchor for links within a page. */
  id: string;
  title: string;
  /** How to read it, one or two sentences. */
  caption: string;
  columns: { title: string; align?: 'right' }[];
  rows: string[][];
}
