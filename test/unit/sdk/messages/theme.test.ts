import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Theme } from '../../../../src/core/content.js';
import { THEMES, withPreset, type ThemeName } from '../../../../src/core/themes.js';
import { applyTheme, tokensOf } from '../../../../src/sdk/messages/theme.js';

describe('theme tokens', () => {
  test('the message’s theme wins over the site’s', () => {
    const site = { accent: '#112233', surface: '#fafafa', radius: 4 };
    expect(tokensOf([site, { accent: '#445566', accentText: '#ffffff' }], false)).toEqual({
      '--accent': '#445566',
      '--accent-text': '#ffffff',
      '--surface': '#fafafa',
      '--problem': '#b3261e',
      '--radius': '4px',
    });
  });

  test('a new accent never keeps the old text on it', () => {
    const site = { accent: '#000000', accentText: '#ffffff' };
    expect(tokensOf([site, { accent: '#ffee88' }], false)['--accent-text']).toBe('#000000');
    expect(tokensOf([{ accent: '#0a5' + '0a5' }], false)['--accent-text']).toBe('#ffffff');
  });

  test('what is wrong with an answer can be read on a dark surface in the light, too', () => {
    const problem = (theme: Theme, isDark: boolean) => tokensOf([theme], isDark)['--problem'];
    const theme: Theme = { surface: '#222222', dark: { surface: '#eeeeee' } };
    expect([problem(theme, false), problem(theme, true)]).toEqual(['#ffb4ab', '#b3261e']);
    // Where a theme has no surface, the stylesheet says it.
    expect(problem({ text: '#000000' }, false)).toBeUndefined();
  });

  test('in the dark, only the accent carries over from the light tokens', () => {
    const theme = {
      accent: '#224466',
      surface: '#ffffff',
      text: '#000000',
      radius: 8,
      dark: { text: '#eeeeee' },
    };
    expect(tokensOf([theme], true)).toEqual({
      '--accent': '#224466',
      '--accent-text': '#ffffff',
      '--text': '#eeeeee',
      '--radius': '8px',
    });
  });

  test('what is no #rrggbb, or no number from 0 to 24, never reaches CSS', () => {
    const bad = { accent: 'red', surface: 'url(https://x)', text: '#12', radius: 900, border: undefined };
    expect(tokensOf([bad, undefined], false)).toEqual({ '--radius': '24px' });
    expect(tokensOf([{ radius: '9px' as never }], false)).toEqual({});
  });
});

describe('a preset', () => {
  test.each(Object.keys(THEMES) as ThemeName[])(
    '%s leaves nothing of the site’s theme under it',
    (preset) => {
      const site = withPreset({ preset: preset == 'ink' ? 'kaki' : 'ink' });
      for (const isDark of [false, true]) {
        const own = tokensOf([withPreset({ preset })], isDark);
        expect(tokensOf([site, withPreset({ preset })], isDark)).toEqual(own);
        expect(Object.keys(own).sort()).toEqual(
          ['accent', 'accent-text', 'border', 'muted', 'problem', 'radius', 'surface', 'text'].map(
            (name) => `--${name}`,
          ),
        );
      }
    },
  );

  test('is under the tokens beside it', () => {
    const tokens = tokensOf([withPreset({ preset: 'matcha', accent: '#ffee88', radius: 2 })], false);
    expect(tokens).toMatchObject({
      '--accent': '#ffee88',
      '--accent-text': '#000000',
      '--radius': '2px',
      '--surface': THEMES.matcha.surface,
    });
  });
});

describe('an element', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** Themes an element for a reader of that scheme, who may change it. */
  function themed(themes: (Theme | undefined)[], isDark = false) {
    const scheme = Object.assign(new EventTarget(), { matches: isDark });
    vi.stubGlobal('matchMedia', () => scheme);
    const element = document.createElement('div');
    const stop = applyTheme(element, themes);
    const turn = (matches: boolean) => {
      scheme.matches = matches;
      scheme.dispatchEvent(new Event('change'));
    };
    return { element, stop, turn, text: () => element.style.getPropertyValue('--text') };
  }
  const theme: Theme = { text: '#111111', dark: { text: '#eeeeee' } };

  test('says how it is written and how much room there is, the message’s own word before the site’s', () => {
    const site: Theme = { font: 'serif', spacing: 'roomy' };
    expect({ ...themed([site, { spacing: 'compact' }]).element.dataset }).toMatchObject({
      font: 'serif',
      spacing: 'compact',
    });
    expect(themed([{ spacing: 'roomy' }]).element.dataset.spacing).toBe('roomy');
    const { element } = themed([undefined, {}]);
    expect([element.dataset.font, element.dataset.spacing]).toEqual([undefined, undefined]);
  });

  test('is written in the page’s own font where that is asked for', () => {
    document.body.style.fontFamily = 'Papyrus';
    const { element, turn } = themed([{ ...theme, font: 'page' }]);
    expect(element.style.fontFamily).toBe('Papyrus');
    turn(true);
    expect(element.style.fontFamily).toBe('Papyrus');
    document.body.style.fontFamily = '';
  });

  test('follows the reader’s scheme, until it is told not to', () => {
    const { element, stop, turn, text } = themed([{ ...theme, border: '#cccccc' }]);
    expect([element.dataset.scheme, text()]).toEqual(['light', '#111111']);
    turn(true);
    expect([element.dataset.scheme, text()]).toEqual(['dark', '#eeeeee']);
    expect(element.style.getPropertyValue('--border')).toBe('');
    stop();
    turn(false);
    expect(text()).toBe('#eeeeee');
  });

  test('keeps to the scheme the author chose, the message’s own before the site’s', () => {
    const { element, turn, text } = themed([{ scheme: 'light' }, { ...theme, scheme: 'dark' }]);
    turn(false);
    expect([element.dataset.scheme, text()]).toEqual(['dark', '#eeeeee']);
    expect(themed([{ ...theme, scheme: 'light' }], true).element.dataset.scheme).toBe('light');
  });
});
