// What a setting may be: a whole number, a number or one of a few names. One range serves the library's checks, the
// command line, its help and the configuration.
import { usage } from './errors.ts';
import { quotable, shortened } from './printable.ts';

export interface WholeRange {
  readonly kind: 'whole';
  readonly low: number;
  readonly high: number;
}

export interface RealRange {
  readonly kind: 'real';
  readonly low: number;
  readonly high: number;
  /** `low` itself is out. */
  readonly above: boolean;
}

export interface ChoiceRange<T extends string = string> {
  readonly kind: 'choice';
  readonly names: readonly T[];
}

export type Range = WholeRange | RealRange | ChoiceRange;

/** Whole numbers from `low` to `high`, both included. */
export const whole = (low: number, high = Number.MAX_SAFE_INTEGER): WholeRange => ({ kind: 'whole', low, high });

/** Numbers from `low` to `high`; `above` leaves `low` itself out. */
export const real = (low: number, high: number, { above = false } = {}): RealRange => {
  return { kind: 'real', low, high, above };
};

/** One of these names. */
export const choice = <const T extends string>(names: readonly T[]): ChoiceRange<T> => ({ kind: 'choice', names });

export function allows(range: Range, value: unknown): boolean {
  if (range.kind === 'choice') return range.names.includes(value as string);
  if (typeof value !== 'number' || !(value <= range.high)) return false;
  if (range.kind === 'whole') return Number.isSafeInteger(value) && value >= range.low;
  return range.above ? value > range.low : value >= range.low;
}

/** `a whole number from 1 to 1000` */
export function expected(range: Range): string {
  if (range.kind === 'choice') {
    const { names } = range;
    return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
  }
  const { low, high } = range;
  if (range.kind === 'real')
    return range.above ? `a number above ${low}, up to ${high}` : `a number from ${low} to ${high}`;
  return high === Number.MAX_SAFE_INTEGER ? `a whole number, ${low} or more` : `a whole number from ${low} to ${high}`;
}

/**
 * Checks each setting that has a range and is not undefined.
 *
 * @throws W2vError 'usage' with the setting, its value and its range
 */
export function checkRanges(ranges: Readonly<Record<string, Range>>, settings: object): void {
  for (const [name, range] of Object.entries(ranges)) {
    const value = (settings as Record<string, unknown>)[name];
    if (value === undefined || allows(range, value)) continue;
    const shown =
      range.kind === 'choice' ? `'${quotable(shortened(String(value)))}'` : quotable(shortened(String(value)));
    const hint = range.kind === 'choice' ? `set { ${name} } to one of these` : `set { ${name} } within that range`;
    throw usage(`${name} is ${shown}: expected ${expected(range)}`, hint);
  }
}
