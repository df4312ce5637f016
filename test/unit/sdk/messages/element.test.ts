import { describe, expect, test, vi } from 'vitest';
import { drawing, element } from '../../../../src/sdk/messages/element.js';

describe('an element', () => {
  test('has its attributes, whatever their type, and leaves out what is undefined or false', () => {
    const input = element('input', {
      type: 'radio',
      tabindex: -1,
      rows: 0,
      placeholder: '',
      checked: true,
      required: false,
      'aria-label': undefined,
      'data-start': true,
    });
    expect(input.getAttributeNames()).toEqual([
      'type',
      'tabindex',
      'rows',
      'placeholder',
      'checked',
      'data-start',
    ]);
    expect([input.type, input.tabIndex, input.checked, input.required]).toEqual(['radio', -1, true, false]);
  });

  test('listens where a function is named by an event, and carries no handler attribute', () => {
    const click = vi.fn();
    const button = element('button', { type: 'button', click });
    button.click();
    expect(click).toHaveBeenCalledOnce();
    expect(button.getAttributeNames()).toEqual(['type']);
  });

  test('what a listener returns never cancels the event', () => {
    const panel = element('div', { keydown: () => false });
    expect(panel.dispatchEvent(new KeyboardEvent('keydown', { cancelable: true }))).toBe(true);
  });

  test('holds texts as text nodes, never as HTML, and skips what is not there', () => {
    const words = '<img src=x onerror=alert(1)>';
    const paragraph = element('p', {}, words, false, undefined, '', element('b', {}, 'b'));
    expect(paragraph.childNodes).toHaveLength(2);
    expect([paragraph.firstChild!.nodeType, paragraph.textContent]).toEqual([Node.TEXT_NODE, `${words}b`]);
  });

  test('cannot be told a style or a handler attribute', () => {
    // @ts-expect-error No page's CSP shall have a reason to object.
    const style: Parameters<typeof element>[1] = { style: 'color:red' };
    // @ts-expect-error Listeners go by the event's name.
    const handler: Parameters<typeof element>[1] = { onclick: 'x()' };
    // @ts-expect-error Stylesheets are adopted.
    const tag: Parameters<typeof element>[0] = 'style';
    expect([style, handler, tag]).toHaveLength(3);
  });
});

test('a drawing is SVG and hidden from those who hear the page', () => {
  const cross = drawing(20, 'M5 5l10 10');
  expect(cross).toBeInstanceOf(SVGElement);
  expect([cross.getAttribute('viewBox'), cross.getAttribute('aria-hidden')]).toEqual(['0 0 20 20', 'true']);
  expect(cross.firstElementChild!.getAttribute('d')).toBe('M5 5l10 10');
});
