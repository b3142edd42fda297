// Figures and names as the report's tables and plots write them.

export const measureTitles = { spearman: 'Spearman', add: '3CosAdd', mul: '3CosMul' } as const;

/** 0.654; a dash where there is no value. */
export function score(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(3).replace('-', '−');
}

/** 0.590 to 0.712 */
export function interval(low: number | null | undefined, high: number | null | undefined): string {
  return low === null || low === undefined || high === null || high === undefined
    ? '–'
    : `${score(low)} to ${score(high)}`;
}

export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}
