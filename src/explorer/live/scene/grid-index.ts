// Words by place on a map of two axes: square cells, the words of each cell in a row (counting sort), most frequent
// first.

export interface Box {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

export interface GridIndex {
  /** The row nearest to (x, y) within `radius`, in the map's coordinates. */
  nearest(x: number, y: number, radius: number): number | undefined;
  /** Number of words in the cells that the box touches; at least the words in the box. */
  countNear(box: Box): number;
  /** Rows in the cells that the box touches, in no particular order. */
  rowsNear(box: Box): Uint32Array;
}

const WORDS_PER_CELL = 4;

/** `positions`: (V, axes) row-major; only the first two coordinates count. */
export function gridIndex(positions: Float32Array, axes: 2 | 3): GridIndex {
  const V = positions.length / axes;
  const { left, bottom, size } = extent(positions, axes);
  const across = Math.max(1, Math.min(1024, Math.floor(Math.sqrt(V / WORDS_PER_CELL))));
  const perUnit = across / size;
  const column = (x: number) => Math.min(across - 1, Math.max(0, Math.floor((x - left) * perUnit)));
  const line = (y: number) => Math.min(across - 1, Math.max(0, Math.floor((y - bottom) * perUnit)));

  const starts = new Uint32Array(across * across + 1);
  const cells = new Uint32Array(V);
  for (let row = 0; row < V; row++) {
    const cell = line(positions[row * axes + 1]!) * across + column(positions[row * axes]!);
    cells[row] = cell;
    starts[cell + 1]!++;
  }
  for (let cell = 0; cell < across * across; cell++) starts[cell + 1]! += starts[cell]!;
  const rows = new Uint32Array(V);
  const next = starts.slice(0, -1);
  for (let row = 0; row < V; row++) rows[next[cells[row]!]!++] = row;

  /** Words of the cells of each line that the box touches, as ranges of `rows`. */
  function* ranges(box: Box): Generator<[start: number, end: number]> {
    const [first, last] = [column(box.left), column(box.right)];
    for (let at = line(box.bottom); at <= line(box.top); at++) {
      yield [starts[at * across + first]!, starts[at * across + last + 1]!];
    }
  }

  return {
    nearest(x, y, radius) {
      let found: number | undefined;
      let least = radius * radius;
      for (const [start, end] of ranges({ left: x - radius, right: x + radius, bottom: y - radius, top: y + radius })) {
        for (let at = start; at < end; at++) {
          const row = rows[at]!;
          const distance = (positions[row * axes]! - x) ** 2 + (positions[row * axes + 1]! - y) ** 2;
          if (distance > least || (distance === least && found !== undefined && row > found)) continue;
          found = row;
          least = distance;
        }
      }
      return found;
    },
    countNear(box) {
      let count = 0;
      for (const [start, end] of ranges(box)) count += end - start;
      return count;
    },
    rowsNear(box) {
      const found = new Uint32Array(this.countNear(box));
      let count = 0;
      for (const [start, end] of ranges(box)) {
        found.set(rows.subarray(start, end), count);
        count += end - start;
      }
      return found;
    },
  };
}

/** The smallest square from the lower left corner that holds all points. */
function extent(positions: Float32Array, axes: 2 | 3): { left: number; bottom: number; size: number } {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < positions.length; at += axes) {
    const [x, y] = [positions[at]!, positions[at + 1]!];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < bottom) bottom = y;
    if (y > top) top = y;
  }
  const size = Math.max(right - left, top - bottom);
  return size > 0 ? { left, bottom, size: size * (1 + 1e-6) } : { left: left - 1, bottom: bottom - 1, size: 2 };
}
