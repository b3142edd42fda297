// What a table of the report is: text in columns, with how to read it.

export interface ReportTable {
  /** For links within a page. */
  id: string;
  title: string;
  /** How to read it, one or two sentences. */
  caption: string;
  columns: { title: string; align?: 'right' }[];
  rows: string[][];
}
