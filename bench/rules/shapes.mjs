/** A visitor, and 1,000 rules about what one can be: shapes that every engine has a form for, each with a hundred operands. */
export const VISITOR = {
  plan: 'gold',
  country: 'JP',
  language: 'ja',
  age: 41,
  orders: 9,
  spent: 74_300.5,
  isMember: true,
  mail: 'taro@shop.example',
  path: '/items/tea/2041',
  cart: 5400,
  daysSinceOrder: 18,
  app: '3.12.1',
  interests: ['tea', 'ceramics', 'books'],
  device: { type: 'mobile', system: 'iOS', width: 393 },
  campaign: { source: 'mail', medium: 'newsletter' },
};

const PLANS = ['gold', 'silver', 'bronze', 'none'];
const COUNTRIES = ['JP', 'US', 'GB', 'FR', 'KR', 'TW', 'DE'];
const INTERESTS = ['tea', 'coffee', 'ceramics', 'garden', 'books'];
const at = (list, index) => list[index % list.length];
const some = (list, index, count) =>
  Array.from({ length: count }, (_, offset) => at(list, index + 2 * offset));
const of = (attribute, is) => ({ attribute, is });

const SHAPES = [
  (i) => of('plan', { eq: at(PLANS, i) }),
  (i) => of('cart', { gte: i * 110 }),
  (i) => of('country', { in: some(COUNTRIES, i, 3) }),
  (i) => of('interests', { contains: at(INTERESTS, i) }),
  (i) => of('app', { semver: { gte: `${1 + (i % 4)}.${i % 25}.${i % 3}` } }),
  (i) => of('path', { matches: `^/(items|goods)/[a-z]+/${i % 2 ? '[0-9]+' : i}$` }),
  (i) => of('device.width', { gte: 300 + (i % 50), lte: 380 + i }),
  (i) => ({
    any: [of('country', { eq: at(COUNTRIES, i) }), of('age', { lt: i }), of('campaign.source', { eq: 'ad' })],
  }),
  (i) => ({
    all: [
      of('device.type', { eq: i % 2 ? 'mobile' : 'desktop' }),
      { not: of('language', { in: some(['ja', 'en', 'fr', 'ko'], i, 2) }) },
      of('isMember', { eq: i % 3 > 0 }),
    ],
  }),
  (i) => ({
    all: [
      { any: [of('mail', { matches: '@shop\\.example$' }), of('spent', { gte: i * 2000 })] },
      { not: { all: [of('daysSinceOrder', { lt: i % 40 }), of('campaign.medium', { eq: 'newsletter' })] } },
      of('orders', { gt: i % 15 }),
      of('device.system', { in: ['iOS', 'Android'] }),
    ],
  }),
];

export const RULES = Array.from({ length: 1000 }, (_, index) =>
  at(SHAPES, index)(Math.floor(index / SHAPES.length)),
);

const readAt = (path) => path.split('.').reduce((holder, key) => holder[key], VISITOR);
const numbersOf = (version) => version.split('.').map(Number);

function isAtLeast(version, wanted) {
  const [these, those] = [numbersOf(version), numbersOf(wanted)];
  const part = these.findIndex((number, index) => number !== those[index]);
  return part < 0 || these[part] > those[part];
}

const COMPARE = {
  eq: (found, wanted) => found === wanted,
  gt: (found, wanted) => found > wanted,
  gte: (found, wanted) => found >= wanted,
  lt: (found, wanted) => found < wanted,
  lte: (found, wanted) => found <= wanted,
  in: (found, wanted) => wanted.includes(found),
  contains: (found, wanted) => found.includes(wanted),
  matches: (found, wanted) => new RegExp(wanted).test(found),
  semver: (found, wanted) => isAtLeast(found, wanted.gte),
};

/** What every engine must say, told without one. */
export function expected(rule) {
  if (rule.all) return rule.all.every(expected);
  if (rule.any) return rule.any.some(expected);
  if (rule.not) return !expected(rule.not);
  return Object.entries(rule.is).every(([name, wanted]) => COMPARE[name](readAt(rule.attribute), wanted));
}
