import { createContext, use, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { en } from './en.js';
import type { Dictionary } from './en.js';
import { createFormat } from './format.js';
import type { Format } from './format.js';
import { ja } from './ja.js';

/** Languages the console speaks. A further one is a dictionary file and a line here. */
export const DICTIONARIES = { ja, en } satisfies Record<string, Dictionary>;
export type Language = keyof typeof DICTIONARIES;

const STORAGE_KEY = 'kikubari-console-language';

interface Speech {
  language: Language;
  t: Dictionary;
  format: Format;
  change(language: Language): void;
}

const SpeechContext = createContext<Speech | null>(null);

function isLanguage(value: string | null): value is Language {
  return value !== null && Object.hasOwn(DICTIONARIES, value);
}

/** The remembered language, else the first the browser prefers that we speak, else English. */
export function preferredLanguage(remembered: string | null, wanted: readonly string[]): Language {
  if (isLanguage(remembered)) return remembered;
  for (const tag of wanted) {
    const base = tag.split('-')[0] ?? '';
    if (isLanguage(base)) return base;
  }
  return 'en';
}

function remembered(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() =>
    preferredLanguage(remembered(), navigator.languages),
  );
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo<Speech>(
    () => ({
      language,
      t: DICTIONARIES[language],
      format: createFormat(language),
      change(next) {
        setLanguage(next);
        try {
          localStorage.setItem(STORAGE_KEY, next);
        } catch {
          // A browser that refuses storage still switches, it only forgets.
        }
      },
    }),
    [language],
  );
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

/** The dictionary and the number and date formats of the language in force. */
export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (!speech) throw new Error('useSpeech needs a LanguageProvider above it');
  return speech;
}
