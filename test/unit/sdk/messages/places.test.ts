/** What the stylesheets say of where things stand; jsdom has a cascade, and no layout. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { POSITIONS } from '../../../../src/core/validate/vocabulary.js';
import { modalCss } from '../../../../src/sdk/messages/modalStyles.js';
import { css } from '../../../../src/sdk/messages/styles.js';
import { tabCss } from '../../../../src/sdk/messages/tabStyles.js';

beforeAll(() => {
  const sheet = document.createElement('style');
  sheet.textContent = css + modalCss + tabCss;
  document.head.append(sheet);
});
afterEach(() => document.body.replaceChildren());

function draw(html: string, dir = 'ltr') {
  document.body.innerHTML = `<div class="root" dir="${dir}">${html}</div>`;
  return (selector: string) => getComputedStyle(document.querySelector(selector)!);
}

test('the close button of what covers the page is at the end of the line, as the room that is left for it', () => {
  const styleOf = draw('<div class="surface full"><button class="close"></button></div>', 'rtl');
  const { left, right, inset, insetInlineEnd, insetBlockStart } = styleOf('.close');
  expect([left, right, inset].filter(Boolean)).toEqual([]);
  expect([insetInlineEnd, insetBlockStart]).toEqual(['12px', '12px']);
});

describe('a launcher', () => {
  const place = (position: string | undefined, dir?: string) => {
    const held = position ? `data-position="${position}"` : '';
    const styleOf = draw(`<div class="launcher" ${held}><button></button></div>`, dir);
    // jsdom does not tell what `inset` says of each side.
    const launcher = styleOf('.launcher');
    const said = launcher.inset.split(' ');
    const [top, right, bottom, left] = (['top', 'right', 'bottom', 'left'] as const).map((side, at) =>
      (launcher[side] || said[at]!).replace('0px', '0'),
    );
    const button = styleOf('button');
    const isLeft = left === '0' && right === 'auto';
    expect(isLeft || (right === '0' && left === 'auto') || [left, right]).toBe(true);
    // Round where it stands out into the page.
    expect(button.borderRadius).toBe(
      isLeft ? '0 var(--inner) var(--inner) 0' : 'var(--inner) 0 0 var(--inner)',
    );
    return [isLeft ? 'left' : 'right', top === '50%' ? 'middle' : [top, bottom].join(), button.letterSpacing];
  };

  test.each([
    [undefined, 'ltr', 'right', 'middle'],
    [undefined, 'rtl', 'left', 'middle'],
    ['right', 'ltr', 'right', 'middle'],
    ['right', 'rtl', 'right', 'middle'],
    ['left', 'ltr', 'left', 'middle'],
    ['left', 'rtl', 'left', 'middle'],
    ['bottom-right', 'ltr', 'right', 'auto,var(--gap)'],
    ['bottom-right', 'rtl', 'right', 'auto,var(--gap)'],
    ['bottom-left', 'ltr', 'left', 'auto,var(--gap)'],
    // Where the site's theme says what a launcher cannot do.
    ['top', 'ltr', 'right', 'middle'],
    ['top', 'rtl', 'left', 'middle'],
  ])('at %s, written %s, stands %s, %s', (position, dir, side, height) => {
    expect(place(position, dir).slice(0, 2)).toEqual([side, height]);
  });

  test('stands elsewhere at every place the validator lets through', () => {
    const places = POSITIONS.tab.map((position) => place(position).join());
    expect(new Set(places).size).toBe(POSITIONS.tab.length);
  });

  test('leaves the letters of Arabic joined', () => {
    expect(place('right', 'rtl')[2]).toBe('0px');
    expect(place('right', 'ltr')[2]).not.toBe('0px');
  });
});
