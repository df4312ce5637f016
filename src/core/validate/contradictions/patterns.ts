import { MAX_STEPS, stepsOf } from '../../pattern.js';
import type { Report } from '../report.js';

/** So many of the slowest patterns that are admitted, each of which a page waits for some milliseconds. */
const AT_MOST = 4;

/** Warns of patterns that are admitted one by one, and together keep a page waiting. */
export function warnOfPatterns(asked: unknown, path: string, report: Report): void {
  const patterns = new Set<string>();
  collect(asked, patterns);
  let steps = 0;
  for (const pattern of patterns) steps += stepsOf(pattern);
  if (steps > AT_MOST * MAX_STEPS)
    report(
      path,
      asked,
      'has patterns that together may keep a page waiting; change them to begin with ^, or use startsWith, endsWith or contains',
      'warning',
    );
}

function collect(value: unknown, patterns: Set<string>): void {
  if (!value || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value) as [string, unknown][])
    if (key === 'matches' && typeof inner === 'string') patterns.add(inner);
    else collect(inner, patterns);
}
