import { NativeSelect, isMantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { useSpeech } from '../language/language.js';

/** `keepTransitions`, because Mantine would else write a style element with innerHTML. */
export function SchemeSwitch() {
  const { t } = useSpeech();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <NativeSelect
      size="xs"
      aria-label={t.scheme.label}
      value={colorScheme}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        if (isMantineColorScheme(chosen)) setColorScheme(chosen);
      }}
      data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t.scheme[value] }))}
      data-test="scheme-switch"
    />
  );
}
