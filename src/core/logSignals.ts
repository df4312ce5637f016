/**
 * Signals that are questions to the log: how often the visitor went back and forth between pages, and what the cart is worth. Device
 * and collector answer alike, also of what happened before anybody asked.
 */
import { inSession, useSession, type Atom, type Sessions } from './atoms.js';
import { AUTOMATIC } from './automatic.js';
import type { Behaviour, Test } from './conditions.js';
import type { Json } from './events.js';
import type { Judge, Register, Scope } from './evaluate.js';
import { testerOf } from './test.js';

/** Who comes back later than this after leaving has done something there, ms. */
const RETURN_MS = 30_000;

/** The visitor's way through one session. */
interface Trail {
  /** The page one is on, and the one before; page views of one address in a row are one stay. */
  here?: string;
  before?: string;
  /** Time of the first page view of this stay. */
  since: number;
  /** How often a page view was a return. */
  returns: number;
  /** Whether the last page view was one. */
  isReturn?: boolean;
}

/** The key of its atom. */
export const BACK_FORTH = 'backForth';

/** The returns of the session, and whether its last page view is one. */
export type Returned = [returns: number, isReturn: boolean];

/**
 * A page view is a return if it is of the page that came before the one it leaves, and that one was entered at most 30 s ago. A page
 * is its address without the fragment; a page view without an address is passed over.
 */
export function backForthAtom(): Atom {
  const atom: Atom<Sessions<Trail>> = {
    key: BACK_FORTH,
    concerns: [AUTOMATIC.pageView],
    empty: () => [],
    fold(state, { time, session, properties }) {
      const url = properties?.url;
      if (typeof url != 'string') return;
      const page = url.replace(/#.*/s, '');
      const trail = useSession(state, session, (): Trail => ({ since: 0, returns: 0 }));
      const { here, before, since } = trail;
      trail.isReturn = page != here && page == before && time - since <= RETURN_MS;
      if (trail.isReturn) trail.returns++;
      // Loaded again it is no other page, and was not left.
      if (page != here) Object.assign(trail, { here: page, before: here, since: time });
    },
    read(state, _, session) {
      const { returns = 0, isReturn = false } = inSession(state, session) ?? {};
      return [returns, isReturn] satisfies Returned;
    },
  };
  return atom;
}

/** Row key of the last event that says something of the cart, and what it says. */
type Cart = [row?: number, value?: Json];

const UPDATED = 'cart_updated';
const BOUGHT = 'purchase';

function cartAtom(): Atom {
  const atom: Atom<Cart> = {
    key: 'cart',
    concerns: [UPDATED, BOUGHT],
    empty: () => [],
    fold(state, { name, properties, sequence: [row] }) {
      const isBought = name == BOUGHT;
      // Of a cart that nobody spoke of nothing is known, whatever is bought.
      if (isBought && !state.length) return;
      const value = isBought ? 0 : properties?.value;
      // Without a number it has been changed, nobody knows to what.
      state.splice(0, 2, row, ...(typeof value == 'number' ? [value] : []));
    },
    read: ([, value]) => value,
    row: ([row]) => row,
  };
  return atom;
}

interface LogSignal {
  atom: () => Atom;
  valueOf: (read: Json | undefined) => Json | undefined;
  /** Behaviours of which nothing may have been pruned since, for the value to be known. */
  needs: Behaviour[];
}

const lastOf = (event: string): Behaviour => ({ event, measure: 'last', of: 'value' });

const LOG_SIGNALS: { [name: string]: LogSignal } = {
  backForth: {
    atom: backForthAtom,
    valueOf: (read) => (read as Returned)[0],
    // The greatest address is nothing that tallies could tell.
    needs: [{ event: AUTOMATIC.pageView, within: 'session', measure: 'max', of: 'url' }],
  },
  cart: { atom: cartAtom, valueOf: (read) => read, needs: [lastOf(UPDATED), lastOf(BOUGHT)] },
};

export const isOfLog = (signal: string) => Object.hasOwn(LOG_SIGNALS, signal);

/** Judges a signal of the log. */
export function logSignalJudge(
  node: { signal: string; is: Test },
  path: string,
  isNegated: boolean,
  register: Register,
): Judge {
  const { atom, valueOf, needs } = LOG_SIGNALS[node.signal]!;
  const { one, none } = testerOf(node.is);
  const index = register(atom());
  return (scope) => {
    const { past, now, facts, trace } = scope;
    const { session } = facts.visit;
    const value = valueOf(past.read(index, now, session));
    let passed = value === undefined ? none : one(value, now);
    let found = value === undefined ? [] : [value];
    if (past.pruned) [passed, found] = complete(node, needs, scope, passed, found, isNegated, index);
    trace?.(path, passed, node as unknown as Json, found);
    return passed;
  };
}

/** The answer and the finding, or that they are not known because of what was pruned. */
function complete(
  { is }: { is: Test },
  needs: readonly Behaviour[],
  scope: Scope,
  passed: boolean,
  found: Json[],
  isNegated: boolean,
  index: number,
): [boolean, Json[]] {
  const { past, now, facts } = scope;
  const row = past.row(index, now, facts.visit.session);
  for (const need of needs) {
    const [answer, told] = past.pruned!.complete(
      { ...need, is },
      scope,
      passed,
      found,
      isNegated,
      () => row ?? 0,
    );
    if (told != found) return [answer, told];
    // Where nothing was said of a cart there is none that could have been bought.
    if (row === undefined) break;
  }
  return [passed, found];
}
