import { measure } from './behaviour.js';
import type { Behaviour, Condition, Sequence, Test } from './conditions.js';
import type { Facts, History } from './decision.js';
import type { Json } from './events.js';
import { FACTS } from './facts.js';
import type { Program } from './program.js';
import { follow } from './sequence.js';
import { passes } from './test.js';
import { allowKeys, UnknownOperator } from './unknownOperator.js';

/** What a condition is asked about: one visitor at one moment. */
export interface Scope {
  segments: Program['segments'];
  history: History;
  facts: Facts;
  /** Wall clock, ms. */
  now: number;
  /** Segments already answered for this scope, plain and negated; `undefined` while one is being answered. */
  memo?: Map<string, boolean | undefined>;
}

/** Receives what was compared, and what was found, at a JSON path. */
export type Trace = (path: string, passed: boolean, expected: Json, found: Json) => void;

/** Nested `all`, `any` and `not` may go this deep (S5); a segment starts anew. */
export const MAX_DEPTH = 10;

/** Every kind of condition, with the other keys it may have. */
const KINDS: { [kind: string]: string } = {
  all: '',
  any: '',
  not: '',
  segment: '',
  sequence: 'within thenNot',
  event: 'where within measure of is',
  attribute: 'is',
  page: 'is',
  device: 'is',
  visit: 'is',
  signal: 'is',
};

/**
 * Whether the condition holds. What cannot be known, because the events it asks for were pruned, does not hold, and neither
 * does its negation: nobody is shown a message on a guess. Throws `UnknownOperator` for what it does not know, also in a branch that could not
 * change the result: half-understood conditions are not guessed at. So do missing and circular segments.
 * `root` is put before the paths of the trace.
 */
export function evaluate(condition: Condition, scope: Scope, trace?: Trace, root = ''): boolean {
  const memo = scope.memo ?? new Map<string, boolean | undefined>();

  const visit = (node: Condition, path: string, depth: number, isNegated: boolean): boolean => {
    const kind = Object.keys(KINDS).find((name) => Object.hasOwn(Object(node) as object, name));
    if (!kind || depth > MAX_DEPTH) throw new UnknownOperator(path);
    allowKeys(node, `${kind} ${KINDS[kind]}`);
    const { is = { gte: 1 }, [kind]: operand } = node as unknown as { is?: Test; [kind: string]: unknown };
    const child = (inner: Condition, step: string) =>
      visit(inner, (path && `${path}.`) + step, depth + 1, isNegated != (kind == 'not'));

    if (kind == 'not') return !child(operand as Condition, kind);
    if (kind == 'all' || kind == 'any') {
      // No short cut: see above, and `explain` shows every comparison.
      const results = (operand as Condition[]).map((inner, index) => child(inner, `${kind}[${index}]`));
      return kind == 'all' ? !results.includes(false) : results.includes(true);
    }
    let passed: boolean;
    let found: Json[] = [];
    if (kind == 'segment') passed = segment(operand as string, isNegated);
    else if (kind == 'sequence') [passed, ...found] = follow(node as Sequence, scope);
    else {
      const read = FACTS[kind];
      found = read ? read(operand as string, scope.facts, scope.now) : measure(node as Behaviour, scope);
      passed = passes(is, found);
    }
    // Under a negation "unknown" has to hold for the whole not to.
    [passed, found] = scope.history.pruned?.complete(node, scope, passed, found, isNegated) ?? [
      passed,
      found,
    ];
    trace?.(path, passed, node as unknown as Json, found);
    return passed;
  };

  const segment = (name: string, isNegated: boolean): boolean => {
    const key = name + isNegated;
    if (!memo.has(key)) {
      if (!Object.hasOwn(scope.segments, name)) throw new UnknownOperator(name);
      memo.set(key, undefined);
      memo.set(key, visit(scope.segments[name]!, `segments.${name}`, 1, isNegated));
    }
    const answer = memo.get(key);
    if (answer === undefined) throw new UnknownOperator(name);
    return answer;
  };

  return visit(condition, root, 1, false);
}
