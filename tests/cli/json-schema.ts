// The schemas of docs/json.md, and what a document has against one.
import { readFileSync } from 'node:fs';

type Schema = string | [Schema] | { [name: string]: Schema };

/** By command, as the page has them under its headings. */
export function documentedSchemas(): Map<string, Schema> {
  const page = readFileSync(new URL('../../docs/json.md', import.meta.url), 'utf8');
  const sections = [...page.matchAll(/^## (.+)\n[^#]*?```json\n([^`]+)```/gm)];
  return new Map(sections.map(([, command, schema]) => [command!, JSON.parse(schema!)]));
}

/** Every place where `value` is not what `schema` says; none where it fits. */
export function misfits(value: unknown, schema: Schema, at = '$'): string[] {
  if (typeof schema === 'string') {
    const fits = schema.split(' | ').some((type) => isOfType(value, type));
    return fits ? [] : [`${at}: ${JSON.stringify(value)} is not ${schema}`];
  }
  if (Array.isArray(schema)) {
    if (!Array.isArray(value)) return [`${at}: not a list`];
    return value.flatMap((item, index) => misfits(item, schema[0], `${at}[${index}]`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: not an object`];
  const found: string[] = [];
  for (const name of Object.keys(schema)) {
    if (!/[?*]$/.test(name) && !(name in value)) found.push(`${at}.${name} is missing`);
  }
  for (const [name, item] of Object.entries(value)) {
    const expected = schema[name] ?? schema[`${name}?`] ?? schema['*'];
    if (expected === undefined) found.push(`${at}.${name} is not documented`);
    else found.push(...misfits(item, expected, `${at}.${name}`));
  }
  return found;
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'any') return true;
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isSafeInteger(value);
  return typeof value === type && value !== null;
}
