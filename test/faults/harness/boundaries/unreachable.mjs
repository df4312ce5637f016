/** Points no visit comes by, each with its reason, and those at which nothing of ours could help. Anything else must be seen. */
const REASONS = {
  'asked by a backtest in the collector only': [
    'core/decide.ts const known = new Map(judgedVerdicts',
    'core/decide.ts .map((campaign) => known.get(',
  ],
  'the package is called by it, the script tag by name': [
    'sdk/client.ts track: (name, properties) =>',
    'sdk/client.ts page: (properties) =>',
  ],
  'stands where another is put before anything is called': [
    'sdk/messages/fault.ts let hear =',
    'sdk/messages/blocks.ts coupon: () =>',
    'sdk/messages/blocks.ts countdown: () =>',
    'sdk/messages/blocks.ts product: () =>',
  ],
  'how the SDK is switched off: see switchedOff.mjs': [
    'sdk/client.ts const faults = createFaults(given.now, () => lifecycle.turnOff',
    'sdk/lifecycle.ts turnOff()',
  ],
};
/** The host's own call goes through these, and nothing of ours comes before their first line; or they have none that could throw. */
const OUTERMOST = [
  'sdk/database.ts done.catch(() => undefined)',
  'sdk/past.ts work = done.catch(() => undefined)',
  'sdk/delivery.ts saveDrops().catch(() => undefined)',
  'sdk/client.ts (async () => listener(detail))().catch(() => undefined); (2)',
  'sdk/commandFunction.ts const command = async (name, ...args)',
  'sdk/page.ts history[name] = function',
];

/** Where a call of the host's may be left without an answer, and why. Nothing throws, and nothing else of the host differs. */
const UNANSWERED = {
  'it waits in a list, and the few lines that empty the list fail': [
    'sdk/lifecycle.ts const release =',
    'sdk/lifecycle.ts const start =',
    'sdk/lifecycle.ts faults.guard(async () => {',
    'sdk/lifecycle.ts return new Promise((resolve) => waiting.push(',
    'sdk/log.ts const commitSoon =',
    'sdk/log.ts const commit =',
    'sdk/log.ts const next =',
  ],
  'what fails is the answer': ['sdk/log.ts const answer =', 'sdk/log.ts const refuse ='],
  'a request that nobody answers is not given up, so flush() waits for the browser to do that': [
    'sdk/sender.ts const patience =',
  ],
  'the same of a code, for which show() waits': ['sdk/messages/couponClaim.ts const timer ='],
  'a withdrawal waits for the tab that does not let go of the database': [
    'sdk/engine.ts const onVersionChange =',
  ],
};

const begins = (beginnings) => (name) => beginnings.some((beginning) => name.startsWith(beginning));

export const isUnreachable = begins(Object.values(REASONS).flat());
export const isUnanswered = begins(Object.values(UNANSWERED).flat());
export const isOutermost = begins(OUTERMOST);
