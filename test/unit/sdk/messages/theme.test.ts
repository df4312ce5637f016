import { describe, expect, test } from 'vitest';
import { tokensOf } from '../../../../src/sdk/messages/theme.js';

describe('theme tokens', () => {
  test('the message’s theme wins over the site’s', () => {
    const site = { accent: '#112233', surface: '#fafafa', radius: 4 };
    expect(tokensOf([site, { accent: '#445566', accentText: '#ffffff' }], false)).toEqual({
      '--accent': '#445566',
      '--accent-text': '#ffffff',
      '--surface': '#fafafa',
      '--radius': '4px',
    });
  });

  test('a new accent never keeps the old text on it', () => {
    const site = { accent: '#000000', accentText: '#ffffff' };
    expect(tokensOf([site, { accent: '#ffee88' }], false)['--accent-text']).toBe('#000000');
    expect(tokensOf([{ accent: '#0a5' + '0a5' }], false)['--accent-text']).toBe('#ffffff');
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
