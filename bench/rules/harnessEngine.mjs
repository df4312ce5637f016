/** The rules of the harness, which are lists such as `['eq', 'plan', 'gold']`, in our language. `CORE` is where core was built. */
import { ALL_KINDS, createAtoms, createCompiler, createPast } from 'CORE';

function conditionOf([name, field, wanted, ...more]) {
  const inner = [field, wanted, ...more];
  if (name === 'and') return { all: inner.filter(Boolean).map(conditionOf) };
  if (name === 'or') return { any: inner.filter(Boolean).map(conditionOf) };
  if (name === 'not') return { not: conditionOf(field) };
  const is = {
    has: { contains: wanted },
    re: { matches: wanted },
    vgte: { semver: { gte: wanted } },
    between: { gte: wanted?.[0], lte: wanted?.[1] },
  };
  return { attribute: field, is: is[name] ?? { [name]: wanted } };
}

export const engineFor = (attributes) => ({
  prepare(rules) {
    const atoms = createAtoms();
    const compile = createCompiler({}, atoms.register, ALL_KINDS);
    const judges = rules.map((rule) => compile(conditionOf(rule)));
    const past = createPast(atoms);
    return () => {
      // One occasion.
      const scope = { past, facts: { attributes }, now: 0, memo: [] };
      return judges.map((judge) => judge(scope));
    };
  },
});
