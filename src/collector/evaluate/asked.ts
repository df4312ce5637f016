import { addCondition, ZONE, type AskedFacts } from '../../core/asked.js';
import type { Facts } from '../../core/decision.js';
import { isOfLog } from '../../core/logSignals.js';
import type { Campaign, Clock, Limits, Program } from '../../core/program.js';
import { isUntold } from './untold.js';

type Node = { [key: string]: unknown };

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Adds what a campaign, and the limits it is under, ask for. */
export function addCampaign(
  asked: AskedFacts,
  { audience, schedule, caps = [], triggers }: Campaign,
  { segments, limits = {} }: Pick<Program, 'segments' | 'limits'>,
): void {
  addCondition(asked, audience, segments);
  const clocks = [...caps, ...(limits.caps ?? []), ...Object.values(limits.tags ?? {}).flat()].map(
    ({ per }) => per,
  );
  if ([...clocks, ...clockOf(limits)].some(isOfVisitor)) asked.add(ZONE);
  if (schedule && (schedule.weekdays ?? schedule.hours) && !schedule.zone) asked.add(ZONE);
  for (const trigger of triggers) if ('page' in trigger) asked.add('page.path');
}

const clockOf = ({ attention }: Limits) => (attention ? [attention.per] : []);

const isOfVisitor = (clock: Clock) => isNode(clock) && 'calendar' in clock && !clock.zone;

/** Finds out which of the asked facts are known of nobody. */
export interface Found {
  note(facts: Facts): void;
  /** In order of the alphabet. */
  unknown(): string[];
}

export function createFound(asked: AskedFacts): Found {
  // Attributes are what the site says; one it has not said is not unknown but missing. What the log answers is as well.
  const isOther = (fact: string) => fact.startsWith('attribute.') || isOfLog(fact.replace(/^signal\./, ''));
  const missing = new Set([...asked].filter((fact) => !isOther(fact)));
  return {
    note(facts) {
      for (const fact of missing) if (isKnown(facts, fact)) missing.delete(fact);
    },
    unknown: () => [...missing].sort(),
  };
}

function isKnown(facts: Facts, fact: string): boolean {
  const { page, device, visit, signals, personal } = facts;
  const [kind, name = ''] = fact.split(/\.(.*)/s);
  if (kind === 'device' && isUntold(facts, name)) return false;
  if (kind === 'fact' || kind === 'list') return personal !== undefined;
  if (fact === ZONE) return device['timeZone'] !== undefined;
  const holder: Node =
    kind === 'page' ? page : kind === 'device' ? device : kind === 'signal' ? { ...signals } : { ...visit };
  if (kind === 'page' && name.startsWith('utm.')) return visit.landing !== undefined;
  if (kind === 'page' && name !== 'title' && name !== 'referrer') return (page.url as unknown) !== undefined;
  if (kind === 'visit' && name === 'new') return (visit.number as unknown) !== undefined;
  if (kind === 'visit' && name === 'seconds') return (visit.startedAt as unknown) !== undefined;
  return holder[name] !== undefined;
}
