/** Starts shop, console and collector on one port and fills the reports at the first start. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure, root } from '../run.mjs';
import { createProgress } from './progress.mjs';
import { readTraffic, replay, writeTraffic } from './traffic.mjs';
import { welcome } from './welcome.mjs';

const SITE = { key: 'demo-shop', name: 'Demo shop' };

/** The demo's campaign files and the shop's catalogue, straight from `examples`. */
async function readExamples() {
  const folder = join(root, 'examples/campaigns');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const campaigns = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))),
  );
  const catalogue = await import('../../examples/shop/js/products.js');
  const products = catalogue.products.map((product) => ({
    item_id: product.id,
    item_name: product.name.ja,
    item_brand: 'Haoto',
    item_category: product.category,
    price: product.price,
  }));
  return { campaigns, products };
}

/** Replays what is left of the synthetic visits, if this folder is to have any. */
async function fill({ options, url, products, signal }) {
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
    onProgress: createProgress(process.stdout),
  });
  if (process.stdout.isTTY) console.log();
  if (!signal.aborted) console.log(`  ${events} events of ${batches} visits replayed.\n`);
}

async function openServer(options, campaigns) {
  const { startServer } = await import('../../src/collector/dist/server.js');
  const dist = join(root, 'src/collector/dist');
  try {
    return await startServer({
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
    throw new Failure(error.message, { cause: error });
  }
}

/** Runs until Ctrl-C, then writes what is under way and exits 0. */
export async function start(options) {
  const { campaigns, products } = await readExamples();
  const server = await openServer(options, campaigns);
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
  console.log(welcome({ url: server.url, dataDir: options.dataDir, firstAdmin: server.firstAdmin }));
  filling = fill({ options, url: server.url, products, signal: stop.signal }).catch((error) =>
    console.error(
      `\n  The synthetic visits stopped: ${error.message}\n  The shop and the console go on; the next start tries again.`,
    ),
  );
}
