import type { Fields, Report } from './report.js';
import { isFields } from './report.js';
import { MOST } from './vocabulary.js';

/** The segments that a condition names. */
function namedIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namedIn);
  if (!isFields(value)) return [];
  if (typeof value.segment === 'string') return [value.segment];
  return ['all', 'any', 'not'].flatMap((kind) => namedIn(value[kind]));
}

/** Name by name those it names that there are. */
type Named = ReadonlyMap<string, readonly string[]>;

/**
 * Those that need each other together, each of them after all that it needs (Tarjan's strongly connected components); in one pass, and
 * without recursion, because chains may be longer than any stack.
 */
function groupsOf(named: Named): string[][] {
  const groups: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const enter = (name: string) => {
    order.set(name, order.size);
    lowest.set(name, order.get(name)!);
    open.push(name);
    isOpen.add(name);
    return { name, left: [...named.get(name)!] };
  };
  const lower = (name: string, to: number) => lowest.set(name, Math.min(lowest.get(name)!, to));
  for (const root of named.keys()) {
    const path = order.has(root) ? [] : [enter(root)];
    while (path.length) {
      const { name, left } = path.at(-1)!;
      const next = left.pop();
      if (next !== undefined) {
        if (!order.has(next)) path.push(enter(next));
        else if (isOpen.has(next)) lower(name, order.get(next)!);
        continue;
      }
      path.pop();
      if (path.length) lower(path.at(-1)!.name, lowest.get(name)!);
      if (lowest.get(name) !== order.get(name)) continue;
      const group = open.splice(open.lastIndexOf(name));
      for (const one of group) isOpen.delete(one);
      groups.push(group);
    }
  }
  return groups;
}

/**
 * Reports segments of a file that need themselves, straight or through others, and those from which the way through others is too
 * long; `all` has those of other files too.
 */
export function checkReferences(own: Fields, all: Fields, report: Report): void {
  const named: Named = new Map(
    Object.keys(all).map((name) => [name, namedIn(all[name]).filter((one) => Object.hasOwn(all, one))]),
  );
  const lengths = new Map<string, number>();
  for (const group of groupsOf(named)) {
    const [name] = group as [string];
    const isCircle = group.length > 1 || named.get(name)!.includes(name);
    for (const one of group)
      if (isCircle && Object.hasOwn(own, one))
        report(`segments.${one}`, one, 'needs itself; break the circle of references');
    const length = isCircle
      ? 0
      : 1 + named.get(name)!.reduce((most, one) => Math.max(most, lengths.get(one)!), 0);
    for (const one of group) lengths.set(one, length);
    // Those that name it are no shorter, and need not be told of.
    const isFirst = named
      .get(name)!
      .every((one) => !Object.hasOwn(own, one) || lengths.get(one)! <= MOST.chain);
    if (length > MOST.chain && isFirst && Object.hasOwn(own, name))
      report(
        `segments.${name}`,
        name,
        `stands on ${length - 1} segments one upon the other, and ${MOST.chain - 1} are the most; write the condition of one of them out instead of its name`,
      );
  }
}
