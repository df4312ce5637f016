/** The occasion that an explanation takes for granted. */
import { describe, expect, it } from 'vitest';
import { pastOf } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { lastOccasion, signalsWith } from '../../../src/core/lastOccasion.js';
import type { Trigger } from '../../../src/core/program.js';
import { compileRules } from '../../../src/core/rules.js';
import { expandLog, expandProgram, NOW, SESSION } from '../../cases/expand.js';

function occasionOf(trigger?: Trigger) {
  const rules = compileRules(
    expandProgram({ campaigns: [{ id: 'c', triggers: trigger && [trigger] }] }),
    ALL_KINDS,
  );
  const past = pastOf(rules.atoms, expandLog([{ name: 'buy', ago: '1h', properties: { value: 3 } }]));
  return lastOccasion(rules, 'c', trigger, { past, now: NOW }, SESSION);
}

describe('the occasion of a trigger', () => {
  it('is the last event there was', () =>
    expect(occasionOf({ on: 'event', event: 'buy' })).toMatchObject({
      trigger: 'event',
      event: { name: 'buy', properties: { value: 3 } },
    }));
  it('is an event of now where there was none', () =>
    expect(occasionOf({ on: 'event', event: 'sell' }).event).toEqual({ name: 'sell', time: NOW }));
  it.each([
    ['where', { on: 'event', event: 'buy', where: { value: { near: 3 } } }],
    ['page', { on: 'event', event: 'buy', page: { near: 3 } }],
  ])('is such an event as well where its %s cannot be read', (_, trigger) =>
    expect(occasionOf(trigger as never).event).toEqual({ name: 'buy', time: NOW }),
  );
  it.each([null, 5, [], { toString: null }])('is none of an event whose name is %j', (event) =>
    expect(occasionOf({ on: 'event', event } as never)).toEqual({
      now: NOW,
      trigger: 'manual',
      campaign: 'c',
    }),
  );
  it.each([null, '5', [], { toString: null }])('waits for nothing in place of %j', (seconds) => {
    const trigger = { on: 'dwell', seconds } as never;
    expect(occasionOf(trigger)).toEqual({ now: NOW, trigger: 'dwell', campaign: 'c' });
    expect(signalsWith(trigger, { dwell: 3, scroll: 0 })).toEqual({ dwell: 3, scroll: 0 });
  });
  it('is the element that is seen', () =>
    expect(occasionOf({ on: 'visible', selector: '#a' })).toEqual({
      now: NOW,
      trigger: 'visible',
      campaign: 'c',
      selector: '#a',
    }));
  it('is nothing that a combination has not made, nor anything of no trigger', () => {
    const none = { now: NOW, trigger: 'manual', campaign: 'c' };
    expect(occasionOf({ on: 'all', of: [] })).toEqual(none);
    expect(occasionOf()).toEqual(none);
  });
});
