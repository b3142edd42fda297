// FNV-1a in 32 bits (Fowler, Noll & Vo 1991): hash = (hash ^ unit) * prime, unit by unit.

/** The hash of nothing. */
export const FNV_START = 0x811c9dc5;

/** The hash after one more unit, a signed integer. */
export function fnvNext(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}
