/** The colours a message is drawn with: what its themes say, and what follows from that. */
import type { Colours, Theme } from './content.js';
import { luminanceOf } from './contrast.js';

const COLOURS: (keyof Colours)[] = ['accent', 'accentText', 'surface', 'text', 'muted', 'border'];

const isColour = (value: unknown): value is string =>
  typeof value == 'string' && /^#[0-9a-f]{6}$/i.test(value);

/** Black or white, whichever reads better on the colour: at this luminance both have the same contrast (WCAG 2.2). */
const textOn = (colour: string) => (luminanceOf(colour) > 0.179 ? '#000000' : '#ffffff');

/** What is wrong with an answer is said in one of two reds, whichever reads better; `styles.ts` says the same of surfaces without a theme. */
export const problemOn = (surface: string) => (luminanceOf(surface) > 0.265 ? '#b3261e' : '#ffb4ab');

/** Those of a scheme: later themes win; in the dark, of the light tokens only the accent carries over. */
export function coloursOf(themes: readonly (Theme | undefined)[], isDark: boolean): Colours {
  const colours: Colours = {};
  for (const theme of themes) {
    const { accent, accentText } = theme ?? {};
    const wanted: Colours = isDark ? { accent, accentText, ...theme?.dark } : { ...theme };
    if (isColour(wanted.accent)) colours.accentText = textOn(wanted.accent);
    for (const name of COLOURS) if (isColour(wanted[name])) colours[name] = wanted[name];
  }
  return colours;
}
