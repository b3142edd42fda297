// Chooses the renderer: WebGL2 on a graphics card, else Canvas 2D. A WebGL2 that computes on the processor takes some
// eight times as long for a point as our own loop over pixels does (bench/scene.js), so that it draws only where it is
// asked for.
import { canvasRenderer } from './canvas-renderer.ts';
import type { PointRenderer } from './point-renderer.ts';
import type { RendererChoice } from './scene.ts';
import { webglRenderer } from './webgl-renderer.ts';

export function pointRenderer(wanted: RendererChoice, events: { lost(): void; restored(): void }): PointRenderer {
  if (wanted === 'canvas') return canvasRenderer();
  try {
    return webglRenderer(events, { inSoftware: wanted === 'webgl2' }) ?? canvasRenderer();
  } catch {
    // A driver that cannot compile the shaders: the picture is more important than who draws it.
    return canvasRenderer();
  }
}
