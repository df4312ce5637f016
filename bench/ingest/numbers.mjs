export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const rows = [];

/** Notes our figure, the limit measured beside it if there is one, the ratio and what it must be; prints it at once. */
export function verdict({ what, ours, limit, unit, ratio, must, atLeast = false }) {
  const isGood = atLeast ? ratio >= must : ratio <= must;
  const withUnit = (value) => (value === undefined ? '-' : `${format(value)} ${unit}`);
  const row = {
    what,
    ours: withUnit(ours),
    limit: withUnit(limit),
    // Without a limit the figure itself is held to its target.
    ratio: limit === undefined ? '-' : ratio.toFixed(2),
    target: `${atLeast ? '>=' : '<='} ${must}`,
    verdict: isGood ? 'ok' : 'MISSED',
  };
  rows.push({ ...row, isGood });
  progress(`${row.verdict}: ${what}: ${row.ours}, limit ${row.limit}, ratio ${row.ratio}`);
}

/** All that was noted, a line each. */
export function printTable() {
  const columns = ['what', 'ours', 'limit', 'ratio', 'target', 'verdict'];
  const head = Object.fromEntries(columns.map((name) => [name, name]));
  const widthOf = (name) => Math.max(...[head, ...rows].map((row) => row[name].length));
  const widths = columns.map(widthOf);
  const line = (row) =>
    columns.map((name, at) => row[name][at === 0 ? 'padEnd' : 'padStart'](widths[at])).join('  ');
  console.log(['', line(head), ...rows.map(line)].join('\n'));
}

export function allGood() {
  return rows.every(({ isGood }) => isGood);
}

function format(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}

export function progress(text) {
  console.log(`        ${text}`);
}
