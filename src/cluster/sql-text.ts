// Pieces of Spark SQL.

/** A string literal, without `${`, which Spark would replace. */
export function quotedForSql(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');
  return `'${escaped.replaceAll('${', '\\u0024{')}'`;
}

// Without Hive the default separator is U+0001, and a word \N would be NULL; no word is a space.
const FORMAT = "ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' NULL DEFINED AS ' '";

/** Runs `command` in a shell on the executors, with the columns of `input` as rows on its standard input. */
export function transform(columns: string, command: string, schema: string, input: string): string {
  return `SELECT TRANSFORM(${columns}) ${FORMAT} USING ${quotedForSql(command)} AS (${schema}) ${FORMAT} FROM ${input}`;
}
