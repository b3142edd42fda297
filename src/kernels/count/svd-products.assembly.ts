// The matrix products of the truncated SVD (src/count/svd/truncated-svd.ts): with the sparse matrix, and between thin
// dense ones.

export { combine, multiplyRight, project } from './svd-dense.assembly';
export { multiply, multiplyNormal, sumOfSquares } from './svd-sparse.assembly';
