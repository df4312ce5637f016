export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const verdicts = [];

/** Prints our figure, the limit measured beside it, the ratio and what it must be. */
export function verdict({ what, ours, limit, unit, ratio, must, atLeast = false }) {
  const good = atLeast ? ratio >= must : ratio <= must;
  verdicts.push(good);
  const figures = [ours, limit].map((value) => (value === undefined ? '' : `${format(value)} ${unit}`));
  const compared =
    limit === undefined ? figures[0] : `${figures[0]}, limit ${figures[1]}, ratio ${ratio.toFixed(2)}`;
  console.log(
    `${good ? 'ok    ' : 'MISSED'}  ${what}: ${compared} (must be ${atLeast ? '>=' : '<='} ${must})`,
  );
}

export function allGood() {
  return verdicts.every(Boolean);
}

function format(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}

export function progress(text) {
  console.log(`        ${text}`);
}
