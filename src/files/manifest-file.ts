// What a manifest is: the one definition by which files are recognized as manifests of w2v (of any version), left out of
// a corpus, and removed with the vectors that they belonged to. Their content is in src/formats/manifest.ts.

/** Bytes. The manifest of a corpus of 200,000 files has 9 MB. */
export const LARGEST_MANIFEST = 1 << 26;

/** Whether a value read from JSON is a manifest: it begins with the version, and says what was made and how. */
export function isManifest(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Object.keys(value)[0] !== 'version') return false;
  const { version, command, route, vocabulary } = value as Record<string, unknown>;
  return [version, command, route].every((each) => typeof each === 'string') && typeof vocabulary === 'number';
}
