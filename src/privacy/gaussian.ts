/**
 * The exact trade-off of the continuous Gaussian mechanism (Balle and Wang 2018, arXiv:1805.06530, theorem 8), which the
 * audit of the noise is made with: delta(epsilon) = Phi(m/2 - epsilon/m) - e^epsilon Phi(-m/2 - epsilon/m), m = D/sigma.
 */
export function deltaForGaussian(sigma: number, sensitivity: number, epsilon: number): number {
  const mu = sensitivity / sigma;
  return normalTail(epsilon / mu - mu / 2) - Math.exp(epsilon + logNormalTail(epsilon / mu + mu / 2));
}

/** The smallest standard deviation with delta(epsilon) at most `delta`; by halving, to 1e-12 relative. */
export function sigmaForGaussian(epsilon: number, delta: number, sensitivity: number): number {
  let low = 1e-6 * sensitivity;
  let high = sensitivity;
  while (deltaForGaussian(high, sensitivity, epsilon) > delta) high *= 2;
  while ((high - low) / high > 1e-12) {
    const middle = (low + high) / 2;
    if (deltaForGaussian(middle, sensitivity, epsilon) > delta) low = middle;
    else high = middle;
  }
  return high;
}

/** P(Z > x) of a standard normal Z, relative error below 1e-13. */
export function normalTail(x: number): number {
  return x < 0 ? 1 - normalTail(-x) : Math.exp(logNormalTail(x));
}

/** log P(Z > x), for any x; by a series below 2.5 and Lentz' continued fraction above (Abramowitz and Stegun 26.2). */
export function logNormalTail(x: number): number {
  if (x < 0) return Math.log1p(-Math.exp(logNormalTail(-x)));
  const logDensity = -(x * x) / 2 - Math.log(Math.sqrt(2 * Math.PI));
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let k = 1; Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
      term *= (x * x) / (2 * k + 1);
      sum += term;
    }
    return Math.log(0.5 - Math.exp(logDensity) * sum);
  }
  let fraction = 0;
  for (let k = 200; k >= 1; k--) fraction = k / (x + fraction);
  return logDensity - Math.log(x + fraction);
}

/** The x with P(Z < x) = `share`; by halving, to 1e-13. */
export function normalQuantile(share: number): number {
  if (!(share > 0 && share < 1)) throw new RangeError(`expected a share between 0 and 1, got ${share}`);
  let low = -40;
  let high = 40;
  while (high - low > 1e-13) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (normalTail(-middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
