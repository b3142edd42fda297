// Locates the files of the package, such as kernels, the scripts of threads, and the catalog.

/** `path` from the folder of the package. This file lies one level below it: in src/, in build/, and bundled in dist/. */
export function packageFile(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}
