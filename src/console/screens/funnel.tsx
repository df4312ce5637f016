import { Chip, Group, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { useFunnel } from '../api/reports.js';
import { useSpeech } from '../language/language.js';
import { Empty } from '../shell/empty.js';
import { Screen } from '../shell/screen.js';
import { usePlace } from '../shell/site.js';
import { eventWord } from '../words/text.js';
import classes from './funnel.module.css';
import { FunnelSteps } from './funnelSteps.js';

const SHOP_STEPS = ['view_item', 'add_to_cart', 'begin_checkout', 'purchase'] as const;
const DAYS = [7, 14, 30, 90];
const WINDOWS = [1, 7, 14, 30];

function oneOf(list: number[], wanted: string | null, fallback: number): number {
  const value = Number(wanted);
  return wanted !== null && list.includes(value) ? value : fallback;
}

/** Known steps in the shop's order, whatever order the address names them in; at least two. */
export function chosenSteps(wanted: string | null): string[] {
  const steps = SHOP_STEPS.filter((step) => wanted?.split(',').includes(step));
  return steps.length >= 2 ? steps : [...SHOP_STEPS];
}

/** Where persons leave. The choices live in the address, so that a link shows the same. */
export function FunnelScreen() {
  const { t } = useSpeech();
  const { site } = usePlace();
  const [search, setSearch] = useSearchParams();
  const ask = {
    steps: chosenSteps(search.get('steps')),
    days: oneOf(DAYS, search.get('days'), 30),
    window: oneOf(WINDOWS, search.get('window'), 7),
  };
  const set = (name: string, value: string) =>
    setSearch((old) => new URLSearchParams({ ...Object.fromEntries(old), [name]: value }), { replace: true });
  const report = useFunnel(site.key, ask);
  return (
    <Screen
      title={t.funnel.title}
      lead={t.funnel.lead}
      report={report}
      tools={<Choices ask={ask} set={set} />}
    >
      {(data) =>
        (data.steps[0]?.people ?? 0) === 0 ? (
          <Empty title={t.funnel.empty} hint={t.funnel.emptyHint} />
        ) : (
          <FunnelSteps report={data} />
        )
      }
    </Screen>
  );
}

interface ChoicesProps {
  ask: { steps: string[]; days: number; window: number };
  set(name: string, value: string): void;
}

function Choices({ ask, set }: ChoicesProps) {
  const { t, format } = useSpeech();
  const options = (days: number[]) =>
    days.map((n) => ({ value: String(n), label: t.common.days(format.number(n)) }));
  return (
    <>
      <Field label={t.funnel.days}>
        {(id) => (
          <SegmentedControl
            aria-labelledby={id}
            size="xs"
            value={String(ask.days)}
            data={options(DAYS)}
            onChange={(value) => set('days', value)}
          />
        )}
      </Field>
      <Field label={t.funnel.window}>
        {(id) => (
          <SegmentedControl
            aria-labelledby={id}
            size="xs"
            value={String(ask.window)}
            data={options(WINDOWS)}
            onChange={(value) => set('window', value)}
          />
        )}
      </Field>
      <Field label={t.funnel.steps}>
        {(id) => (
          <Chip.Group
            multiple
            value={ask.steps}
            onChange={(steps) => (steps.length >= 2 ? set('steps', steps.join(',')) : undefined)}
          >
            <Group gap={6} role="group" aria-labelledby={id}>
              {SHOP_STEPS.map((step) => (
                <Chip
                  key={step}
                  value={step}
                  size="xs"
                  disabled={ask.steps.length === 2 && ask.steps.includes(step)}
                >
                  {eventWord(step, t)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        )}
      </Field>
    </>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div>
      <div id={id} className={classes.label}>
        {label}
      </div>
      {children(id)}
    </div>
  );
}
