// A page with one scene, as strict as the explorer's own: for tests of the scene alone. `window.scene` is the scene,
// `window.happened` what it reported.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { styleSheet } from '../../src/page/style.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const entry = `
import { createScene } from './src/explorer/live/scene/scene.ts';
window.happened = [];
window.newScene = () => {
  window.scene?.dispose();
  const tell = (name) => (value) => window.happened.push([name, value]);
  window.scene = createScene({ picked: tell('picked'), hovered: tell('hovered'), lassoed: tell('lassoed'), moved: tell('moved') });
  document.querySelector('main').append(window.scene.element);
};`;

/** The page's HTML. Fills the window; `newScene()` makes the scene. */
export async function scenePage(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    write: false,
    bundle: true,
    format: 'iife',
    target: ['es2022'],
  });
  const script = outputFiles[0].text;
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Scene</title>
<meta http-equiv="Content-Security-Policy" content="${policy}"><style>${styleSheet}
main { position: fixed; inset: 0; max-width: none; margin: 0; padding: 0; }</style><main></main><script>${script}</script></html>`;
}
