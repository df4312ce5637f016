import { expect, it } from 'vitest';
import { createCouponDesk } from '../../../src/collector/couponDesk.js';
import { createLog, type LogEntry } from '../../../src/collector/log.js';

const claim = { site: 'shop', campaign: 'spring', pool: 'ten', visitor: 'v-1', user: 'ann' };

it.each([
  [
    'Invalid Input Error: Malformed JSON at byte 3 of input: unexpected low surrogate in string.  Input: ["ann"]',
    'Invalid Input Error: Malformed JSON at byte 3 of input: unexpected low surrogate in string.',
  ],
  ['Constraint Error: Duplicate key "code: TEN-1" violates', 'Constraint Error: Duplicate key'],
  [
    "Conversion Error: Could not convert string 'TEN-1' to INT64",
    'Conversion Error: Could not convert string',
  ],
  ['IO Error: No space left on device\nLINE 1: TEN-1', 'IO Error: No space left on device'],
])(
  'the cause of claims that failed is logged once for all of them, with nothing of theirs: %s',
  async (message, reason) => {
    const log: LogEntry[] = [];
    const desk = createCouponDesk(
      { claimCoupons: () => Promise.reject(new Error(message)) },
      createLog((entry) => log.push(entry)),
    );
    // The first is taken at once; those that come while it is served are the next group.
    const answers = await Promise.allSettled([desk.claim(claim), desk.claim(claim), desk.claim(claim)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(log.map(({ level, claims, reason }) => [level, claims, reason])).toEqual([
      ['error', 1, reason],
      ['error', 2, reason],
    ]);
  },
);
