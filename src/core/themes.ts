import type { Theme } from './content.js';

/** A preset says everything, so that nothing of a site's theme is left under it. */
const PLAIN = { radius: 14, font: 'system', spacing: 'normal' } as const;

/**
 * Themes to begin with, by the name a theme's `preset` gives. They are data: what a message is drawn with knows none of them. Text and
 * buttons of each meet WCAG 2.2 AA in both schemes.
 */
export const THEMES = {
  /** Ink on white: what messages look like that have no theme (`styles.ts` says the same). */
  ink: {
    ...PLAIN,
    accent: '#1f2a37',
    surface: '#ffffff',
    text: '#1d1f22',
    muted: '#5f646b',
    border: '#e3e5e8',
    dark: { accent: '#eef0f3', surface: '#1c1f24', text: '#f0f1f3', muted: '#a8adb5', border: '#343941' },
  },
  /** Green tea. */
  matcha: {
    ...PLAIN,
    accent: '#2f6b3a',
    surface: '#fbfcf8',
    text: '#1b2419',
    muted: '#566152',
    border: '#dde5d6',
    radius: 16,
    dark: { accent: '#a9d39a', surface: '#171d16', text: '#eef3ea', muted: '#a5b09e', border: '#2e382b' },
  },
  /** Cherry blossoms. */
  sakura: {
    ...PLAIN,
    accent: '#a83257',
    surface: '#fffafb',
    text: '#2a1c21',
    muted: '#6f5a61',
    border: '#f0dfe4',
    radius: 20,
    font: 'rounded',
    dark: { accent: '#f4a6bd', surface: '#231a1d', text: '#f8ecef', muted: '#c2a8b0', border: '#43333a' },
  },
  /** Dyer's indigo: close and plain. */
  indigo: {
    ...PLAIN,
    accent: '#27408b',
    surface: '#ffffff',
    text: '#141a2b',
    muted: '#565d72',
    border: '#dfe3ee',
    radius: 8,
    spacing: 'compact',
    dark: { accent: '#a9bcf5', surface: '#151a28', text: '#eef1f8', muted: '#a4adc4', border: '#2f374d' },
  },
  /** Undyed cloth: serifs and much room. */
  kinari: {
    ...PLAIN,
    accent: '#5a4326',
    surface: '#faf6ee',
    text: '#2b241b',
    muted: '#6b6152',
    border: '#e6dccb',
    radius: 4,
    font: 'serif',
    spacing: 'roomy',
    dark: { accent: '#e2c79a', surface: '#221e18', text: '#f3ece0', muted: '#b8ac99', border: '#40382d' },
  },
  /** Persimmons: warm and round. */
  kaki: {
    ...PLAIN,
    accent: '#b4430f',
    surface: '#fffaf5',
    text: '#2b1e16',
    muted: '#715d50',
    border: '#f0e0d3',
    radius: 24,
    font: 'rounded',
    dark: { accent: '#ffb38a', surface: '#241a14', text: '#f9ede4', muted: '#c7ae9e', border: '#45352b' },
  },
} satisfies { [name: string]: Theme };

export type ThemeName = keyof typeof THEMES;

/** The theme with the tokens of its `preset` under its own; a preset that is none counts for nothing. */
export function withPreset({ preset, ...theme }: Theme): Theme {
  const base: Theme | undefined =
    preset !== undefined && Object.hasOwn(THEMES, preset) ? THEMES[preset] : undefined;
  // As without a preset, the accent is that of the theme in both schemes: its text would be unreadable on another.
  const carried = base && theme.accent !== undefined && { accent: theme.accent };
  const dark = { ...base?.dark, ...carried, ...theme.dark };
  return { ...base, ...theme, ...(Object.keys(dark).length > 0 && { dark }) };
}
