import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../scripts/run.mjs';

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
 * Prints our figure, what the reference (`against`) took in the same run, the ratio, and the target: of the ratio (`mostRatio`,
 * `leastRatio`) or of the figure itself (`most`, `least`).
 */
export function verdict({ what, ours, reference, against = 'ref-idb', unit, ...targets }) {
  const ratio = reference === undefined ? undefined : ours / reference;
  const { isGood, target } = judge(ours, ratio, targets);
  verdicts.push({ what, ours, reference, against, ratio, unit, target, isGood });
  const compared = ratio === undefined ? '' : `, ${against} ${format(reference)}, ratio ${format(ratio, 2)}`;
  console.log(
    `${isGood ? 'ok    ' : 'MISSED'}  ${what}: ${format(ours)} ${unit}${compared} (must be ${target})`,
  );
}

function judge(ours, ratio, { mostRatio, leastRatio, most, least }) {
  if (mostRatio) return { isGood: ratio <= mostRatio, target: `<= ${mostRatio} x` };
  if (leastRatio) return { isGood: ratio >= leastRatio, target: `>= ${leastRatio} x` };
  if (most !== undefined) return { isGood: ours <= most, target: `<= ${most}` };
  return { isGood: ours >= least, target: `>= ${least}` };
}

export function allGood() {
  return verdicts.every(({ isGood }) => isGood);
}

/** Everything measured, as a table for a document. */
export function printTable() {
  const rows = verdicts.map(({ what, ours, reference, against, ratio, unit, target, isGood }) => [
    `${what}, ${unit}`,
    format(ours),
    reference === undefined ? '' : `${against}: ${format(reference)}`,
    ratio === undefined ? '' : format(ratio, 2),
    target,
    isGood ? 'ok' : '**missed**',
  ]);
  const head = ['what', 'ours', 'reference', 'ratio', 'target', 'verdict'];
  console.log(
    ['', head, head.map(() => '---'), ...rows].map((row) => row && `| ${row.join(' | ')} |`).join('\n'),
  );
}

const KEPT = join(cacheFolder, 'benchLog.json');

/** The newest figure of each name, for `peers.mjs`. */
export function figures() {
  return existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : {};
}

export function keepFigures() {
  const measured = Object.fromEntries(verdicts.map((verdict) => [verdict.what, verdict]));
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(KEPT, JSON.stringify({ ...figures(), ...measured }, null, 1));
}

export function progress(text) {
  console.log(`        ${text}`);
}

export function format(value, digits = 1) {
  return Number.isInteger(value) || value >= 100
    ? Math.round(value).toLocaleString('en')
    : value.toFixed(digits);
}
