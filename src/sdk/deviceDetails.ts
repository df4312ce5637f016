import type { Properties, TrackedEvent } from '../core/events.js';
import { DEVICE_EVENT } from '../core/lateFacts.js';
import type { Environment } from './environment.js';
import type { StoredRow } from './store.js';
import type { Visitor } from './visitor.js';

interface Deps {
  env: Environment;
  visitor: Visitor;
  record: (event: TrackedEvent) => unknown;
}

/**
 * What a program asks of the device beside what a session begins with. The log, of which `rows` are the latest, is told of it once a
 * session where a condition may ask for it: nobody but the page can find it out, and the collector is to answer the same.
 */
export async function learnDevice(
  program: string,
  { env, visitor, record }: Deps,
  rows: readonly StoredRow[],
): Promise<Properties> {
  const asksFor = (...words: string[]) => words.some((word) => program.includes(`"${word}"`));
  /** In a placeholder. */
  const says = (...words: string[]) => words.some((word) => program.includes(`device.${word}`));
  const isOfBrowser = asksFor('os', 'browser');
  const isNamed = asksFor('timeZone');
  const isZoned = isNamed || asksFor('time', 'weekdays', 'hours', 'calendar') || says('timeZone');
  const details: Properties = {
    ...((isOfBrowser || says('os', 'browser')) && (await import('./device.js')).readDeviceDetails()),
    ...(isZoned && { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
  };
  const told = JSON.stringify(details);
  const { id } = visitor.session()!;
  const isTold = rows.some(
    ({ session, events }) =>
      session === id &&
      events.some(({ name, properties }) => name === DEVICE_EVENT && JSON.stringify(properties) === told),
  );
  // For a clock alone the offset, which each batch has, does as well as the name.
  if ((isOfBrowser || isNamed) && !isTold)
    void record({ name: DEVICE_EVENT, time: env.now(), properties: details });
  return details;
}
