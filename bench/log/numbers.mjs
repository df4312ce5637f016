const verdicts = [];

export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Prints our figure, what the reference took in the same run, the ratio, and the target: of the ratio (`mostRatio`) or of the
 * figure itself (`most`, `least`).
 */
export function verdict({ what, ours, reference, unit, mostRatio, most, least }) {
  const ratio = ours / reference;
  const isGood = mostRatio ? ratio <= mostRatio : most === undefined ? ours >= least : ours <= most;
  verdicts.push(isGood);
  const compared = reference === undefined ? '' : `, ref-idb ${format(reference)}, ratio ${ratio.toFixed(2)}`;
  const limit = mostRatio ?? most ?? least;
  const target = `${mostRatio ? 'ratio ' : ''}${most === undefined && !mostRatio ? '>=' : '<='} ${limit}`;
  console.log(
    `${isGood ? 'ok    ' : 'MISSED'}  ${what}: ${format(ours)} ${unit}${compared} (must be ${target})`,
  );
}

export function allGood() {
  return verdicts.every(Boolean);
}

export function progress(text) {
  console.log(`        ${text}`);
}

export function format(value) {
  return Number.isInteger(value) || value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}
