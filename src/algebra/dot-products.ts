// Computes inner products of matrix rows with a query: the only arithmetic of an exact search that grows with the file.

/**
 * products[row - first] = matrix[row] . query for rows first .. last - 1 of D numbers.
 *
 * Each sum runs in doubles from the first column to the last, so a row has the same product in every block.
 */
export function dotProducts(
  matrix: Float32Array,
  dimensions: number,
  first: number,
  last: number,
  query: Float64Array,
  products: Float64Array,
): void {
  let row = first;
  // Four independent sums: with a single one, each addition would wait for the previous one, four times as long.
  for (; row + 3 < last; row += 4) fourRows(matrix, row * dimensions, dimensions, query, products, row - first);
  for (; row < last; row++) {
    let sum = 0;
    for (let column = 0; column < dimensions; column++) sum += matrix[row * dimensions + column] * query[column];
    products[row - first] = sum;
  }
}

function fourRows(
  matrix: Float32Array,
  start: number,
  dimensions: number,
  query: Float64Array,
  products: Float64Array,
  out: number,
): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let column = 0; column < dimensions; column++) {
    const at = start + column;
    const x = query[column];
    a += matrix[at] * x;
    b += matrix[at + dimensions] * x;
    c += matrix[at + 2 * dimensions] * x;
    d += matrix[at + 3 * dimensions] * x;
  }
  products[out] = a;
  products[out + 1] = b;
  products[out + 2] = c;
  products[out + 3] = d;
}
