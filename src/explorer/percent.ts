// Shares as per cent, with as many digits as say something: 35 %, 5.4 %, 0.09 %.

export function percentOf(share: number): string {
  const percent = share * 100;
  const digits = percent === 0 || percent >= 9.95 ? 0 : percent >= 0.995 ? 1 : 2;
  return `${percent.toFixed(digits)}\u00a0%`;
}
