import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { css } from '../../../../src/sdk/messages/styles.js';
import { tabCss } from '../../../../src/sdk/messages/tabStyles.js';

describe('a banner', () => {
  beforeEach(() => {
    const style = document.createElement('style');
    style.textContent = css;
    document.head.append(style);
  });
  afterEach(() => document.head.replaceChildren());

  /** What is drawn of the elements of its card. */
  function drawn(...tags: string[]) {
    const card = document.createElement('div');
    card.className = 'card';
    for (const tag of tags) {
      const [name, className = ''] = tag.split('.');
      card.append(Object.assign(document.createElement(name!), { className }));
    }
    document.body.innerHTML = '<div class="surface banner"><div class="inside"></div></div>';
    document.querySelector('.inside')!.append(card);
    return [...card.children].map((element) => {
      const { display, gridColumn, gridRow, height, maxHeight, maxWidth, marginTop, marginBottom } =
        getComputedStyle(element);
      return { display, gridColumn, gridRow, height, maxHeight, maxWidth, marginTop, marginBottom };
    });
  }

  test('has its image before its words, small', () => {
    const [image] = drawn('img', 'h2');
    expect(image).toMatchObject({ display: 'block', gridColumn: '1', height: '44px' });
    expect(drawn('h2', 'img')[1]).toEqual(image);
  });

  test('has words of one line beside the middle of its image and its buttons', () => {
    // The image takes no part in the rows of the words; the buttons share the only one.
    const [image, , buttons] = drawn('img', 'p', 'div.buttons');
    expect(image).toMatchObject({ marginTop: '-22px', marginBottom: '-22px' });
    expect(buttons).toMatchObject({ gridRow: '1' });
    expect(drawn('p', 'div.buttons')[1]!.gridRow).toBe('1');
    expect(drawn('h2', 'p', 'div.buttons')[2]!.gridRow).toBe('1/span 4');
  });

  test('that is an image alone shows all of it', () => {
    expect(drawn('img')).toMatchObject([
      { display: 'block', height: 'auto', maxHeight: '96px', maxWidth: '100%' },
    ]);
  });
});

test('a tab has its focus ring on its own ground, whatever that of the page is', () => {
  const style = document.createElement('style');
  style.textContent = css + tabCss;
  document.head.append(style);
  document.body.innerHTML = '<div class="launcher"><button></button></div>';
  const { outlineOffset } = getComputedStyle(document.querySelector('button')!);
  // Its 2 px, and so much between it and the edge that it is seen as a line of its own.
  expect(parseFloat(outlineOffset)).toBeLessThanOrEqual(-4);
  style.remove();
});

test('whatever one writes or chooses in is in the letters and the colour of its message', () => {
  const style = document.createElement('style');
  style.textContent = css;
  document.head.append(style);
  const inherits = (name: string) =>
    [...style.sheet!.cssRules].some(
      (rule) =>
        rule instanceof CSSStyleRule &&
        rule.selectorText.split(',').includes(name) &&
        rule.cssText.includes('font: inherit') &&
        rule.style.color === 'inherit',
    );
  expect(['button', 'input', 'textarea', 'select'].filter((name) => !inherits(name))).toEqual([]);
  style.remove();
});
