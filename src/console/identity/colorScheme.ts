import { localStorageColorSchemeManager } from '@mantine/core';

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'kikubari-console-scheme' });

/** Sets the scheme before the first paint of React; the usual inline script would need a hole in the CSP. */
export function applyColorScheme(): void {
  const wanted = colorSchemeManager.get('auto');
  const dark = wanted === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : wanted === 'dark';
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
}
