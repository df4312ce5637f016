import {
  convertCssVariables,
  defaultCssVariablesResolver,
  mergeMantineTheme,
  DEFAULT_THEME,
} from '@mantine/core';
import { cssVariablesResolver, theme } from './theme.js';

/**
 * Puts the theme's variables into an adopted sheet. Mantine would write them with innerHTML into a style element,
 * which Trusted Types forbid; an adopted sheet needs neither a nonce nor a policy.
 */
export function adoptTheme(): void {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme);
  const [base, own] = [defaultCssVariablesResolver(merged), cssVariablesResolver(merged)];
  const scheme = (name: 'light' | 'dark') => ({
    ...base[name],
    ...own[name],
    '--mantine-color-scheme': name,
  });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    convertCssVariables({
      variables: { ...base.variables, ...own.variables },
      light: scheme('light'),
      dark: scheme('dark'),
    }) ?? '',
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
