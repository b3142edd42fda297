// --config FILE and --print-config, which stand anywhere on a command line, like --no-color.
import { W2vError } from '../../errors.ts';
import type { ConfigRequest } from './effective.ts';

/** The command line without them, and what they ask for. Throws `usage` for --config without a file. */
export function takeConfigWords(args: readonly string[]): { rest: string[]; request: ConfigRequest } {
  const rest: string[] = [];
  const request: ConfigRequest = { print: false };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === '--') return { rest: [...rest, ...args.slice(at)], request };
    if (arg === '--print-config') request.print = true;
    else if (arg === '--config') request.config = args[++at] ?? '';
    else if (arg.startsWith('--config=')) request.config = arg.slice('--config='.length);
    else rest.push(arg);
  }
  if (request.config !== '') return { rest, request };
  throw new W2vError('usage', '--config has no file', 'name one, or none: --config FILE, --config none');
}
