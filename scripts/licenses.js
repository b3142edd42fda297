// Writes docs/licenses.md, the list of all that ships with w2v: node scripts/licenses.js
// From package-lock.json and corpora/*.json.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs', 'licenses.md');
const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

/** The packages that `npm install w2v` installs, from the lock file: name, version, license, hash, scripts. */
export function shippedPackages() {
  const { packages } = readJson('package-lock.json');
  return Object.entries(packages)
    .filter(([path, { dev, devOptional, optional, peer }]) => path !== '' && !dev && !devOptional && !optional && !peer)
    .map(([path, { version, license, integrity, hasInstallScript = false }]) => {
      return { name: path.split('node_modules/').at(-1), version, license, integrity, hasInstallScript };
    })
    .sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/**
 * The texts and test sets of the catalog; `ships`: it is in the package, others are fetched when they are asked for.
 */
export function catalogTexts() {
  return readdirSync(join(root, 'corpora'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => readJson('corpora', file))
    .map(({ name, license, source }) => ({ name, license, ships: 'packed' in source }));
}

const table = (columns, rows) =>
  [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

function licensesPage() {
  const packages = shippedPackages().map(({ name, version, license }) => [`\`${name}\``, version, license]);
  const texts = catalogTexts().map(({ name, license, ships }) => [`\`${name}\``, license, ships ? 'yes' : 'no']);
  return `# What ships, and under which license

Made by \`node scripts/licenses.js\` from \`package-lock.json\` and \`corpora/\`. For other formats, npm makes a bill of
materials from the same lock file: \`npm sbom --omit=dev --sbom-format=spdx\` (or \`cyclonedx\`).

w2v itself is under the MIT license ([LICENSE](../LICENSE)).

## Packages
What \`npm install\` installs beside w2v. None of them has an install script. \`package-lock.json\` has the SHA-512 of
each, which npm checks.

${table(['package', 'version', 'license'], packages)}

Other packages are optional and installed on request: \`@tensorflow/tfjs-node\` (Apache-2.0) by \`w2v setup\`, which also
fetches libtensorflow (Apache-2.0); and by \`npm install\` \`usearch\` (Apache-2.0), the tokenizers \`garu-ko\` (MIT),
\`@patdx/kuromoji\` (Apache-2.0, with the dictionary IPADIC under its own license) and \`@node-rs/jieba\` (MIT), and for
Spark (\`--on\`) \`@connectrpc/connect\` and \`@connectrpc/connect-node\` (Apache-2.0), \`@bufbuild/protobuf\` (Apache-2.0 and
BSD-3-Clause) and \`@uwdata/flechette\` (BSD-3-Clause).

## Texts and data
In the package are also \`corpora/harbour.txt\`, written for w2v (MIT), and WordNet's exception lists
(\`corpora/wordnet/LICENSE\`). The catalog (\`w2v corpus list\`):

${table(['text', 'license', 'in the package'], texts)}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, licensesPage());
