// The lasso: a polygon drawn by hand, and which points are inside it.

/** Corners in CSS pixels. */
export type Polygon = readonly { x: number; y: number }[];

/** Even-odd rule: a ray to the right crosses the closed polygon's sides an odd number of times. */
export function isInside(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  for (let at = 0, before = polygon.length - 1; at < polygon.length; before = at++) {
    const [a, b] = [polygon[at]!, polygon[before]!];
    if (a.y > y !== b.y > y && x < a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y)) inside = !inside;
  }
  return inside;
}

/** The smallest rectangle around the polygon. */
export function boundsOf(polygon: Polygon): { left: number; right: number; top: number; bottom: number } {
  const [xs, ys] = [polygon.map(({ x }) => x), polygon.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** Leaves out corners closer than `step` pixels to the one before: a slow hand makes thousands. */
export function withCorner(polygon: Polygon, corner: { x: number; y: number }, step = 3): Polygon {
  const last = polygon.at(-1);
  return last && Math.hypot(corner.x - last.x, corner.y - last.y) < step ? polygon : [...polygon, corner];
}
