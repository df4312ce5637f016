/** One server in a process of its own, which tells what it has cost. `node serverProcess.mjs FOLDER|bare`. */
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, limitsJson = '{}'] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'kikubari-bench-'));

const running = folder === 'bare' ? await bare() : await collector();
let atStart = process.cpuUsage();

process.on('message', (question) => {
  if (question === 'reset') atStart = process.cpuUsage();
  const { user, system } = process.cpuUsage(atStart);
  void metrics().then((values) =>
    process.send({ cpuUs: user + system, rss: process.memoryUsage.rss(), metrics: values }),
  );
});
process.send({ port: running.port, scratch });

/** The limit of what Node can do: the body read and parsed, nothing else. */
async function bare() {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString());
      response.setHeader('content-type', 'application/json');
      response.end('{"accepted":50,"rejected":[],"program":1,"commands":[]}');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port };
}

async function collector() {
  const { startServer } = await import(pathToFileURL(join(folder, 'server.js')).href);
  const server = await startServer({
    port: 0,
    dataDir: join(scratch, 'data'),
    sdkDir: scratch,
    consoleDir: scratch,
    site: { key: 'shop', name: 'Shop' },
    trustProxy: 1,
    log: (entry) => entry.level === 'error' && console.error(JSON.stringify(entry)),
    limits: {
      addressPerSecond: 1e9,
      addressBurst: 1e9,
      sitePerSecond: 1e9,
      siteBurst: 1e9,
      ...JSON.parse(limitsJson),
    },
  });
  return { port: Number(new URL(server.url).port), server };
}

async function metrics() {
  if (!running.server) return {};
  const { body } = await running.server.app.inject('/metrics');
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]));
}
