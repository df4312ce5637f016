import { Button } from '@mantine/core';
import { useSpeech } from '../language/language.js';

/** Names the other language in that language. */
export function LanguageSwitch() {
  const { t, language, change } = useSpeech();
  const other = language === 'ja' ? 'en' : 'ja';
  return (
    <Button
      variant="default"
      size="compact-sm"
      lang={other}
      aria-label={t.language.switchLabel}
      onClick={() => change(other)}
      data-test="lang-switch"
    >
      {t.language.switchTo}
    </Button>
  );
}
