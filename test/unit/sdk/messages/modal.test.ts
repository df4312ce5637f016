import { afterEach, beforeEach, expect, test } from 'vitest';
import { createModal } from '../../../../src/sdk/messages/modal.js';
import { drawingBrowser } from './browser.fixture.js';
import { noteTaking } from './drawing.fixture.js';

let undo: () => void;
beforeEach(() => {
  undo = drawingBrowser();
});
afterEach(() => undo());

type Point = [x: number, y: number];
const BESIDE: Point = [50, 300];
const WITHIN: Point = [400, 300];

/** A dialog in the middle of a page of 800 by 600, or over all of it. */
function open(look: string) {
  const card = document.createElement('textarea');
  const { view, leave } = noteTaking([]);
  const dialog = createModal(view, card, look);
  document.body.append(dialog);
  dialog.getBoundingClientRect = () =>
    look === 'full' ? new DOMRect(0, 0, 800, 600) : new DOMRect(180, 200, 440, 200);
  const tell = (type: string, on: Element, [clientX, clientY]: Point) =>
    on.dispatchEvent(new MouseEvent(type, { bubbles: true, clientX, clientY }));
  /** Pressed here and let go there, which is a click on what holds both. */
  const drag = (from: Point, to: Point) => {
    const [pressed, left] = [from, to].map((point) => (point === BESIDE ? dialog : card));
    tell('pointerdown', pressed!, from);
    tell('click', pressed === left ? left! : dialog, to);
    return leave.mock.calls;
  };
  return { dialog, drag };
}

test('a modal closes with a click beside it', () => {
  expect(open('modal').drag(BESIDE, BESIDE)).toEqual([['backdrop']]);
});

test.each<[what: string, from: Point, to: Point]>([
  ['in it', WITHIN, WITHIN],
  ['that begins in it and ends beside it, as selecting a text may', WITHIN, BESIDE],
  ['that begins beside it and ends in it', BESIDE, WITHIN],
])('a modal stays with a click %s', (_, from, to) => {
  const { drag } = open('modal');
  expect(drag(from, to)).toEqual([]);
  expect(drag(BESIDE, BESIDE)).toEqual([['backdrop']]);
});

test('a modal stays with a click on its own frame', () => {
  const { drag } = open('modal');
  expect(drag(BESIDE, [180, 200])).toEqual([]);
});

test('what covers the page has margins of its own, where a click closes nothing', () => {
  const { drag } = open('full');
  expect(drag(BESIDE, BESIDE)).toEqual([]);
  expect(drag(WITHIN, BESIDE)).toEqual([]);
});
