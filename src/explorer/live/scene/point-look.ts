// How large and how opaque points are drawn: by how far apart they would be if they were spread evenly.
import { pixelsPerUnit, type Viewport } from './view-transform.ts';

export interface PointLook {
  /** Diameter in CSS pixels. */
  size: number;
  /** 0 .. 1; less where many points overlap, so that dense places look denser. */
  opacity: number;
}

export function pointLook(V: number, zoom: number, axes: 2 | 3, viewport: Viewport): PointLook {
  const apart = (2 * pixelsPerUnit(zoom, axes, viewport)) / Math.sqrt(Math.max(1, V));
  return {
    size: Math.min(9, Math.max(1, 1.2 * Math.sqrt(apart))),
    opacity: Math.min(1, Math.max(0.3, 0.42 * apart ** 0.4)),
  };
}
