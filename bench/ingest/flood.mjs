/** More than the collector can store, for minutes: what it holds in memory, and whether an event costs more at the end. */
import { progress, verdict } from './numbers.mjs';
import { startGenerator, startServerProcess } from './processes.mjs';

const MIB = 1024 * 1024;
const ADDRESSES = 100_000;

export async function measureFlood(folders, { minutes }) {
  const server = await startServerProcess(folders.whole);
  const generator = startGenerator();
  const results = [];
  // The first minute fills the journal; what follows is the steady state.
  for (let minute = 1; minute <= minutes; minute++) {
    const result = await runMinute(server, generator);
    results.push(result);
    progress(
      `minute ${minute} of ${minutes}: ${thousands(result.accepted)} events acknowledged, ${thousands(result.applied)} stored, ` +
        `${result.refused} times 503, ${result.cpuUs.toFixed(1)} us CPU a stored event, ${Math.round(result.rss / MIB)} MiB resident, ` +
        `${(result.counted / MIB).toFixed(1)} MiB counted, lag ${result.lagSeconds.toFixed(0)} s`,
    );
  }
  generator.close();
  await server.close();
  report(results);
}

async function runMinute(server, generator) {
  const before = await server.reset();
  let rss = 0;
  const watch = setInterval(
    () => void server.ask().then((answer) => (rss = Math.max(rss, answer.rss))),
    1000,
  );
  const { statuses } = await generator.run({
    port: server.port,
    connections: 64,
    seconds: 60,
    addresses: ADDRESSES,
  });
  clearInterval(watch);
  const after = await server.ask();
  const change = (name) => after.metrics[`kikubari_${name}`] - (before.metrics[`kikubari_${name}`] ?? 0);
  const applied = change('events_applied_total');
  return {
    accepted: change('events_accepted_total'),
    applied,
    refused: statuses[503] ?? 0,
    cpuUs: after.cpuUs / applied,
    rss: Math.max(rss, after.rss),
    counted: after.metrics.kikubari_buffer_peak_bytes + after.metrics.kikubari_limiter_bytes,
    lagSeconds: after.metrics.kikubari_journal_lag_seconds,
  };
}

function report(results) {
  const most = (field) => Math.max(...results.map((one) => one[field]));
  verdict({
    what: 'bodies and rate limits in memory at once, counted',
    ours: most('counted') / MIB,
    unit: 'MiB',
    ratio: most('counted') / MIB,
    must: 64,
  });
  verdict({
    what: 'memory of the process',
    ours: most('rss') / MIB,
    unit: 'MiB',
    ratio: most('rss') / MIB,
    must: 768,
  });
  const [, steady] = results;
  const last = results.at(-1);
  if (last === steady || !steady)
    return progress('not measured: whether anything grows with the minutes (--flood 10)');
  verdict({
    what: `memory of the process in minute ${results.length}, against minute 2`,
    ours: last.rss / MIB,
    limit: steady.rss / MIB,
    unit: 'MiB',
    ratio: last.rss / steady.rss,
    must: 1.15,
  });
  verdict({
    what: `CPU of a stored event in minute ${results.length}, against minute 2`,
    ours: last.cpuUs,
    limit: steady.cpuUs,
    unit: 'us',
    ratio: last.cpuUs / steady.cpuUs,
    must: 1.15,
  });
}

function thousands(value) {
  return Math.round(value).toLocaleString('en');
}
