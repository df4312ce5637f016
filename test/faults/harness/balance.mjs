/**
 * D2's balance over all runs of a row. Without a kill: calls = stored + queued + reported drops, exactly. With one:
 * acknowledged ⊆ stored ∪ queued ∪ reported, and stored ⊆ called.
 */
import { eventIdOf } from './batches.mjs';

/**
 * `devices` are the devices as last seen, by visitor; `stored` is what the collector's database holds; `mayDrop` are the reasons for
 * which a row's acknowledged events may be dropped: a loss that is counted is a loss where nothing gives reason for it.
 */
export function balance({ ledger, devices, stored, mayDrop = [] }) {
  const books = [...ledger.runs.values()];
  const problems = [];
  const kept = storedByRun(stored.events);
  const queued = queuedByRun(devices);
  let missing = 0;
  let unaccounted = 0;
  let unanswered = 0;
  for (const book of books) {
    const has = (label) => kept.labels.get(book.run)?.has(label) || queued.get(book.run)?.has(label);
    const isStored = (id) => kept.ids.has(id);
    for (const [label, id] of book.acked)
      if (!isStored(id) && !queued.get(book.run)?.has(label)) missing += 1;
    for (const label of book.called) {
      if (has(label)) continue;
      if (book.isExact || book.acked.has(label) || book.refused.has(label)) unaccounted += 1;
      else unanswered += 1;
    }
    for (const label of kept.labels.get(book.run)?.keys() ?? [])
      if (!(label < book.planned)) problems.push(`run ${book.run}: stored ${label}, which nobody called`);
  }
  const drops = reportedDrops(devices, stored.drops, kept.ids);
  for (const [key, { counted, told }] of drops.untold)
    problems.push(`${counted} counted as ${key} on a device, ${told} reported to the collector`);
  for (const [reason, total] of drops.afterAck)
    if (!mayDrop.includes(reason))
      problems.push(`${total} dropped as ${reason}, for no reason this row gives`);
  // A drop that was counted and reported is in the books; what is missing beyond that is lost.
  const excused = [...drops.afterAck].filter(([reason]) => mayDrop.includes(reason));
  const lost = Math.max(0, missing - sum(excused, ([, total]) => total));
  const isClosed = books.length > 0 && books.every((book) => book.isExact || book.isAnswered);
  const reported = drops.total - drops.automatic;
  // What was never answered may have been dropped too.
  const most = unaccounted + unanswered + sum(books, ({ own }) => own);
  if (isClosed && (reported < unaccounted || reported > most))
    problems.push(
      `${unaccounted} calls neither stored nor queued${unanswered > 0 ? ` and ${unanswered} unanswered ones` : ''}, ${reported} reported dropped`,
    );
  if (lost > 0) problems.push(`${lost} acknowledged events lost`);
  if (kept.duplicates > 0) problems.push(`${kept.duplicates} duplicates`);
  return {
    called: sum(books, (book) => book.called.size),
    acknowledged: sum(books, (book) => book.acked.size),
    stored: sum([...kept.labels.values()], (labels) => labels.size),
    queued: sum([...queued.values()], (labels) => labels.size),
    duplicates: kept.duplicates,
    lost,
    drops: drops.total,
    problems,
  };
}

const sum = (list, of) => list.reduce((total, one) => total + of(one), 0);

/** An event is stored twice if its id is, or if one call got two ids. */
function storedByRun(events) {
  const ids = new Set();
  const labels = new Map();
  let duplicates = 0;
  for (const { id, run, label } of events) {
    const isTwice = ids.has(id);
    ids.add(id);
    if (isTwice) duplicates += 1;
    if (run === undefined) continue;
    const ofRun = labels.get(run) ?? labels.set(run, new Map()).get(run);
    if (!isTwice && ofRun.has(label)) duplicates += 1;
    ofRun.set(label, id);
  }
  return { ids, labels, duplicates };
}

function queuedByRun(devices) {
  const labels = new Map();
  for (const { queued } of devices.values())
    for (const { properties = {} } of queued.flatMap((row) => row.events)) {
      if (properties.r === undefined) continue;
      (labels.get(properties.r) ?? labels.set(properties.r, new Set()).get(properties.r)).add(properties.i);
    }
  return labels;
}

/** Events of the SDK's own that a device has written and that are neither stored nor queued. */
function countAutomatic({ rows, queued }, storedIds) {
  const isQueued = new Set(queued.map(({ id }) => id));
  return sum(
    rows.filter(({ id }) => !isQueued.has(id)),
    ({ id, events }) =>
      events.filter(({ name }, index) => name.startsWith('$') && !storedIds.has(eventIdOf(id, index))).length,
  );
}

/** Drops that happen to an event after its promise resolved. */
const AFTER_ACK = ['expired', 'rejected', 'unreadable'];

/**
 * Only what the collector was told is reported; `untold` is what a device that was asked last (`world.note`) counts and has not told.
 * `automatic`: drops of the SDK's own events.
 */
function reportedDrops(devices, told, storedIds) {
  const totals = new Map(told.map(({ stream, reason, total }) => [`${stream} ${reason}`, total]));
  const untold = [];
  let automatic = 0;
  for (const device of devices.values()) {
    for (const [reason, counted] of Object.entries(device.dropped)) {
      const heard = totals.get(`${device.stream} ${reason}`) ?? 0;
      if (counted !== heard) untold.push([reason, { counted, told: heard }]);
    }
    if (device.isWhole) automatic += countAutomatic(device, storedIds);
  }
  const entries = [...totals];
  return {
    automatic,
    untold,
    total: sum(entries, ([, total]) => total),
    afterAck: AFTER_ACK.map((reason) => {
      const ofReason = entries.filter(([key]) => key.endsWith(` ${reason}`));
      return [reason, sum(ofReason, ([, total]) => total)];
    }).filter(([, total]) => total > 0),
  };
}
