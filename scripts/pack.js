// npm run pack: makes w2v-VERSION.tgz, the package of this clone, for `npm install`. Plain `npm pack` would not build,
// since .npmrc lets npm run no scripts on its own. Arguments go to npm: npm run pack -- --pack-destination DIR
import { npm, ready, run } from './bootstrap.js';

await ready();
process.exitCode = await run([...npm, 'pack', '--loglevel=error', ...process.argv.slice(2)]);
