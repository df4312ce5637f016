import type { Colours, Theme } from '../../core/content.js';
import { luminanceOf } from '../../core/contrast.js';
import { guarded } from './fault.js';

const colours: (keyof Colours)[] = ['accent', 'accentText', 'surface', 'text', 'muted', 'border'];

const isColour = (value: unknown): value is string => /^#[0-9a-f]{6}$/i.test(String(value));

/** Black or white, whichever reads better on the colour: at this luminance both have the same contrast (WCAG 2.2). */
const textOn = (colour: string) => (luminanceOf(colour) > 0.179 ? '#000000' : '#ffffff');

/** The CSS custom properties for a scheme: later themes win; in the dark, of the light tokens only the accent carries over. */
export function tokensOf(themes: (Theme | undefined)[], isDark: boolean): { [token: string]: string } {
  const tokens: { [token: string]: string } = {};
  for (const theme of themes) {
    const { accent, accentText } = theme ?? {};
    const wanted: Omit<Theme, 'dark'> = isDark ? { accent, accentText, ...theme?.dark } : { ...theme };
    if (isColour(wanted.accent)) tokens['--accent-text'] = textOn(wanted.accent);
    for (const colour of colours) {
      const value = wanted[colour];
      if (isColour(value)) tokens[colour == 'accentText' ? '--accent-text' : `--${colour}`] = value;
    }
    if (typeof theme?.radius == 'number') tokens['--radius'] = `${Math.min(24, Math.max(0, theme.radius))}px`;
  }
  return tokens;
}

/** Puts the tokens on the element and follows the reader's colour scheme; the result stops following. */
export function applyTheme(element: HTMLElement, themes: (Theme | undefined)[]): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const { scheme = 'auto', font, spacing } = Object.assign({}, ...themes) as Theme;
  if (font) element.dataset.font = font;
  if (spacing) element.dataset.spacing = spacing;
  // What the page itself is written in; the host has taken leave of it.
  if (font == 'page') element.style.fontFamily = getComputedStyle(document.body).fontFamily;
  const apply = guarded(() => {
    const isDark = scheme == 'auto' ? dark.matches : scheme == 'dark';
    element.dataset.scheme = isDark ? 'dark' : 'light';
    for (const token of [...element.style]) if (token[0] == '-') element.style.removeProperty(token);
    for (const [token, value] of Object.entries(tokensOf(themes, isDark)))
      element.style.setProperty(token, value);
  });
  apply();
  dark.addEventListener('change', apply);
  return () => dark.removeEventListener('change', apply);
}
