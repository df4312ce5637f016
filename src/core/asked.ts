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
): void {
  // No recursion: what was damaged may be deeper than any stack.
  const seen = new Set<string>();
  const left: unknown[] = [condition];
  while (left.length) {
    const node = left.pop();
    if (!isNode(node)) continue;
    for (const inner of [node['all'], node['any'], node['not']].flat()) left.push(inner);
    addFacts(asked, node);
    const { segment } = node;
    if (typeof segment !== 'string' || seen.has(segment) || !Object.hasOwn(segments, segment)) continue;
    seen.add(segment);
    left.push(segments[segment]);
  }
}

function addFacts(asked: AskedFacts, node: Node): void {
  for (const kind of ['page', 'device', 'visit', 'signal', 'attribute', 'fact', 'list']) {
    const name = node[kind];
    if (typeof name === 'string') asked.add(`${kind}.${name}`);
  }
  if (node['time'] !== undefined && node['zone'] === undefined) asked.add(ZONE);
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
