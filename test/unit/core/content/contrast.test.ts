import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrastOf, luminanceOf, mixed } from '../../../../src/core/contrast.js';

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('contrastOf', () => {
  // As the calculators of WebAIM and of the W3C's techniques say.
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#949494', '#ffffff', 3.03],
    ['#595959', '#ffffff', 7],
    ['#ff0000', '#ffffff', 4],
    ['#00ff00', '#ffffff', 1.37],
    ['#0000ff', '#ffffff', 8.59],
    ['#0000ff', '#000000', 2.44],
    ['#ffff00', '#000000', 19.56],
    ['#abcdef', '#ABCDEF', 1],
  ])('of %s on %s is %d', (one, other, ratio) => {
    expect(Number(contrastOf(one, other).toFixed(2))).toBe(ratio);
    expect(contrastOf(other, one)).toBe(contrastOf(one, other));
  });

  it('is from 1 to 21', () =>
    fc.assert(
      fc.property(colour, colour, (one, other) => {
        expect(contrastOf(one, other)).toBeGreaterThanOrEqual(1);
        expect(contrastOf(one, other)).toBeLessThanOrEqual(21);
        expect(contrastOf(one, one)).toBe(1);
      }),
    ));
});

it('reckons luminance by parts', () => {
  expect(luminanceOf('#000000')).toBe(0);
  expect(luminanceOf('#ffffff')).toBeCloseTo(1, 12);
  expect(luminanceOf('#ff0000')).toBeCloseTo(0.2126, 12);
  expect(luminanceOf('#00ff00')).toBeCloseTo(0.7152, 12);
  expect(luminanceOf('#0000ff')).toBeCloseTo(0.0722, 12);
  // Below the bend, where it is a line.
  expect(luminanceOf('#0a0a0a')).toBeCloseTo(10 / 255 / 12.92, 12);
});

it('mixes as CSS does', () => {
  expect(mixed('#757575', 0.82, '#ffffff')).toBe('#8e8e8e');
  expect(mixed('#000000', 0.5, '#ffffff')).toBe('#808080');
  expect(mixed('#010203', 1, '#ffffff')).toBe('#010203');
});
