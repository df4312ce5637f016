/** Runs one row of the matrix and closes its books. */
import { sabotages } from './sabotages.mjs';
import { createRandom, seedOf } from './random.mjs';
import { guarded } from './waiting.mjs';
import { createWorld } from './world.mjs';

/** No run of a row takes a fifth of this. */
const RUN_GUARD_MS = 300_000;

/**
 * A row is `{ id, fault, runs: { quick, full }, others?, run(scene), verdict?(totals, scene) }`. `run` resolves how often
 * the fault was reached (true for once); `verdict` returns what is wrong besides the balance. Both may put words for the
 * table into `scene.notes` and numbers of their own into `scene.figures`. A row that runs in Firefox and WebKit too has its
 * runs there in `others`.
 */
export async function runRow(row, { browser = 'chromium', seed, isQuick, sabotage }) {
  const startedAt = Date.now();
  const counts = browser === 'chromium' ? row.runs : row.others;
  const runs = isQuick ? counts.quick : counts.full;
  const problems = [];
  let totals = {};
  let reached = 0;
  let world;
  try {
    world = await createWorld({ browser, sabotage: sabotages[sabotage], ...row.world });
    const scene = { world, isQuick, runs, notes: [], figures: [], problems };
    for (let run = 0; run < runs; run += 1) reached += await runOnce(row, { ...scene, run, seed });
    totals = await world.settle();
    problems.push(...totals.problems, ...((await row.verdict?.(totals, scene)) ?? []));
    // Figures a row prints beside the balance.
    totals.note = scene.notes.join(', ');
  } catch (error) {
    problems.push(String(error?.stack ?? error));
  } finally {
    await world?.remove();
  }
  return {
    id: row.id,
    // The collector's rows have none.
    browser: row.id.startsWith('C') ? undefined : browser,
    fault: row.fault,
    runs,
    ...totals,
    reached,
    problems,
    seconds: (Date.now() - startedAt) / 1000,
  };
}

async function runOnce(row, { seed, ...scene }) {
  const mine = seedOf(seed, row.id, scene.run);
  try {
    const work = row.run({ ...scene, random: createRandom(mine) });
    const reached = Number(
      (await guarded(work, `${row.id} run ${scene.run}`, row.guardMs ?? RUN_GUARD_MS)) ?? 0,
    );
    if (reached === 0) scene.problems.push(`run ${scene.run}: the fault was not reached`);
    return reached;
  } catch (error) {
    scene.problems.push(`run ${scene.run}: ${error?.stack ?? error}`);
    return 0;
  }
}
