/** What a receipt costs: against the same server without a journal, and against node:http that only parses. */
import { EVENTS_PER_BATCH } from './batches.mjs';
import { median, progress, verdict } from './numbers.mjs';
import { startGenerator, startServerProcess } from './processes.mjs';

const CONNECTIONS = 64;
const LEAST_PER_SYNC = 16;

export async function measureThroughput(folders, { rounds, requests }) {
  const servers = {
    bare: await startServerProcess('bare'),
    withoutJournal: await startServerProcess(folders.withoutJournal),
    journal: await startServerProcess(folders.withoutStore, { journalBytes: 1e12 }),
    whole: await startServerProcess(folders.whole, { journalBytes: 1e12 }),
  };
  const generator = startGenerator();
  const results = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
  for (const server of Object.values(servers))
    await generator.run({ port: server.port, connections: CONNECTIONS, requests: 1000 });
  for (let round = 1; round <= rounds; round++) {
    // One after the other, never at once, and in turns, so that a slow minute of the machine meets all of them.
    for (const [name, server] of Object.entries(servers)) {
      results[name].push(await runOnce(server, generator, requests));
    }
    progress(
      `round ${round} of ${rounds}: ${Object.entries(results)
        .map(([name, of]) => `${name} ${Math.round(of.at(-1).cpuUs)} us`)
        .join(', ')}`,
    );
  }
  generator.close();
  for (const server of Object.values(servers)) await server.close();
  report(results);
}

async function runOnce(server, generator, requests) {
  const before = await server.reset();
  const { statuses, seconds } = await generator.run({
    port: server.port,
    connections: CONNECTIONS,
    requests,
  });
  const after = await server.ask();
  if (statuses[200] !== requests) throw new Error(`not all were accepted: ${JSON.stringify(statuses)}`);
  const counted = (name) => (after.metrics[name] ?? 0) - (before.metrics[name] ?? 0);
  return {
    eventsPerSecond: (requests * EVENTS_PER_BATCH) / seconds,
    cpuUs: after.cpuUs / requests,
    batchesPerSync:
      counted('kikubari_journal_batches_total') / Math.max(1, counted('kikubari_journal_syncs_total')),
  };
}

function report({ bare, withoutJournal, journal, whole }) {
  const mid = (of, field) => median(of.map((one) => one[field]));
  // Ratios within a round, so that both halves saw the same machine.
  const ratio = (a, b, field) => median(a.map((one, round) => one[field] / b[round][field]));
  verdict({
    what: 'acknowledged durable events/s, against the same server without a journal',
    ours: mid(journal, 'eventsPerSecond'),
    limit: mid(withoutJournal, 'eventsPerSecond'),
    unit: 'events/s',
    ratio: ratio(journal, withoutJournal, 'eventsPerSecond'),
    must: 0.85,
    atLeast: true,
  });
  verdict({
    what: 'CPU of a request of 50 events until its receipt, against node:http + JSON.parse',
    ours: mid(journal, 'cpuUs'),
    limit: mid(bare, 'cpuUs'),
    unit: 'us',
    ratio: ratio(journal, bare, 'cpuUs'),
    must: 1.7,
  });
  verdict({
    what: `batches per fdatasync at ${CONNECTIONS} connections`,
    ours: mid(journal, 'batchesPerSync'),
    // Each connection waits for its receipt, so no more can wait for one sync.
    limit: CONNECTIONS,
    unit: 'batches',
    ratio: mid(journal, 'batchesPerSync') / CONNECTIONS,
    must: LEAST_PER_SYNC / CONNECTIONS,
    atLeast: true,
  });
  progress(
    `with the store at work beside it: ${Math.round(mid(whole, 'eventsPerSecond')).toLocaleString('en')} events/s, ${Math.round(mid(whole, 'cpuUs'))} us a request in all threads`,
  );
}
