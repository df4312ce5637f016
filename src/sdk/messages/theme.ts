import type { Theme } from '../../core/content.js';
import { coloursOf, problemOn } from '../../core/drawnColours.js';
import { guarded } from './fault.js';

/** The CSS custom properties for a scheme. */
export function tokensOf(themes: (Theme | undefined)[], isDark: boolean): { [token: string]: string } {
  const { accentText, ...colours } = coloursOf(themes, isDark);
  const tokens: { [token: string]: string } = {};
  for (const [name, colour] of Object.entries(colours)) tokens[`--${name}`] = colour;
  if (accentText) tokens['--accent-text'] = accentText;
  if (colours.surface) tokens['--problem'] = problemOn(colours.surface);
  for (const theme of themes)
    if (typeof theme?.radius == 'number') tokens['--radius'] = `${Math.min(24, Math.max(0, theme.radius))}px`;
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
