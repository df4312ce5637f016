import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, systemCode } from '../clearError.js';
import type { Log } from '../log.js';
import { listSegments, segmentFile, type SegmentRange } from './segments.js';
import { syncFolder } from './syncFolder.js';

/** Beside the segments. It stays until a person deletes it: a restart would hide otherwise that events are gone. */
export const MISSING_FILE = 'missing.json';

const WHAT_TO_DO =
  'Stop the collector, put the files back from a backup or from where they were moved to, and start it: it stores what they hold. ' +
  `If they are lost for good, delete ${MISSING_FILE} in this folder while it is stopped; until then this line comes at each start.`;

/** Segments that are gone although the store has not had them. New events are taken all the same, so somebody must be told. */
export interface MissingSegments {
  /** Says and keeps those that were not known to be missing. */
  note(gaps: readonly SegmentRange[]): Promise<void>;
  count(): number;
}

/**
 * Reads what earlier starts found missing. A segment that was put back behind the store's position becomes the journal's last one:
 * the store reads forward only, and knows what it has already by its id.
 */
export async function openMissing(
  folder: string,
  appliedSegment: number,
  log: Log,
): Promise<MissingSegments> {
  const file = join(folder, MISSING_FILE);
  let missing = await readRanges(file, log);

  function tell(): void {
    const segments = missing.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(', ');
    log.error('journal: segments are missing; the acknowledged events in them are not in the store', {
      ...{ folder, segments, whatToDo: WHAT_TO_DO },
    });
  }

  const restored = (await listSegments(folder)).filter((segment) => isIn(missing, segment));
  if (restored.length > 0) {
    await takeBack(folder, restored, appliedSegment, log);
    missing = restored.reduce(without, missing);
    // Only now: a file behind the position that is not on the list would be deleted as applied.
    await keepRanges(file, missing);
  }
  if (missing.length > 0) tell();

  return {
    count: () => countOf(missing),
    async note(gaps) {
      const all = merged([...missing, ...gaps]);
      if (countOf(all) === countOf(missing)) return;
      missing = all;
      tell();
      await keepRanges(file, all).catch((error: unknown) =>
        log.error('journal: the list of missing segments cannot be written', { reason: messageOf(error) }),
      );
    },
  };
}

async function takeBack(
  folder: string,
  restored: readonly number[],
  appliedSegment: number,
  log: Log,
): Promise<void> {
  let last = Math.max(appliedSegment, ...(await listSegments(folder)));
  for (const segment of restored) {
    const file = segmentFile(folder, segment);
    log.info('journal: a missing segment is back and will be stored', { file });
    if (segment < appliedSegment) await rename(file, segmentFile(folder, (last += 1)));
  }
  await syncFolder(folder);
}

async function readRanges(file: string, log: Log): Promise<SegmentRange[]> {
  try {
    return merged(JSON.parse(await readFile(file, 'utf8')) as SegmentRange[]);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT')
      log.error('journal: the list of missing segments cannot be read', { file, reason: messageOf(error) });
    return [];
  }
}

/** Whole or not at all, whenever the power goes. */
async function keepRanges(file: string, ranges: readonly SegmentRange[]): Promise<void> {
  if (ranges.length === 0) return rm(file, { force: true });
  await writeFile(`${file}.new`, JSON.stringify(ranges), { flush: true });
  await rename(`${file}.new`, file);
  await syncFolder(join(file, '..'));
}

const isIn = (ranges: readonly SegmentRange[], segment: number) =>
  ranges.some(({ from, to }) => segment >= from && segment <= to);

const countOf = (ranges: readonly SegmentRange[]) =>
  ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);

function without(ranges: SegmentRange[], segment: number): SegmentRange[] {
  return ranges
    .flatMap(({ from, to }) =>
      segment < from || segment > to
        ? [{ from, to }]
        : [
            { from, to: segment - 1 },
            { from: segment + 1, to },
          ],
    )
    .filter(({ from, to }) => from <= to);
}

function merged(ranges: readonly SegmentRange[]): SegmentRange[] {
  const all: SegmentRange[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
}
