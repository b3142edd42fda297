// Pieces of Spark SQL.

/** A string literal. */
export function quotedForSql(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

// Without Hive the default separator is U+0001, and a word \N would be NULL; no word is a space.
const FORMAT = "ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' NULL DEFINED AS ' '";

/** Runs `command` in a shell on the executors, with the columns of `input` as rows on its standard input. */
export function transform(columns: string, command: string, schema: string, input: string): string {
  return `SELECT TRANSFORM(${columns}) ${FORMAT} USING ${quotedForSql(command)} AS (${schema}) ${FORMAT} FROM ${input}`;
}
