/** The past as plain data, so that the next page begins with it instead of reading the log. A chunk of its own: a short log needs none. */
import { unitHash } from './assign.js';
import type { PrunedPast } from './decision.js';
import { answers, createPast, type Base, type FoldedPast } from './fold.js';
import type { AtomSet } from './rules.js';

/** The form of a checkpoint. One of another form is not read. */
const FORMAT = 2;
/** So many of the latest ids stay known: a row whose writing is tried again comes within moments of the first try. */
const KNOWN_IDS = 50;

/**
 * All that a program asks of a log up to a row: what is asked later needs only what came after. The keys of `states` say what was
 * asked, so another program can tell whether it can go on from here.
 */
export interface Checkpoint extends Base {
  format: number;
  /** A hash of all the rest: damage must not become a wrong answer. */
  seal: number;
}

/** All of the past up to row `through`, which must be whole. What left every window long before `now` is let go, of the past as well. */
export function takeCheckpoint(atoms: AtomSet, past: FoldedPast, through: number, now: number): Checkpoint {
  const base = past.base();
  const taken = past.tail().filter(({ sequence: [key] }) => key <= through);
  let whole = past;
  if (taken.length < past.tail().length) taken.forEach((whole = createPast(atoms, base)).add);
  const states = whole.states();
  const untils = atoms.list.map((atom, index) => atom.trim?.(states[index]!, now) ?? -Infinity);
  const until = Math.max(base.until ?? -Infinity, ...untils);
  const next: Base = {
    through,
    known: [...base.known, ...taken.map(({ id }) => id)].slice(-KNOWN_IDS),
    ...(until > -Infinity && { until }),
    states: Object.fromEntries(atoms.list.map(({ key }, index) => [key, JSON.stringify(states[index])])),
  };
  past.rebase(next);
  return { ...next, format: FORMAT, seal: sealOf(next) };
}

const sealOf = ({ through, known, until, states }: Base) =>
  unitHash([through, until, known, ...Object.entries(states)].join());

/** The past of a checkpoint; undefined if that is of another form, of another program, or damaged: then the log is to be read. */
export function restorePast(atoms: AtomSet, saved: unknown, pruned?: PrunedPast): FoldedPast | undefined {
  try {
    const checkpoint = saved as Checkpoint;
    const isSound =
      checkpoint.format === FORMAT &&
      // A long text has as many entries.
      typeof checkpoint.states == 'object' &&
      checkpoint.seal === sealOf(checkpoint);
    return isSound && answers(checkpoint, atoms) ? createPast(atoms, checkpoint, pruned) : undefined;
  } catch {
    return undefined;
  }
}
