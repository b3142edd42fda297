// Makes the tables of a comparison for the terminal, the Markdown and the report.

import type { ReportTable } from '../page/report-table.ts';
import type { ComparisonDocument } from './comparison-document.ts';
import { agreementTable, costTable, disagreementTable, mapTable, overlapTable, wordTable } from './route-tables.ts';
import { analogiesTable, differencesTable, pairsTable, sectionsTable, spreadTable } from './score-tables.ts';

/** All non-empty tables, in the order of the report. */
export function comparisonTables(document: ComparisonDocument): ReportTable[] {
  const tables = [
    costTable(document),
    pairsTable(document),
    analogiesTable(document),
    sectionsTable(document),
    differencesTable(document),
    spreadTable(document),
    agreementTable(document),
    overlapTable(document),
    mapTable(document),
    disagreementTable(document),
    ...document.words.map((told, at) => wordTable(told, at)),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}
