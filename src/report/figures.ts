// Formats numbers and names for the tables and plots of the report.

export const measureTitles = { spearman: 'Spearman', add: '3CosAdd', mul: '3CosMul' } as const;

/** 0.654, −0.031, 0.000 without a sign; a dash without a value. */
export function score(value: number | null | undefined): string {
  return value === null || value === undefined
    ? '–'
    : value
        .toFixed(3)
        .replace(/^-(?=0\.000$)/, '')
        .replace('-', '−');
}

/** 0.590 to 0.712 */
export function interval(low: number | null | undefined, high: number | null | undefined): string {
  return low === null || low === undefined || high === null || high === undefined
    ? '–'
    : `${score(low)} to ${score(high)}`;
}

/** +0.654, −0.031, 0.000 without a sign. */
export function signed(value: number): string {
  const size = Math.abs(value).toFixed(3);
  return size === '0.000' ? size : `${value < 0 ? '−' : '+'}${size}`;
}

/**
 * Whether the vectors of a route cover enough of a set to show it: a set that only the thesaurus covers compares
 * nothing, and a few items of a large set are not meaningful.
 */
export function isScored(
  route: { kind?: string },
  result: { used: number; total: number } & ({ spearman: number | null } | { accuracy: number | null }),
): boolean {
  const value = 'spearman' in result ? result.spearman : result.accuracy;
  return route.kind !== 'thesaurus' && value !== null && result.used >= Math.min(10, result.total / 10);
}

/** A p-value. */
export function probability(value: number): string {
  return value < 0.001 ? '< 0.001' : value.toFixed(3);
}
