/** What a log tells of the visitor's device and clock: the collector answers what the device does, or that it does not know. */
import { describe, expect, it } from 'vitest';
import { createFound } from '../../../../src/collector/evaluate/asked.js';
import { compileAudience, stateOf } from '../../../../src/collector/evaluate/audience.js';
import { compileForLogs, explainLog } from '../../../../src/collector/evaluate/explanation.js';
import { createPresent } from '../../../../src/collector/evaluate/present.js';
import type { StoredEvent, VisitorLog } from '../../../../src/collector/evaluate/visitorLogs.js';
import type { Condition, TimeFact } from '../../../../src/core/conditions.js';
import type { Properties } from '../../../../src/core/events.js';
import { expandFacts, expandProgram, NOW } from '../../../cases/expand.js';
import { holds } from '../../core/asking.js';
import { wallIn } from '../../core/naiveClock.js';

const INDIA = -330;
const JAPAN = -540;

const event = (name: string, properties: Properties, fields: Partial<StoredEvent> = {}): StoredEvent => ({
  name,
  properties,
  time: NOW,
  session: 's1',
  id: `${name} ${fields.session ?? 's1'}`,
  sequence: [1, 0],
  zone: JAPAN,
  page: 'p',
  ...fields,
});
const start = (fields: Partial<StoredEvent> = {}) =>
  event('$session_start', { number: 1, device: { type: 'mobile', language: 'en' } }, fields);
const told = (details: Properties, fields: Partial<StoredEvent> = {}) =>
  event('$session_device', details, fields);

const logOf = (events: StoredEvent[]) =>
  ({ visitor: 'v', person: 'v', user: null, events }) as unknown as VisitorLog;

function ask(condition: Condition, events: StoredEvent[]) {
  const audience = compileAudience(condition, { segments: {} });
  const { past, facts } = stateOf(logOf(events), audience.atoms);
  const found = createFound(audience.asked);
  found.note(facts);
  return { holds: audience.holds(past, facts, NOW), unknown: found.unknown() };
}

describe('the clock on the wall', () => {
  it.each([
    ['Asia/Kolkata', INDIA],
    ['Asia/Kathmandu', -345],
    ['America/St_Johns', 150],
    ['Pacific/Chatham', -765],
    ['Asia/Tokyo', JAPAN],
    ['UTC', 0],
    ['Etc/GMT+12', 720],
  ])('shows in %s, of which a log has the offset, what it shows there', (timeZone, zone) => {
    const facts: TimeFact[] = ['hour', 'time', 'date', 'weekday'];
    for (const time of facts) {
      const is = { eq: wallIn(timeZone, NOW)[time] };
      expect(holds({ time, is }, { events: [], facts: expandFacts({ device: { timeZone } }) })).toBe(true);
      expect(ask({ time, is }, [start({ zone })])).toEqual({ holds: true, unknown: [] });
    }
  });

  it('goes on where the name of the zone is asked beside it', () => {
    const both: Condition = {
      any: [
        { time: 'hour', is: { eq: 5 } },
        { device: 'timeZone', is: { eq: '' } },
      ],
    };
    expect(ask(both, [start({ zone: INDIA })])).toEqual({ holds: true, unknown: ['device.timeZone'] });
  });
});

describe('operating system, browser and the name of the zone', () => {
  const FACTS = [
    ['os', 'iOS', 'Android'],
    ['browser', 'Mobile Safari', 'Firefox'],
    ['timeZone', 'Asia/Tokyo', 'Asia/Seoul'],
  ] as const;

  it.each(FACTS)('%s: neither it nor its negation holds until a page has told it', (device, value) => {
    for (const is of [{ eq: value }, { ne: value }, { exists: true }, { exists: false }]) {
      const unknown = { holds: false, unknown: [`device.${device}`] };
      expect(ask({ device, is }, [start()])).toEqual(unknown);
      expect(ask({ not: { device, is } }, [start()])).toEqual(unknown);
      expect(ask({ not: { not: { device, is } } }, [start()])).toEqual(unknown);
    }
  });

  it.each(FACTS)('%s is known once it was told', (device, value, other) => {
    const log = [start(), told({ [device]: value })];
    expect(ask({ device, is: { eq: value } }, log)).toEqual({ holds: true, unknown: [] });
    expect(ask({ not: { device, is: { eq: value } } }, log)).toEqual({ holds: false, unknown: [] });
    expect(ask({ not: { device, is: { eq: other } } }, log)).toEqual({ holds: true, unknown: [] });
  });

  it('stay what they were in a later session, the zone as long as the offset is the same', () => {
    const log = [start(), told({ os: 'iOS', timeZone: 'Asia/Tokyo' })];
    const later = (zone: number) => [...log, start({ session: 's2', sequence: [2, 0], zone })];
    for (const zone of [JAPAN, INDIA])
      expect(ask({ device: 'os', is: { eq: 'iOS' } }, later(zone)).holds).toBe(true);
    const inTokyo: Condition = { device: 'timeZone', is: { eq: 'Asia/Tokyo' } };
    expect(ask(inTokyo, later(JAPAN))).toEqual({ holds: true, unknown: [] });
    expect(ask(inTokyo, later(INDIA))).toEqual({ holds: false, unknown: ['device.timeZone'] });
    expect(ask({ not: inTokyo }, later(INDIA)).holds).toBe(false);
  });

  it('were so before they were told', () => {
    const log = [start(), event('$page_view', {}), told({ os: 'iOS' })];
    const present = createPresent('v', log);
    present.take(log[0]!);
    present.take(log[1]!);
    expect(present.facts().device).toMatchObject({ os: 'iOS', type: 'mobile', timeZone: '+09:00' });
  });

  it('are explained as not known', () => {
    const audience: Condition = { not: { device: 'os', is: { eq: 'iOS' } } };
    const program = compileForLogs(expandProgram({ campaigns: [{ id: 'c', audience }] }));
    const { sentences, shown } = explainLog(program, logOf([start()]), 'c', { now: NOW });
    expect(shown).toBe(false);
    expect(sentences.en.join('\n')).toContain('nothing, because the device has not told it');
    expect(sentences.ja.join('\n')).toContain('不明（端末からまだ届いていません）');
  });
});
