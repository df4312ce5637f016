/** `npm run size`: measures the built SDK against its budgets (`size-limit` in package.json) and shows bytes per room. */
import { buildSdk } from './build.mjs';
import { ensureDependencies, ensureNode } from './ensure.mjs';
import { isMain, root, runMain } from './run.mjs';

async function main() {
  ensureNode();
  await ensureDependencies();
  await buildSdk();
  // These need what is installed, so they load only now.
  const { kilobytes, measure, readBudgets } = await import('./size/budgets.mjs');
  const { bytesPerRoom } = await import('./size/bytesPerRoom.mjs');
  const { bundleNpmEntries } = await import('./size/npmEntry.mjs');
  await bundleNpmEntries();

  console.log('\nBytes per room (source after tree-shaking; brotli shared out by it)');
  console.table(bytesPerRoom());

  const results = [];
  for (const budget of readBudgets(root)) results.push(await measure(root, budget));
  for (const { name, sizeBytes, limitBytes, absent, files, isWithin, isAccepted } of results) {
    const found = absent.length > 0 ? `no file ${absent.join(', ')}` : `${kilobytes(sizeBytes)} brotli`;
    console.log(
      `${name}: ${found}, budget ${kilobytes(limitBytes)}${isWithin ? '' : isAccepted ? ' OVER, on record in docs/adr/0004' : ' EXCEEDED'} (${files.join(' + ')})`,
    );
  }
  const over = results.filter(({ isWithin }) => !isWithin);
  const exceeded = over.filter(({ isAccepted }) => !isAccepted);
  console.log(
    over.length === 0
      ? 'size: within all budgets'
      : exceeded.length === 0
        ? `size: ${over.length} budget(s) owed, none worse than on record`
        : `size: ${exceeded.length} budget(s) exceeded`,
  );
  return exceeded.length === 0 ? 0 : 1;
}

if (isMain(import.meta.url)) await runMain(main);
