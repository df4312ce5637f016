/** The rules in the form of each engine. Those that have no comparison of versions compare a text that sorts as versions do. */
import { evalCondition } from '@growthbook/growthbook';
import jsonLogic from 'json-logic-js';
import { Engine } from 'json-rules-engine';
import { Query } from 'mingo';
import siftModule from 'sift';
import { VISITOR } from './shapes.mjs';

const sift = siftModule.default ?? siftModule;
const sortable = (version) =>
  version
    .split('.')
    .map((part) => part.padStart(6, '0'))
    .join('.');
const document = { ...VISITOR, sortableApp: sortable(VISITOR.app) };

/** `node`: how an engine writes all, any, not and one comparison. */
function translate(rule, node) {
  if (rule.all) return node.all(rule.all.map((inner) => translate(inner, node)));
  if (rule.any) return node.any(rule.any.map((inner) => translate(inner, node)));
  if (rule.not) return node.not(translate(rule.not, node));
  const comparisons = Object.entries(rule.is).map(([name, wanted]) => node.one(rule.attribute, name, wanted));
  return comparisons.length === 1 ? comparisons[0] : node.all(comparisons);
}

const queryNode = (comparisons, not) => ({
  all: ($and) => ({ $and }),
  any: ($or) => ({ $or }),
  not,
  one(path, name, wanted) {
    const make = comparisons[name];
    return make ? make(path, wanted) : { [path]: { [`$${name}`]: wanted } };
  },
});
const GROWTHBOOK = queryNode(
  {
    contains: (path, $eq) => ({ [path]: { $elemMatch: { $eq } } }),
    matches: (path, $regex) => ({ [path]: { $regex } }),
    semver: (path, { gte }) => ({ [path]: { $vgte: gte } }),
  },
  ($not) => ({ $not }),
);
const MONGO = queryNode(
  {
    contains: (path, wanted) => ({ [path]: wanted }),
    matches: (path, $regex) => ({ [path]: { $regex } }),
    semver: (_, { gte }) => ({ sortableApp: { $gte: sortable(gte) } }),
  },
  (inner) => ({ $nor: [inner] }),
);

const LOGIC_NAMES = { eq: '===', gt: '>', gte: '>=', lt: '<', lte: '<=', in: 'in', matches: 'matches' };
const LOGIC = {
  all: (and) => ({ and }),
  any: (or) => ({ or }),
  not: (inner) => ({ '!': inner }),
  one(path, name, wanted) {
    const value = { var: path };
    if (name === 'contains') return { in: [wanted, value] };
    if (name === 'semver') return { '>=': [{ var: 'sortableApp' }, sortable(wanted.gte)] };
    return { [LOGIC_NAMES[name]]: [value, wanted] };
  },
};

const ENGINE_NAMES = {
  eq: 'equal',
  gt: 'greaterThan',
  gte: 'greaterThanInclusive',
  lt: 'lessThan',
  lte: 'lessThanInclusive',
};
const RULES_ENGINE = {
  all: (all) => ({ all }),
  any: (any) => ({ any }),
  not: (not) => ({ not }),
  one(path, name, value) {
    if (name === 'semver') return { fact: 'sortableApp', operator: 'notBefore', value: sortable(value.gte) };
    const [fact, ...steps] = path.split('.');
    const operator = ENGINE_NAMES[name] ?? name;
    return { fact, operator, value, ...(steps.length > 0 && { path: `$.${steps.join('.')}` }) };
  },
};

function prepareRulesEngine(rules) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator('matches', (found, wanted) => new RegExp(wanted).test(found));
  engine.addOperator('notBefore', (found, wanted) => found >= wanted);
  rules.forEach((rule, index) => {
    const made = translate(rule, RULES_ENGINE);
    const conditions = made.fact ? { all: [made] } : made;
    engine.addRule({ conditions, event: { type: 'holds' }, name: `${index}` });
  });
  return async () => {
    const { results } = await engine.run(document);
    const answers = new Array(rules.length).fill(false);
    for (const { name } of results) answers[Number(name)] = true;
    return answers;
  };
}

function prepareLogic(rules) {
  jsonLogic.add_operation('matches', (found, wanted) => new RegExp(wanted).test(found));
  const made = rules.map((rule) => translate(rule, LOGIC));
  return () => made.map((logic) => !!jsonLogic.apply(logic, document));
}

function prepareOurs({ createAtoms, createCompiler, createPast, ALL_KINDS }, rules) {
  const atoms = createAtoms();
  const compile = createCompiler({}, atoms.register, ALL_KINDS);
  const judges = rules.map((rule) => compile(rule));
  const past = createPast(atoms);
  return () => {
    // One occasion.
    const scope = { past, facts: { attributes: VISITOR }, now: 0, memo: [] };
    return judges.map((judge) => judge(scope));
  };
}

const compiled = (compile) => (rules) => {
  const made = rules.map(compile);
  return () => made.map((ask) => ask());
};

/** To each engine what makes it ready: from rules a function that answers all of them, or promises to. */
export const enginesWith = (core) => ({
  kikubari: (rules) => prepareOurs(core, rules),
  growthbook: compiled((rule) => {
    const condition = translate(rule, GROWTHBOOK);
    return () => evalCondition(VISITOR, condition);
  }),
  'json-logic-js': prepareLogic,
  'json-rules-engine': prepareRulesEngine,
  sift: compiled((rule) => {
    const query = sift(translate(rule, MONGO));
    return () => query(document);
  }),
  mingo: compiled((rule) => {
    const query = new Query(translate(rule, MONGO));
    return () => query.test(document);
  }),
});
