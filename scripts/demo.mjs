/**
 * `npm run demo`: everything on one port, from a fresh clone. Plain Node up to the point where the dependencies are there.
 */
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SITE = { key: 'demo-shop', name: 'Demo shop' };
const HELP = `npm run demo -- [options]

  --port PORT       port to listen on (default 4600; 0 picks a free one)
  --data DIR        where events, campaigns and accounts are kept (default .kikubari)
  --traffic DAYS    days of synthetic visits at the first start, 0-28 (default 14)
  --host ADDRESS    address to listen on (default 127.0.0.1: this machine only)
`;

function fail(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        port: { type: 'string', default: '4600' },
        data: { type: 'string', default: join(root, '.kikubari') },
        traffic: { type: 'string', default: '14' },
        host: { type: 'string', default: '127.0.0.1' },
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (error) {
    fail(`${error.message}\n\n${HELP}`);
  }
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535)
    fail(`--port ${values.port} is not a port; give a number from 0 to 65535.`);
  const days = Number(values.traffic);
  if (!/^\d+$/.test(values.traffic) || days > 28) fail(`--traffic ${values.traffic} is not 0 to 28 days.`);
  return { port, host: values.host, dataDir: resolve(values.data), days };
}

/** The demo's campaign files and the shop's catalogue, straight from `examples`. */
async function readExamples() {
  const folder = join(root, 'examples/campaigns');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const campaigns = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))),
  );
  const catalogue = await import('../examples/shop/js/products.js');
  const products = catalogue.products.map((product) => ({
    item_id: product.id,
    item_name: product.name.ja,
    item_brand: 'Haoto',
    item_category: product.category,
    price: product.price,
  }));
  return { campaigns, products };
}

function say({ url, dataDir, firstAdmin }) {
  const lines = [
    '',
    `  Demo shop   ${url}/shop/`,
    `  Console     ${url}/console/`,
    ...(firstAdmin
      ? [
          `  Sign in as  ${firstAdmin.email}`,
          `  Password    ${firstAdmin.password}   (shown only now: write it down)`,
        ]
      : ['  Sign in as  admin@localhost, with the password shown at the first start']),
    `  Data        ${dataDir}`,
    '',
    '  Ctrl-C stops it; nothing is lost.',
    '',
  ];
  console.log(lines.join('\n'));
}

function showProgress(sent, all) {
  const done = Math.floor((sent / all) * 30);
  const bar = '█'.repeat(done) + '░'.repeat(30 - done);
  const line = `  Synthetic visits ${bar} ${sent} of ${all}`;
  if (process.stdout.isTTY) process.stdout.write(`\r${line}`);
  else if (sent === all || sent % Math.ceil(all / 5) === 0) console.log(line);
}

/** Replays what is left of the synthetic visits, if this folder is to have any. */
async function fill({ options, url, products, signal }) {
  const { readTraffic, writeTraffic, replay } = await import('./demo/traffic.mjs');
  let traffic = await readTraffic(options.dataDir);
  if (!traffic) {
    traffic = { days: options.days, untilMs: Date.now(), sent: 0, done: options.days === 0 };
    await writeTraffic(options.dataDir, traffic);
  }
  if (traffic.done) return;
  console.log(`  The shop is open; meanwhile ${traffic.days} days of synthetic visits are being replayed.`);
  const { batches, events } = await replay({
    url,
    site: SITE.key,
    traffic,
    dataDir: options.dataDir,
    products,
    signal,
    onProgress: showProgress,
  });
  if (process.stdout.isTTY) console.log();
  if (!signal.aborted) console.log(`  ${events} events of ${batches} visits replayed.\n`);
}

const { ensureNode, ensureDependencies } = await import('./ensure.mjs');
ensureNode();
const options = readOptions();
await mkdir(options.dataDir, { recursive: true }).catch((error) =>
  fail(
    `The data folder ${options.dataDir} cannot be made (${error.code}); choose another one with --data DIR.`,
  ),
);
await ensureDependencies();
await (await import('./build.mjs')).build();

const dist = join(root, 'src/collector/dist');
const { startServer } = await import(new URL('../src/collector/dist/server.js', import.meta.url).href);
const { campaigns, products } = await readExamples();
let server;
try {
  server = await startServer({
    port: options.port,
    host: options.host,
    dataDir: options.dataDir,
    sdkDir: join(dist, 'sdk'),
    consoleDir: join(dist, 'console'),
    site: SITE,
    campaigns,
    extraStatic: { prefix: '/shop/', dir: join(root, 'examples/shop') },
    root: '/shop/',
    log: () => {},
  });
} catch (error) {
  fail(error.message);
}
say({ url: server.url, dataDir: options.dataDir, firstAdmin: server.firstAdmin });

const stop = new AbortController();
let filling = Promise.resolve();
const close = async () => {
  if (stop.signal.aborted) return;
  stop.abort();
  console.log('\n  Stopping: writing what is under way …');
  await filling;
  await server.close();
  process.exit(0);
};
process.on('SIGINT', close);
process.on('SIGTERM', close);
filling = fill({ options, url: server.url, products, signal: stop.signal }).catch((error) =>
  console.error(
    `\n  The synthetic visits stopped: ${error.message}\n  The shop and the console go on; the next start tries again.`,
  ),
);
