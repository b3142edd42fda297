// Validates JSON from files: a shape for each field, and a description of the first mismatch.

/** Undefined if the value matches; otherwise a description of the mismatch, with its name `path` ('engine.name'). */
export type Shape = (value: unknown, path: string) => string | undefined;

const MOST_LEVELS = 64;

/** What `fits`, with its description. */
export function shape(expected: string, fits: (value: unknown) => boolean): Shape {
  return (value, path) => {
    if (fits(value)) return undefined;
    return value === undefined ? `"${path}" is missing, expected ${expected}` : `"${path}" is not ${expected}`;
  };
}

export const text = shape('text', (value) => typeof value === 'string');
export const finite = shape('a number', Number.isFinite);
export const amount = shape('a number, 0 or more', (value) => Number.isFinite(value) && (value as number) >= 0);
export const isNatural = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
export const natural = shape('a whole number, 0 or more', isNatural);
/** A list of millions of them, which `listOf` would name one by one. */
export const amounts = shape(
  'a list of numbers, 0 or more',
  (value) => Array.isArray(value) && value.every((one) => Number.isFinite(one) && one >= 0),
);
/** Any JSON value, for fields that are only shown or passed on. */
export const anything: Shape = () => undefined;

export function oneOf(...values: readonly string[]): Shape {
  return shape(values.join(' or '), (value) => values.includes(value as string));
}

export function optional(inner: Shape): Shape {
  return (value, path) => (value === undefined ? undefined : inner(value, path));
}

export function listOf(inner: Shape): Shape {
  const list = shape('a list', Array.isArray);
  return (value, path) => list(value, path) ?? first(value as unknown[], inner, path);
}

/** An object with any keys and values of one shape. */
export function recordOf(inner: Shape): Shape {
  return (value, path) => object(value, path) ?? first(value as Record<string, unknown>, inner, path);
}

/** An object with these fields; other fields are allowed. */
export function fieldsOf<Name extends string>(fields: Record<Name, Shape>): Shape {
  return (value, path) => {
    const misfit = object(value, path);
    if (misfit !== undefined) return misfit;
    for (const [name, inner] of Object.entries<Shape>(fields)) {
      const own = Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : undefined;
      const wrong = inner(own, path === '' ? name : `${path}.${name}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

const object: Shape = (value, path) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return undefined;
  return path === '' ? 'expected an object' : shape('an object', () => false)(value, path);
};

function first(values: object, inner: Shape, path: string): string | undefined {
  for (const [name, value] of Object.entries(values)) {
    const wrong = inner(value, `${path}.${name.slice(0, 40)}`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Whether lists and objects are nested so deeply that writing them as JSON could fail. */
export function isDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) return true;
    const inner: unknown[] = [];
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue;
      for (const child of Object.values(one)) if (typeof child === 'object' && child !== null) inner.push(child);
    }
    level = inner;
  }
  return false;
}
