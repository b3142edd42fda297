// Locates built files, both from dist/ and from src/.

/** The location of a built file: kernels and workers run from dist/, even if this code runs from src/ (in tests). */
export function builtFile(relative: string, from: string): URL {
  const { href } = new URL(relative, from);
  const source = href.lastIndexOf('/src/'); // the last: the project itself may lie below a folder of that name
  if (!from.endsWith('.ts') || source < 0) return new URL(href);
  return new URL(`${href.slice(0, source)}/dist/${href.slice(source + '/src/'.length)}`.replace(/\.ts$/, '.js'));
}
