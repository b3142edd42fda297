// The curve 1 / (1 + a x^(2b)) that UMAP uses for the membership at distance x on the map: a and b that fit, by least
// squares over 300 points in 0 .. 3,
//   1 for x < minDist, exp(minDist - x) beyond
// as umap-learn's find_ab_params with a spread of 1. Levenberg (1944) and Marquardt (1963) from a = b = 1.

const POINTS = 300;
const MOST_STEPS = 200;

export function fitCurve(minDist: number): { a: number; b: number } {
  const xs = Array.from({ length: POINTS }, (_, at) => (3 * at) / (POINTS - 1));
  const wanted = xs.map((x) => (x < minDist ? 1 : Math.exp(minDist - x)));
  let [a, b] = [1, 1];
  let damping = 1e-3;
  let { error, aa, ab, bb, ar, br } = normalEquations(xs, wanted, a, b);
  for (let step = 0; step < MOST_STEPS; step++) {
    const [daa, dbb] = [aa * (1 + damping), bb * (1 + damping)];
    const determinant = daa * dbb - ab * ab;
    const [da, db] = [(ar * dbb - br * ab) / determinant, (br * daa - ar * ab) / determinant];
    const tried = normalEquations(xs, wanted, a + da, b + db);
    if (tried.error < error) {
      [a, b] = [a + da, b + db];
      ({ error, aa, ab, bb, ar, br } = tried);
      damping /= 10;
      if (Math.abs(da) + Math.abs(db) < 1e-10) break;
    } else {
      damping *= 10;
      if (damping > 1e12) break;
    }
  }
  return { a, b };
}

/** Sum of squared residuals r, and the sums of products of the derivatives by a and b with each other and with r. */
function normalEquations(xs: readonly number[], wanted: readonly number[], a: number, b: number) {
  const sums = { error: 0, aa: 0, ab: 0, bb: 0, ar: 0, br: 0 };
  xs.forEach((x, at) => {
    const power = x ** (2 * b);
    const value = 1 / (1 + a * power);
    const residual = wanted[at] - value;
    const byA = -power * value * value;
    const byB = x === 0 ? 0 : -2 * a * power * Math.log(x) * value * value;
    sums.error += residual * residual;
    sums.aa += byA * byA;
    sums.ab += byA * byB;
    sums.bb += byB * byB;
    sums.ar += byA * residual;
    sums.br += byB * residual;
  });
  return Number.isNaN(sums.error) ? { ...sums, error: Number.POSITIVE_INFINITY } : sums;
}
