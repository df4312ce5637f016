import type { Assign } from './assign.js';
import type { Atom } from './atoms.js';
import type { Between, Condition, Test } from './conditions.js';
import type { Facts, Past } from './decision.js';
import type { Json } from './events.js';
import { FACTS, type FactReader, type FactReaders } from './facts.js';
import type { Gates } from './gates.js';
import type { Program } from './program.js';
import type { CompileValues } from './values.js';
import { learnOperators, passesAny, testerOf, type Operators } from './test.js';
import { allowKeys, UnknownOperator } from './unknownOperator.js';
import { learnWindows, type Window } from './window.js';

/** What a condition is asked about: one visitor at one moment. */
export interface Scope {
  past: Past;
  facts: Facts;
  /** Wall clock, ms. */
  now: number;
  /** What was already read or answered for this scope: facts of the present and segments, by the numbers the compiler gave them. */
  memo: unknown[];
  trace?: Trace;
}

/** Receives what was compared, and what was found, at a JSON path. */
export type Trace = (path: string, passed: boolean, expected: Json, found: Json) => void;

/** A condition made ready to be asked. */
export type Judge = (scope: Scope) => boolean;

/** Takes up an atom; answers its number among all of the program. */
export type Register = (atom: Atom) => number;

/** Nested `all`, `any` and `not` may go this deep (S5); a segment starts anew. */
export const MAX_DEPTH = 10;

/** Segments may name each other so far, one upon the other. */
export const MAX_CHAIN = 100;

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
/** Compiles one kind of condition. Under a negation "unknown" has to hold for the whole not to. */
export type CompileKind<Node = never> = (
  node: Node,
  path: string,
  isNegated: boolean,
  register: Register,
) => Judge;

/** Kinds that not every program needs, by name; without them they are not understood. `ALL_KINDS` has all. */
export interface Kinds {
  /** Conditions that hold no others, some of them in place of those of every program. */
  leaves?: { [kind: string]: CompileKind };
  /** Comparisons beside those of every program. */
  operators?: Operators;
  /** Facts beside those of every program, and the keys their conditions may have. */
  facts?: FactReaders;
  keys?: { [kind: string]: string };
  /** Compiles a condition that asks something with what the server knows in its place. */
  resolve?: (
    node: Condition,
    facts: Program['facts'],
    compile: (node: Condition) => Judge,
    isNegated: boolean,
    faults: Faults,
  ) => Judge;
  /** Windows between dates. */
  between?: (dates: Between) => Window;
  /** Gates that ask more, in place of those of every program. */
  gates?: Gates;
  /** What a campaign's texts may say. */
  values?: CompileValues;
  /** How arms are given, if the program has something to say about it. */
  assign?: (program: Program) => Assign | undefined;
}

/** Counts what was not understood, and notes what is not on the device. */
export interface Faults {
  count: number;
  /** Something asks for what only the server knows of the user. */
  isPersonal?: boolean;
  /** Something asks for what the page must listen for, see `liveTriggers.ts`. */
  isLive?: boolean;
}

/**
 * Compiles conditions: to a condition a function that says whether it holds. What cannot be known, because the events it
 * asks for were pruned, does not hold, and neither does its negation: nobody is shown a message on a guess. Asking throws
 * `UnknownOperator` for what is not known here, also in a branch that could not change the result: half-understood conditions are
 * not guessed at. So do missing and circular segments. Compiling throws nothing. `root` is put before the paths of the trace.
 */
export function createCompiler(
  segments: Program['segments'],
  register: Register,
  kinds: Kinds,
  faults: Faults = { count: 0 },
  facts?: Program['facts'],
): (condition: Condition, root?: string) => Judge {
  const keys = { ...KINDS, ...kinds.keys };
  learnOperators(kinds.operators);
  learnWindows(kinds.between);

  const compile = (node: Condition, path: string, depth: number, isNegated: boolean): Judge => {
    try {
      return compileKind(node, path, depth, isNegated);
    } catch (error) {
      faults.count++;
      return () => {
        throw error;
      };
    }
  };
  const readerOf = createReaders();
  const segment = createSegments(segments, faults, (node, path, isNegated) =>
    compile(node, path, 1, isNegated),
  );

  const compileKind = (node: Condition, path: string, depth: number, isNegated: boolean): Judge => {
    // A long text would have as many keys.
    const kind = typeof node == 'object' && Object.keys(node ?? {}).find((key) => Object.hasOwn(keys, key));
    if (!kind || depth > MAX_DEPTH) throw new UnknownOperator(path);
    allowKeys(node, `${kind} ${keys[kind]}`);
    const operand = (node as unknown as { [kind: string]: unknown })[kind];
    const child = (inner: Condition, step: string) =>
      compile(inner, (path && `${path}.`) + step, depth + 1, isNegated != (kind == 'not'));

    if (kind == 'not') {
      const inner = child(operand as Condition, kind);
      return (scope) => !inner(scope);
    }
    if (kind == 'all' || kind == 'any') {
      const judges = (operand as Condition[]).map((inner, index) => child(inner, `${kind}[${index}]`));
      return combine(judges, kind == 'any');
    }
    if (kind == 'segment') return traced(segment(operand as string, isNegated), node, path);
    const leaf = (asked: Condition) => leafJudge(asked, kind, path, isNegated, register, kinds, readerOf);
    return kinds.resolve ? kinds.resolve(node, facts, leaf, isNegated, faults) : leaf(node);
  };

  return (condition, root = '') => {
    const before = faults.count;
    const judge = compile(condition, root, 1, false);
    // Asked to the last branch it comes upon what is not known.
    return faults.count > before ? (scope) => judge({ ...scope, trace: scope.trace ?? (() => {}) }) : judge;
  };
}

type ReadByName = (name: string) => FactReader;
type ReaderOf = (kind: string, name: string) => FactReader;

/** What is read by its name alone: one reader, with a place in the memo, for all conditions that name it. Odd places are the segments'. */
function createReaders(): ReaderOf {
  const known = new Map<string, FactReader>();
  return (kind, name) => {
    // What is written like a text is not that text.
    if (typeof name != 'string') throw new UnknownOperator(kind);
    const key = `${kind} ${name}`;
    let reader = known.get(key);
    if (!reader) known.set(key, (reader = { ...(FACTS[kind] as ReadByName)(name), slot: 2 * known.size }));
    return reader;
  };
}

/** Compiles each segment once, plain and negated. */
function createSegments(
  segments: Program['segments'],
  faults: Faults,
  compile: (node: Condition, path: string, isNegated: boolean) => Judge,
) {
  const known = new Map<string, { slot: number; judge?: Judge; isFaulty?: boolean }>();
  let chain = 0;
  return (name: string, isNegated: boolean): Judge => {
    const key = name + isNegated;
    let entry = known.get(key);
    if (!entry) {
      if (!Object.hasOwn(segments, name) || chain == MAX_CHAIN) throw new UnknownOperator(name);
      known.set(key, (entry = { slot: 2 * known.size + 1 }));
      const before = faults.count;
      chain++;
      entry.judge = compile(segments[name]!, `segments.${name}`, isNegated);
      chain--;
      entry.isFaulty = faults.count > before;
    }
    const { judge, slot, isFaulty } = entry;
    // It is just being compiled: it needs itself.
    if (!judge) throw new UnknownOperator(name);
    if (isFaulty) faults.count++;
    return (scope) => (scope.memo[slot] ??= judge(scope)) as boolean;
  };
}

function traced(judge: Judge, node: Condition, path: string): Judge {
  return (scope) => {
    const passed = judge(scope);
    scope.trace?.(path, passed, node as Json, []);
    return passed;
  };
}

/** With a trace no short cut is taken: `explain` shows every comparison. */
function combine(judges: Judge[], isAny: boolean): Judge {
  return (scope) => {
    let passed = !isAny;
    for (const judge of judges) {
      if (judge(scope) == isAny) {
        passed = isAny;
        if (!scope.trace) break;
      }
    }
    return passed;
  };
}

/** Of a condition that holds no others. */
function leafJudge(
  node: Condition,
  kind: string,
  path: string,
  isNegated: boolean,
  register: Register,
  kinds: Kinds,
  readerOf: ReaderOf,
): Judge {
  const own = kinds.leaves?.[kind];
  if (own) return own(node as never, path, isNegated, register);
  const name = (node as unknown as { [kind: string]: string })[kind]!;
  const reader = FACTS[kind] ? readerOf(kind, name) : kinds.facts?.[kind]?.(name, node as never);
  if (!reader) throw new UnknownOperator(path);
  return presentJudge(node, path, reader);
}

export function presentJudge(node: Condition, path: string, { one, many, slot }: FactReader): Judge {
  const tester = testerOf((node as unknown as { is: Test }).is);
  // One function for both would be called a level deeper at every question.
  return one
    ? ({ facts, now, trace, memo }) => {
        const value = (slot === undefined ? one(facts, now) : (memo[slot] ??= one(facts, now))) as
          Json | undefined;
        const passed = value === undefined ? tester.none : tester.one(value, now);
        trace?.(path, passed, node as unknown as Json, value === undefined ? [] : [value]);
        return passed;
      }
    : ({ facts, now, trace }) => {
        const values = many(facts, now);
        const passed = passesAny(tester, values, now);
        trace?.(path, passed, node as unknown as Json, values);
        return passed;
      };
}
