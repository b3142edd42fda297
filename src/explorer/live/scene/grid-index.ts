// Words by place on the map: square cells, the words of each cell in a row (counting sort), most frequent first.

export interface Box {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

export interface GridIndex {
  /** The row nearest to (x, y) within `radius`, in the map's coordinates. */
  nearest(x: number, y: number, radius: number): number | undefined;
  /** The first `most` rows inside the box, in the order of rows: who gets a label, at any zoom, among millions. */
  rowsIn(box: Box, most: number): number[];
}

const WORDS_PER_CELL = 4;

/** `positions`: (V, 2) row-major. */
export function gridIndex(positions: Float32Array): GridIndex {
  const V = positions.length / 2;
  const { left, bottom, size } = extent(positions);
  const across = Math.max(1, Math.min(1024, Math.floor(Math.sqrt(V / WORDS_PER_CELL))));
  const perUnit = across / size;
  const column = (x: number) => Math.min(across - 1, Math.max(0, Math.floor((x - left) * perUnit)));
  const line = (y: number) => Math.min(across - 1, Math.max(0, Math.floor((y - bottom) * perUnit)));

  const starts = new Uint32Array(across * across + 1);
  const cells = new Uint32Array(V);
  for (let row = 0; row < V; row++) {
    const cell = line(positions[row * 2 + 1]) * across + column(positions[row * 2]);
    cells[row] = cell;
    starts[cell + 1]++;
  }
  for (let cell = 0; cell < across * across; cell++) starts[cell + 1] += starts[cell];
  const rows = new Uint32Array(V);
  const next = starts.slice(0, -1);
  for (let row = 0; row < V; row++) rows[next[cells[row]]++] = row;

  /** Words of the cells of each line that the box touches, as ranges of `rows`. */
  function* ranges(box: Box): Generator<[start: number, end: number]> {
    const [first, last] = [column(box.left), column(box.right)];
    for (let at = line(box.bottom); at <= line(box.top); at++) {
      yield [starts[at * across + first], starts[at * across + last + 1]];
    }
  }

  return {
    nearest(x, y, radius) {
      let found: number | undefined;
      let least = radius * radius;
      for (const [start, end] of ranges({ left: x - radius, right: x + radius, bottom: y - radius, top: y + radius })) {
        for (let at = start; at < end; at++) {
          const row = rows[at];
          const distance = (positions[row * 2] - x) ** 2 + (positions[row * 2 + 1] - y) ** 2;
          if (distance > least || (distance === least && found !== undefined && row > found)) continue;
          found = row;
          least = distance;
        }
      }
      return found;
    },
    rowsIn(box, most) {
      const cells = [...ranges(box)];
      const near = cells.reduce((sum, [start, end]) => sum + end - start, 0);
      const found: number[] = [];
      const take = (row: number) => {
        const [x, y] = [positions[row * 2], positions[row * 2 + 1]];
        if (x >= box.left && x <= box.right && y >= box.bottom && y <= box.top) found.push(row);
        return found.length < most;
      };
      // Either all rows in order until enough are found, or those of the cells, sorted: whichever looks at fewer.
      if (near > 0 && most * (V / near) < near) {
        for (let row = 0; row < V && take(row); row++);
      } else {
        const sorted = new Uint32Array(near);
        let count = 0;
        for (const [start, end] of cells) {
          sorted.set(rows.subarray(start, end), count);
          count += end - start;
        }
        for (const row of sorted.sort()) if (!take(row)) break;
      }
      return found;
    },
  };
}

/** The smallest square from the lower left corner that holds all points. */
function extent(positions: Float32Array): { left: number; bottom: number; size: number } {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < positions.length; at += 2) {
    const [x, y] = [positions[at], positions[at + 1]];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < bottom) bottom = y;
    if (y > top) top = y;
  }
  const size = Math.max(right - left, top - bottom);
  return size > 0 ? { left, bottom, size: size * (1 + 1e-6) } : { left: left - 1, bottom: bottom - 1, size: 2 };
}
