// Chooses the renderer: WebGL2 where the browser has it, else Canvas 2D.
import { canvasRenderer } from './canvas-renderer.ts';
import type { PointRenderer } from './point-renderer.ts';
import { webglRenderer } from './webgl-renderer.ts';

export function pointRenderer(wanted: 'auto' | 'canvas', events: { lost(): void; restored(): void }): PointRenderer {
  if (wanted === 'canvas') return canvasRenderer();
  try {
    return webglRenderer(events) ?? canvasRenderer();
  } catch {
    // A driver that cannot compile the shaders: the picture is more important than who draws it.
    return canvasRenderer();
  }
}
