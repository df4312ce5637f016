/** Points no visit comes by, each with its reason, and those at which nothing of ours could help. Anything else must be seen. */
const REASONS = {
  'asked by a backtest in the collector only': [
    'core/decide.ts const known = new Map(judgedVerdicts',
    'core/decide.ts .map((campaign) => known.get(',
    'core/recall.ts before: (name)',
  ],
  'the package is called by it, the script tag by name': [
    'sdk/client.ts track: (name, properties) =>',
    'sdk/client.ts page: (properties) =>',
  ],
  'stands where another is put before anything is called': [
    'sdk/messages/fault.ts let hear =',
    'sdk/messages/blocks.ts coupon: () =>',
  ],
  'how the SDK is switched off: see switchedOff.mjs': [
    'sdk/client.ts const faults = createFaults(given.now, () => lifecycle.turnOff',
    'sdk/lifecycle.ts turnOff()',
  ],
};
/** The host's own call goes through these, and nothing of ours comes before their first line. */
const OUTERMOST = [
  'sdk/commandFunction.ts const command = (name, ...args)',
  'sdk/page.ts history[name] = function',
];

/**
 * Where a call of the host's is left without an answer: it waits in a list whose own few lines fail, and nothing is left that could
 * take it out. Nothing throws, and nothing else of the host differs.
 */
const UNANSWERED = [
  'sdk/lifecycle.ts const release =',
  'sdk/lifecycle.ts const start =',
  'sdk/lifecycle.ts faults.guard(async () => {',
  'sdk/lifecycle.ts return new Promise((resolve) => waiting.push(',
  'sdk/log.ts const commitSoon =',
  'sdk/log.ts const commit =',
  'sdk/log.ts const next =',
];

const begins = (beginnings) => (name) => beginnings.some((beginning) => name.startsWith(beginning));

export const isUnreachable = begins(Object.values(REASONS).flat());
export const isUnanswered = begins(UNANSWERED);
export const isOutermost = begins(OUTERMOST);
