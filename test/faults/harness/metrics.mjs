/** What the collector says of itself in `/metrics`, held to what is in its store. */
import { until } from './waiting.mjs';

const STORED_MS = 120_000;

/** Values by name, summed over labels. */
export async function readMetrics({ url }) {
  const text = await fetch(`${url}/metrics`).then((response) => response.text());
  const metrics = {};
  for (const [, name, value] of text.matchAll(/^kikubari_(\w+)(?:\{.*\})? (\S+)$/gm))
    metrics[name] = (metrics[name] ?? 0) + Number(value);
  return metrics;
}

/** The metrics when everything acknowledged is stored, just before the collector is stopped. */
export function settledMetrics(collector) {
  return until(
    async () => {
      const metrics = await readMetrics(collector);
      // A batch that tells of drops alone has no events.
      return metrics.journal_lag_events === 0 && metrics.journal_lag_bytes === 0 && metrics;
    },
    'the journal to be stored',
    STORED_MS,
  );
}

/** Where metrics and store disagree; counters begin at a start, so those of a collector started again tell less. */
export function judgeMetrics(metrics, { events, drops }, isFirstStart) {
  const problems = [];
  const compare = (what, told, found) => {
    if (told !== found) problems.push(`/metrics: ${told} ${what}, ${found} in the store`);
  };
  const total = drops.reduce((sum, one) => sum + one.total, 0);
  compare('events dropped by devices', metrics.events_dropped_by_devices ?? 0, total);
  compare('segments missing', metrics.journal_missing_segments, 0);
  if (!isFirstStart) return problems;
  compare('events stored', metrics.events_applied_total - metrics.events_duplicate_total, events.length);
  // A write that failed may be on disk all the same.
  if (metrics.journal_failures_total === 0)
    compare('events acknowledged', metrics.events_accepted_total, metrics.events_applied_total);
  return problems;
}
