import { describe, expect, it } from 'vitest';
import { textOfUtf8 } from '../../../src/collector/ingest/utf8.js';
import { seeded } from './batches.js';

const SAMPLES = [
  '',
  'a',
  'plain {"a":1}',
  'ä',
  'ニット',
  '\ufeffmark',
  '\u0000',
  'a🧶b',
  '\u{10ffff}',
  '\uffff',
];

describe('textOfUtf8', () => {
  it.each(SAMPLES)('reads %j as Buffer.toString() does', (text) => {
    expect(textOfUtf8(Buffer.from(text))).toBe(text);
  });

  it('reads any mixture, at any place in a larger buffer', () => {
    const random = seeded(31);
    for (let round = 0; round < 500; round += 1) {
      const parts = Array.from({ length: 40 }, () => SAMPLES[Math.floor(random() * SAMPLES.length)]!);
      const text = parts.join('');
      const large = Buffer.from(`x${text}x`);
      expect(textOfUtf8(large.subarray(1, large.length - 1))).toBe(text);
    }
  });
});
