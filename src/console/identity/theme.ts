import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver } from '@mantine/core';

/** Evergreen for what one acts on, on warm paper; gold for attention, persimmon for loss. */
export const theme = createTheme({
  primaryColor: 'tokiwa',
  primaryShade: { light: 7, dark: 5 },
  colors: {
    tokiwa: [
      '#eef6f3',
      '#dcebe5',
      '#b6d6ca',
      '#8ec0ae',
      '#6cad97',
      '#4f9c84',
      '#368570',
      '#1f6a58',
      '#185546',
      '#0f4136',
    ],
    gray: [
      '#faf9f5',
      '#f2f1ea',
      '#e9e7dd',
      '#dcdacf',
      '#c9c7ba',
      '#a9a692',
      '#85857a',
      '#5c6661',
      '#37403b',
      '#1f2522',
    ],
    dark: [
      '#dfe4e1',
      '#b7bfba',
      '#8f9993',
      '#67726c',
      '#46504b',
      '#37403b',
      '#262d29',
      '#1b211e',
      '#131715',
      '#0d100f',
    ],
  },
  fontFamily:
    'system-ui, -apple-system, "Hiragino Sans", "Yu Gothic UI", "Yu Gothic", "Noto Sans JP", "Noto Sans CJK JP", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK JP", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
});

/** The colours our own style sheets name; the same names in both schemes. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#faf9f5',
    '--mantine-color-text': '#1f2522',
    '--mantine-color-dimmed': '#5c6661',
    '--k-surface': '#ffffff',
    '--k-sunken': '#f2f1ea',
    '--k-line': '#e4e2d9',
    '--k-shown': '#1f6a58',
    '--k-clicked': '#9a6b00',
    '--k-answered': '#3f5aa6',
    '--k-goal': '#b2452c',
    '--k-loss': '#b2452c',
    '--k-track': '#e9e7dd',
    '--k-passive': '#a9a692',
    '--k-mark': '#e3a008',
  },
  dark: {
    '--mantine-color-body': '#131715',
    '--mantine-color-text': '#dfe4e1',
    '--mantine-color-dimmed': '#9aa59f',
    '--k-surface': '#1b211e',
    '--k-sunken': '#222925',
    '--k-line': '#313a35',
    '--k-shown': '#6cc3a8',
    '--k-clicked': '#e0b040',
    '--k-answered': '#93a9ea',
    '--k-goal': '#ec8b70',
    '--k-loss': '#ec8b70',
    '--k-track': '#2b332f',
    '--k-passive': '#6f7a72',
    '--k-mark': '#f0b429',
  },
});
