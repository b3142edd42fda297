// Formats numbers, sizes and durations for people.

/** 8,214 */
export function thousands(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** 1 word, 8,214 words */
export function counted(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A share, 0 .. 1: with as many digits as say something (35 %, 5.4 %, 0.09 %), or with so many. */
export function percentage(share: number, digits?: number): string {
  const percent = 100 * share;
  const telling = percent === 0 || percent >= 9.95 ? 0 : percent >= 0.995 ? 1 : 2;
  return `${percent.toFixed(digits ?? telling)} %`;
}

/** 1 byte, 12.4 MB; powers of 1,000. */
export function byteSize(bytes: number): string {
  if (bytes === 1) return '1 byte';
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let power = 0;
  let size = bytes;
  while (size >= 999.5 && power < units.length - 1) {
    size /= 1000;
    power++;
  }
  return `${power === 0 ? size : size.toFixed(size < 99.95 ? 1 : 0)} ${units[power]}`;
}

/** 0.4 s, 12 s, 3 min 05 s, 2 h 10 min */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${twoDigits(Math.floor((whole % 3600) / 60))} min`;
}
