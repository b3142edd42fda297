// A vector as a line of standard input.
import { W2vError } from '../errors.ts';
import { quotable } from '../printable.ts';

/** `0.1 -0.2`, `0.1, -0.2` or `[0.1, -0.2]`: `dimensions` numbers. Throws `usage` on anything else. */
export function parseVector(text: string, dimensions: number): Float64Array {
  const inner = text.replace(/^\[/, '').replace(/\]$/, '').trim();
  // One more than there should be tells that there are too many; a line may have millions.
  const parts = inner === '' ? [] : inner.split(/\s*,\s*|\s+/, dimensions + 1);
  const numbers = parts.map((part) => {
    const value = Number(part);
    if (part !== '' && Number.isFinite(value)) return value;
    throw new W2vError('usage', `'${quotable(part)}' is not a number`, 'give numbers, or a JSON array of them');
  });
  if (numbers.length === dimensions) return Float64Array.from(numbers);
  const count = numbers.length > dimensions ? `more than ${dimensions}` : `${numbers.length}`;
  const observed = `${count} ${numbers.length === 1 ? 'number' : 'numbers'}, expected ${dimensions}`;
  throw new W2vError('usage', observed, 'ask with vectors of the same dimensions as the file');
}
