import { expect, it } from 'vitest';
import { eventId } from '../../../src/core/events.js';
import { uuidTimeMs, uuidv7 } from '../../../src/core/uuid.js';

const bytes = (byte: number) => new Uint8Array(10).fill(byte);

it('has the layout of RFC 9562 5.7, the last 16 bits left to the index', () => {
  // 0x017f22e279b0 is the time of the RFC's own example, appendix A.6.
  expect(uuidv7(1645557742000, bytes(0xff))).toBe('017f22e2-79b0-7fff-bfff-ffffffff0000');
  expect(uuidv7(1645557742000, bytes(0))).toBe('017f22e2-79b0-7000-8000-000000000000');
});

it('uses enough of the random bytes: 58 bits that differ make different ids', () => {
  const ids = new Set<string>();
  for (let byte = 0; byte < 8; byte++) {
    if (byte === 7) continue;
    for (let bit = 0; bit < 8; bit++) {
      const random = bytes(0);
      random[byte] = 1 << bit;
      ids.add(uuidv7(0, random));
    }
  }
  const last = bytes(0);
  last[9] = 3;
  ids.add(uuidv7(0, last));
  expect(ids.size).toBe(57);
});

it('carries its time, also in the id of an event', () => {
  const id = uuidv7(1777593600123.9, bytes(7));
  expect(uuidTimeMs(id)).toBe(1777593600123);
  expect(uuidTimeMs(eventId(id, 300))).toBe(1777593600123);
  expect(eventId(id, 300).slice(-4)).toBe('012c');
  expect(uuidTimeMs('not an id')).toBeNaN();
});

it('sorts by time', () => {
  expect(uuidv7(1777593600123, bytes(255)) < uuidv7(1777593600124, bytes(0))).toBe(true);
});
