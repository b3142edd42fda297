// npm run pack: makes w2v-VERSION.tgz, the package of this clone, for `npm install`. Plain `npm pack` would not build,
// since .npmrc lets npm run no scripts on its own. Arguments go to npm: npm run pack -- --pack-destination DIR
import { bootstrap, npm, run } from './bootstrap.js';

await bootstrap({ tensorflow: false });
process.exitCode = await run([...npm, 'pack', '--loglevel=error', ...process.argv.slice(2)]);
