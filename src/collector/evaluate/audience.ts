import type { Condition } from '../../core/conditions.js';
import type { Facts, Past } from '../../core/decision.js';
import { createCompiler, type Faults } from '../../core/evaluate.js';
import { createPast } from '../../core/fold.js';
import { DEVICE_EVENT } from '../../core/lateFacts.js';
import { AUTOMATIC } from '../../core/automatic.js';
import { createAtoms, type AtomSet } from '../../core/rules.js';
import { askedBy, asks, asksPersonal, type AskedFacts } from '../../core/asked.js';
import type { Definitions } from '../store/siteDocuments.js';
import { createPresent } from './present.js';
import { LOG_KINDS } from './untold.js';
import type { VisitorLog, Wanted } from './visitorLogs.js';

/** A condition made ready to be asked of stored logs. */
export interface Audience {
  atoms: AtomSet;
  asked: AskedFacts;
  /** What of the logs it needs, see `Wanted`. */
  concerns: ReadonlySet<string>;
  /** Throws `UnknownOperator` where the condition holds what this version does not know. */
  holds(past: Past, facts: Facts, now: number): boolean;
}

export function compileAudience(condition: Condition, { segments, facts }: Definitions): Audience {
  const atoms = createAtoms();
  const faults: Faults = { count: 0 };
  const judge = createCompiler(segments, atoms.register, LOG_KINDS, faults, facts)(condition);
  const asked = askedBy(condition, segments);
  return {
    atoms,
    asked,
    concerns: concernsOf(atoms, asked),
    holds: (past, facts, now) => judge({ past, facts, now, memo: [] }),
  };
}

/** What of the logs up to a moment is needed to ask. */
export function wantedBy({ concerns, asked }: Pick<Audience, 'concerns' | 'asked'>, until: number): Wanted {
  return { concerns, until, isPersonal: asksPersonal(asked) };
}

/** What the atoms wait for, and the events that tell the asked facts. */
export function concernsOf({ list }: AtomSet, asked: AskedFacts): Set<string> {
  const concerns = new Set(list.flatMap((atom) => atom.concerns));
  concerns.add(AUTOMATIC.sessionStart);
  if (asks(asked, 'device')) concerns.add(DEVICE_EVENT);
  if (asks(asked, 'page', 'visit.pages')) concerns.add(AUTOMATIC.pageView);
  if (asks(asked, 'attribute')) for (const name of [AUTOMATIC.set, AUTOMATIC.identify]) concerns.add(name);
  return concerns;
}

/** Past and present of a visitor after all events of a log. */
export function stateOf({ visitor, user, personal, events }: VisitorLog, atoms: AtomSet) {
  const past = createPast(atoms);
  const present = createPresent(visitor, events);
  for (const event of events) {
    past.add(event);
    present.take(event);
  }
  const facts = present.facts();
  return {
    past,
    facts: { ...facts, ...(user !== null && { user: facts.user ?? user }), ...(personal && { personal }) },
  };
}

/** Whether the condition holds of a visitor; `given` are facts that are to be taken instead of the derived ones. */
export function isIn(log: VisitorLog, audience: Audience, now: number, given?: Facts) {
  const { past, facts } = stateOf(log, audience.atoms);
  const isMember = audience.holds(past, given ?? facts, now);
  return { isMember, facts };
}
