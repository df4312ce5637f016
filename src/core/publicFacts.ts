/** Puts the values of public facts where conditions name them. */
import type { Condition, Step } from './conditions.js';
import type { Json, Properties } from './events.js';
import type { Judge } from './evaluate.js';
import { valueReader } from './path.js';
import { UnknownOperator } from './unknownOperator.js';

/**
 * Comparisons that may name one. Each of them would otherwise take no object, so that a version which does not know public facts
 * does not mistake the name for what is to be compared with.
 */
export const PUBLIC_OPERANDS: readonly string[] = ['gt', 'gte', 'lt', 'lte', 'in', 'nin'];

type Holder = { [key: string]: unknown };
type Put = (named: { public: string }) => unknown;

const isHolder = (value: unknown): value is Holder =>
  !!value && typeof value == 'object' && !Array.isArray(value);

/** Whether it is a name of a public fact: an object that says nothing else. */
export const namesPublic = (value: unknown): value is { public: string } =>
  isHolder(value) && typeof value.public == 'string' && Object.keys(value).length == 1;

const mapped = (value: unknown, change: (inner: unknown, key: string) => unknown): unknown =>
  isHolder(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner, key)]))
    : value;

const inTest = (test: unknown, put: Put): unknown =>
  mapped(test, (operand, operator) => {
    if (operator == 'every') return inTest(operand, put);
    return PUBLIC_OPERANDS.includes(operator) && namesPublic(operand) ? put(operand) : operand;
  });

/** All places of one condition, not of others within it. */
function inCondition(node: unknown, put: Put): unknown {
  return mapped(node, (inner, key) => {
    if (key == 'is') return inTest(inner, put);
    if (key == 'where') return mapped(inner, (test) => inTest(test, put));
    if (key == 'within') return namesPublic(inner) ? put(inner) : inner;
    if (key == 'sequence' && Array.isArray(inner))
      return (inner as Step[]).map((step) => inCondition(step, put));
    return key == 'thenNot' ? inCondition(inner, put) : inner;
  });
}

/** The condition with the values of public facts where it names them; a fact that is not there stays a name. */
export const withPublic = (node: Condition, facts: Properties | undefined): Condition =>
  inCondition(node, (named) => valueReader(named.public)(facts) ?? named) as Condition;

/**
 * Compiles a condition with the values in their places; an explanation shows them beside their names. A fact the program does not
 * have is not understood: what it would be compared with cannot be guessed at.
 */
export function resolvePublic(
  node: Condition,
  facts: Properties | undefined,
  compile: (node: Condition) => Judge,
): Judge {
  // Most name none, and to make each of them anew would be a good part of what a program costs to begin with.
  if (!JSON.stringify(node).includes('"public":')) return compile(node);
  let isUsed = false;
  const valueOf = ({ public: path }: { public: string }): Json => {
    isUsed = true;
    const value = valueReader(path)(facts);
    if (value === undefined) throw new UnknownOperator(`public ${path}`);
    return value;
  };
  const judge = compile(inCondition(node, valueOf) as Condition);
  if (!isUsed) return judge;
  const shown = inCondition(node, (named) => ({ ...named, value: valueOf(named) })) as Json;
  return (scope) => {
    const { trace } = scope;
    if (!trace) return judge(scope);
    return judge({ ...scope, trace: (path, passed, _, found) => trace(path, passed, shown, found) });
  };
}
