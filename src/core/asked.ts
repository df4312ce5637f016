import type { Condition } from './conditions.js';
import type { Program } from './program.js';

/** What conditions and gates ask of the present, each as `device.os`. */
export type AskedFacts = Set<string>;

type Node = { [key: string]: unknown };

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Adds the facts a condition asks for, also through segments. What is malformed asks for nothing. */
export function addCondition(
  asked: AskedFacts,
  condition: Condition | undefined,
  segments: Program['segments'],
  seen: ReadonlySet<string> = new Set(),
): void {
  const node: unknown = condition;
  if (!isNode(node)) return;
  const inner = [node['all'], node['any'], node['not']].flat();
  for (const one of inner) addCondition(asked, one as Condition, segments, seen);
  for (const kind of ['page', 'device', 'visit', 'signal', 'attribute', 'fact', 'list']) {
    const name = node[kind];
    if (typeof name === 'string') asked.add(`${kind}.${name}`);
  }
  if (node['time'] !== undefined && node['zone'] === undefined) asked.add(ZONE);
  const { segment } = node;
  if (typeof segment === 'string' && Object.hasOwn(segments, segment) && !seen.has(segment))
    addCondition(asked, segments[segment], segments, new Set([...seen, segment]));
}

/** The time zone of the visitor, where a clock needs it. */
export const ZONE = 'time.zone';

/** The facts a condition asks for. */
export function askedBy(condition: Condition | undefined, segments: Program['segments']): AskedFacts {
  const asked: AskedFacts = new Set();
  addCondition(asked, condition, segments);
  return asked;
}

/** Whether what only the server says of users is asked for. */
export const asksPersonal = (asked: AskedFacts) => asks(asked, 'fact', 'list');

/** Whether any of the kinds is asked for. */
export const asks = (asked: AskedFacts, ...kinds: string[]) =>
  [...asked].some((fact) => kinds.includes(fact.split('.')[0]!) || kinds.includes(fact));
