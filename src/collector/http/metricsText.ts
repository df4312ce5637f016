import type { Counters } from '../counters.js';
import type { MemoryBudget } from '../ingest/memoryBudget.js';
import type { RateLimit } from '../ingest/rateLimit.js';
import type { Intake } from '../intake.js';

export interface MetricsDeps extends Intake {
  counters: Counters;
  budget: MemoryBudget;
  perAddress: RateLimit;
  perSite: RateLimit;
}

type Kind = 'counter' | 'gauge';

/** Everything there is to know about the way of a batch, as Prometheus reads it. */
export function metricsText(deps: MetricsDeps, connections: number): string {
  return [...batches(deps), ...journal(deps), ...resources(deps, connections)].join('\n') + '\n';
}

function batches({ counters }: MetricsDeps): string[] {
  return [
    ...labelled('batches_total', 'Answers to POST /v1/batch.', 'status', counters.batches),
    ...one('events_accepted_total', 'counter', 'Events acknowledged.', counters.eventsAccepted),
    ...labelled('events_rejected_total', 'Events refused.', 'code', counters.eventsRejected),
    ...one('events_applied_total', 'counter', 'Events that reached the store.', counters.eventsApplied),
    ...one('events_duplicate_total', 'counter', 'Of those, already there.', counters.eventsDuplicate),
    ...one('events_set_aside_total', 'counter', 'Kept in set-aside.ndjson.', counters.eventsSetAside),
    ...one('events_other_name_total', 'counter', 'Stored as $other.', counters.eventsOtherName),
    ...drops(counters),
    ...one('apply_failures_total', 'counter', 'Tries to store that failed.', counters.applyFailures),
  ];
}

/** A gauge: what devices report is theirs since they exist, whatever this process has seen. */
function drops({ eventsDropped }: Counters): string[] {
  const name = 'events_dropped_by_devices';
  const lines = [...eventsDropped].flatMap(([site, reasons]) =>
    [...reasons].map(
      ([reason, events]) => `kikubari_${name}{site="${quoted(site)}",reason="${reason}"} ${events}`,
    ),
  );
  return lines.length > 0
    ? [...head(name, 'gauge', 'Reported by devices as dropped, in all.'), ...lines]
    : [];
}

function quoted(value: string): string {
  return value.replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`));
}

function journal(deps: MetricsDeps): string[] {
  const stats = deps.journal();
  const lag = deps.lag();
  return [
    ...one('journal_lag_events', 'gauge', 'Acknowledged, not yet stored.', lag.events),
    ...one('journal_lag_seconds', 'gauge', 'Age of the oldest of them.', lag.seconds),
    ...one('journal_lag_bytes', 'gauge', 'Their size.', stats.lagBytes),
    ...one('journal_cap_bytes', 'gauge', 'At this size batches get 503.', stats.capBytes),
    ...one('journal_syncs_total', 'counter', 'fdatasync calls that succeeded.', stats.commits),
    ...one('journal_batches_total', 'counter', 'Batches made durable by them.', stats.batches),
    ...one('journal_failures_total', 'counter', 'Writes or syncs that failed.', stats.failures),
    ...one('journal_failing', 'gauge', '1 if the last one failed.', Number(stats.isFailing)),
    ...one('journal_missing_segments', 'gauge', 'Gone with acknowledged events.', stats.missingSegments),
    ...one('store_alive', 'gauge', '0 when the store thread is gone.', Number(deps.store.isAlive())),
  ];
}

function resources({ counters, budget, perAddress, perSite }: MetricsDeps, connections: number): string[] {
  const limiterBytes = perAddress.usedBytes() + perSite.usedBytes();
  const { user, system } = process.cpuUsage();
  return [
    ...one('buffer_bytes', 'gauge', 'Request bodies in memory.', budget.usedBytes()),
    ...one('buffer_peak_bytes', 'gauge', 'The most of them at once.', budget.peakBytes()),
    ...one('limiter_bytes', 'gauge', 'Memory of the rate limits.', limiterBytes),
    ...one('connections', 'gauge', 'Open connections.', connections),
    ...one('connections_refused_total', 'counter', 'Closed at once.', counters.connectionsRefused),
    ...one('resident_bytes', 'gauge', 'Memory of the process.', process.memoryUsage.rss()),
    ...one('cpu_seconds_total', 'counter', 'Processor time.', (user + system) / 1e6),
  ];
}

function one(name: string, kind: Kind, help: string, value: number): string[] {
  return [...head(name, kind, help), `kikubari_${name} ${value}`];
}

function labelled<Key>(
  name: string,
  help: string,
  label: string,
  counts: ReadonlyMap<Key, number>,
): string[] {
  const lines = [...counts].map(([key, count]) => `kikubari_${name}{${label}="${String(key)}"} ${count}`);
  return lines.length > 0 ? [...head(name, 'counter', help), ...lines] : [];
}

function head(name: string, kind: Kind, help: string): string[] {
  return [`# HELP kikubari_${name} ${help}`, `# TYPE kikubari_${name} ${kind}`];
}
