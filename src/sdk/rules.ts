/**
 * The entry `kikubari/rules`: conditions of the segment language asked where no page and no log is, such as on a server, of what one
 * knows there.
 */
import type { Condition } from '../core/conditions.js';
import type { Facts, Past } from '../core/decision.js';
import { createCompiler, type CompileKind, type Faults } from '../core/evaluate.js';
import type { Operators } from '../core/test.js';
import { UnknownOperator } from '../core/unknownOperator.js';

export type { Condition, Test } from '../core/conditions.js';
export type { Operators } from '../core/test.js';
/** `contains`, `endsWith`, `matches`, `semver`, `before` and `after`, which not every rule needs. */
export { MORE_OPERATORS as moreOperators } from '../core/moreOperators.js';

/** What a rule is asked of: as in the page, and missing where it is left out. */
export interface RuleFacts extends Partial<Pick<Facts, 'attributes' | 'device'>> {
  page?: Partial<Facts['page']>;
  visit?: Partial<Facts['visit']>;
}

/** Whether the condition holds; `now`: wall clock in ms, default that of the machine. Throws nothing. */
export type Rule = (facts: RuleFacts, now?: number) => boolean;

/** What conditions may refer to. */
export interface RuleOptions {
  /** Conditions by name, for `{segment: NAME}`. */
  segments?: { [name: string]: Condition };
  /** Operators beside those every rule has: `moreOperators`. Once given they are known to all rules. */
  operators?: Operators;
}

/** Nothing is known, and nothing has happened. */
const NOTHING = { visitor: '', attributes: {}, consent: [], page: {}, device: {}, visit: {}, signals: {} };
const PAST: Past = { read: () => undefined, row: () => undefined, parts: () => [], sessionRow: () => 0 };

const refuse: CompileKind<{ event: string } | { sequence: unknown }> = (node) => {
  throw new UnknownOperator('event' in node ? `events ("${node.event}")` : 'a sequence of events');
};

/**
 * Makes a condition ready to be asked. Throws a `TypeError` that names what it cannot judge: what is not of the language, what
 * `operators` lack, and conditions on events, which only a log can answer (`behaviour`, `sequence`).
 */
export function compileCondition(condition: Condition, { segments = {}, operators }: RuleOptions = {}): Rule {
  const faults: Faults = { count: 0 };
  const kinds = { leaves: { event: refuse, sequence: refuse }, ...(operators && { operators }) };
  const judge = createCompiler(segments, () => 0, kinds, faults)(condition);
  const ask = (facts: RuleFacts, now = Date.now()) =>
    judge({ past: PAST, facts: { ...NOTHING, ...facts } as unknown as Facts, now, memo: [] });
  if (!faults.count) return ask;
  try {
    ask({});
  } catch (error) {
    throw new TypeError(`This condition cannot be judged here: ${(error as Error).message}`, {
      cause: error,
    });
  }
  throw new TypeError('This condition cannot be judged here');
}
