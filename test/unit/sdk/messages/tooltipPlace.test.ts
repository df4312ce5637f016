import { describe, expect, test } from 'vitest';
import { bestPlace } from '../../../../src/sdk/messages/tooltipPlace.js';

const view = { width: 1000, height: 800 };
const size = { width: 200, height: 100 };
const at = (left: number, top: number, width = 100, height = 40) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});
const MIDDLE = at(450, 380);

describe('a tooltip', () => {
  test.each([
    ['bottom', { side: 'bottom', x: 400, y: 432, tip: 100 }],
    ['top', { side: 'top', x: 400, y: 268, tip: 100 }],
    ['left', { side: 'left', x: 238, y: 350, tip: 50 }],
    ['right', { side: 'right', x: 562, y: 350, tip: 50 }],
    [undefined, { side: 'bottom', x: 400, y: 432, tip: 100 }],
    ['bottom-right', { side: 'bottom', x: 400, y: 432, tip: 100 }],
  ])('wanted %s stands there, in the middle, if there is room', (wanted, expected) => {
    expect(bestPlace(MIDDLE, size, wanted, view)).toEqual(expected);
  });

  test.each([
    ['bottom', at(450, 700), 'top'],
    ['top', at(450, 20), 'bottom'],
    ['left', at(100, 380), 'right'],
    ['right', at(800, 380), 'left'],
  ])('wanted %s turns to the other side where there is none', (wanted, anchor, side) => {
    expect(bestPlace(anchor, size, wanted, view).side).toBe(side);
  });

  test('needs the gap and the margin as well: 20 px more than it is high', () => {
    const side = (below: number) => bestPlace(at(450, 760 - size.height - below), size, 'bottom', view).side;
    expect([side(20), side(19)]).toEqual(['bottom', 'top']);
  });

  test('stands beside where there is room neither above nor below', () => {
    expect(bestPlace(at(450, 10, 100, 780), size, 'bottom', view).side).toBe('left');
    expect(bestPlace(at(50, 10, 100, 780), size, 'top', view).side).toBe('right');
  });

  test('stands below or above where there is no room beside', () => {
    expect(bestPlace(at(10, 380, 980), size, 'left', view).side).toBe('top');
    expect(bestPlace(at(10, 20, 980), size, 'right', view).side).toBe('bottom');
  });

  test.each([
    ['bottom', at(140, 150, 20, 20), { width: 280, height: 150 }, { side: 'top', x: 10, y: 8, tip: 140 }],
    ['top', at(140, 30, 20, 20), { width: 280, height: 150 }, { side: 'bottom', x: 10, y: 42, tip: 140 }],
    ['bottom', at(2, 20, 20, 170), { width: 280, height: 190 }, { side: 'right', x: 12, y: 8, tip: 97 }],
    ['bottom', at(278, 20, 20, 170), { width: 280, height: 190 }, { side: 'left', x: 8, y: 8, tip: 97 }],
  ])(
    'stands where most room is, if there is enough nowhere, and over its anchor rather than out of view: wanted %s of %j',
    (wanted, anchor, large, expected) => {
      expect(bestPlace(anchor, large, wanted, { width: 300, height: 200 })).toEqual(expected);
    },
  );

  test.each([
    [{ width: 1280, height: 720 }, at(0, -100, 1280, 1000), { side: 'top', x: 480, y: 8 }],
    [{ width: 360, height: 640 }, at(16, 70, 328, 500), { side: 'bottom', x: 20, y: 468 }],
  ])('stays in a view of %j beside what fills it', (page, anchor, expected) => {
    expect(bestPlace(anchor, { width: 320, height: 164 }, 'bottom', page)).toMatchObject(expected);
  });

  test.each([
    [at(0, 380, 40), { x: 8, tip: 20 }],
    [at(60, 380, 40), { x: 8, tip: 72 }],
    [at(960, 380, 40), { x: 792, tip: 180 }],
    [at(-80, 380, 40), { x: 8, tip: 20 }],
  ])(
    'keeps to the page along its side, and points at the anchor as far as it can: %j',
    (anchor, expected) => {
      expect(bestPlace(anchor, size, 'bottom', view)).toMatchObject(expected);
    },
  );

  test('begins at the edge where it is wider than the page', () => {
    expect(bestPlace(MIDDLE, { width: 1200, height: 100 }, 'bottom', view)).toMatchObject({ x: 8, y: 432 });
  });

  test('takes the page’s own size if none is given', () => {
    const { x, side } = bestPlace(at(innerWidth - 40, 100, 40), size);
    expect([side, x]).toEqual(['bottom', innerWidth - 200 - 8]);
  });
});
