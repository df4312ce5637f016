import { isSeen } from '../../core/automatic.js';
import { GATES, type Gate } from '../../core/decision.js';
import type { Backtest } from '../api.js';
import { DAY_MS, utcDay } from '../reports/report.js';
import type { Outcome } from './replay.js';

/** Counts outcomes; all of one person's come together. */
export interface Tally {
  /** Whose outcomes come next. */
  person(person: string): void;
  outcome(outcome: Outcome): void;
  sum(
    from: number,
    until: number,
  ): Pick<Backtest, 'persons' | 'exposures' | 'occasions' | 'daily' | 'arms' | 'gates'>;
}

export function createTally(): Tally {
  let last: string | undefined;
  /** What has been counted of the person already. */
  let counted = new Set<string>();
  const persons = { replayed: 0, exposed: 0, shown: 0 };
  const days = new Map<string, { persons: number; exposures: number }>();
  const arms = new Map<string, number>();
  const gates = new Map<Gate, { occasions: number; persons: number }>();
  let occasions = 0;
  let exposures = 0;

  /** 1 at the first time of the person. */
  const once = (what: string): number => Number(!counted.has(what) && !!counted.add(what));

  function stopped(gate: Gate): void {
    const before = gates.get(gate) ?? { occasions: 0, persons: 0 };
    gates.set(gate, { occasions: before.occasions + 1, persons: before.persons + once(`gate ${gate}`) });
  }

  function exposed(variant: string, day: string): void {
    exposures += 1;
    const before = days.get(day) ?? { persons: 0, exposures: 0 };
    days.set(day, { persons: before.persons + once(`day ${day}`), exposures: before.exposures + 1 });
    arms.set(variant, (arms.get(variant) ?? 0) + once(`arm ${variant}`));
    persons.exposed += once('exposed');
    if (isSeen(variant)) persons.shown += once('shown');
  }

  return {
    person(person) {
      if (person === last) return;
      last = person;
      counted = new Set();
      persons.replayed += 1;
    },
    outcome({ now, gate, variant }) {
      occasions += 1;
      if (gate) stopped(gate);
      if (variant !== undefined) exposed(variant, utcDay(now));
    },
    sum: (from, until) => ({
      persons,
      exposures,
      occasions,
      daily: daysBetween(from, until).map((day) => ({
        day,
        ...(days.get(day) ?? { persons: 0, exposures: 0 }),
      })),
      arms: [...arms].sort().map(([variant, count]) => ({ variant, persons: count })),
      gates: GATES.flatMap((gate) => (gates.has(gate) ? [{ gate, ...gates.get(gate)! }] : [])),
    }),
  };
}

function daysBetween(from: number, until: number): string[] {
  const first = Math.floor(from / DAY_MS);
  const last = Math.floor((until - 1) / DAY_MS);
  return Array.from({ length: last - first + 1 }, (_, index) => utcDay((first + index) * DAY_MS));
}
