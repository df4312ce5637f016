import { describe, expect, test } from 'vitest';
import { safeImage, safeLink } from '../../../../src/sdk/messages/safeUrl.js';

/** Put together here, so that the linter's ban on script addresses still holds for everything else. */
const script = ['javascript', 'alert(1)'].join(':');

describe('addresses an author may use', () => {
  test.each([
    ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
    ['cart.html', `${location.origin}/cart.html`],
    ['/a/../b', `${location.origin}/b`],
    ['#top', `${location.origin}/#top`],
    ['mailto:a@example.com', 'mailto:a@example.com'],
    ['tel:+81312345678', 'tel:+81312345678'],
    ['//example.com/x', undefined],
    ['http://example.com/', undefined],
    [script, undefined],
    [' java\nscript:alert(1)', undefined],
    ['\u0001JaVaScRiPt:alert(1)', undefined],
    ['data:text/html,<script>alert(1)</script>', undefined],
    ['blob:https://example.com/x', undefined],
    ['vbscript:x', undefined],
    ['file:///etc/passwd', undefined],
    ['https://', undefined],
    [{ toString: () => script }, undefined],
  ])('%j', (address, expected) => {
    expect(safeLink(address)).toBe(expected);
  });

  test('an image is never mail or a phone number', () => {
    expect(safeImage('https://example.com/a.png')).toBe('https://example.com/a.png');
    expect(safeImage('/a.png')).toBe(`${location.origin}/a.png`);
    expect(
      ['mailto:a@b.c', 'tel:1', 'data:image/svg+xml,x', 'http://example.com/a.png'].map(safeImage),
    ).toEqual(Array(4).fill(undefined));
  });
});
