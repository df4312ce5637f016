/**
 * What a plain `npm test` leaves to `.ci/run` (`npm test -- --whole`), so that it ends within twelve minutes: the longest files, of
 * which each has a shorter one of its kind beside it that stays. Whoever names a project or a file gets all of it.
 */
export const LEFT_TO_CI = {
  collector: [
    // Core runs every golden case in `npm test`; here each goes through a real store as well.
    'test/unit/collector/evaluate/goldenCases.test.ts',
    'test/unit/collector/evaluate/backtest.test.ts',
    'test/unit/collector/auth.test.ts',
    'test/unit/collector/cli.test.ts',
    'test/unit/collector/diskFaults.test.ts',
    'test/unit/collector/missingSegments.test.ts',
    'test/unit/collector/storing.test.ts',
  ],
  // What stays: the whole loop from shop to console, the SDK in a page, combinations, coupons, the formats of messages.
  e2e: [
    'test/e2e/chunks.test.ts',
    'test/e2e/console.test.ts',
    'test/e2e/cookieDomain.test.ts',
    'test/e2e/identity.test.ts',
    'test/e2e/messages.test.ts',
    'test/e2e/messages/hostilePages.test.ts',
    'test/e2e/messages/injected.test.ts',
    'test/e2e/messages/largestPaint.test.ts',
    'test/e2e/messages/strictCsp.test.ts',
    'test/e2e/personalFacts.test.ts',
  ],
};
