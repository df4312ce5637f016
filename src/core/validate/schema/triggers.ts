/** What can make a campaign's occasion (`program.ts`), as JSON Schema. */
import type { Combination, CombinedTrigger, Trigger } from '../../program.js';
import { MAX_PARTS, RANGES } from '../vocabulary.js';
import { duration, eventName } from './conditions.js';
import type { Definitions, Schema } from './parts.js';
import { fixed, listOf, number, record, refer, text, word } from './parts.js';

type TriggerOf<On extends Trigger['on']> = Extract<Trigger, { on: On }>;

const page = refer('test', 'Narrows it to pages whose path passes this test');

const event = {
  on: fixed('event', 'An event is logged'),
  event: eventName('Its name'),
  where: refer('where'),
};

/** What a page does, or its visitor there. */
const happenings: Schema[] = [
  record<TriggerOf<'page'>>('Page', 'A page is viewed.', { on: fixed('page', 'A page is viewed'), page }, [
    'on',
  ]),
  record<TriggerOf<'dwell'>>(
    'Dwell',
    'The visitor stays on the page.',
    { on: fixed('dwell', 'Stays on the page'), seconds: number(RANGES.dwell, 'How long'), page },
    ['on', 'seconds'],
  ),
  record<TriggerOf<'scroll'>>(
    'Scroll',
    'The visitor scrolls down.',
    { on: fixed('scroll', 'Scrolls down'), percent: number(RANGES.scroll, 'How far'), page },
    ['on', 'percent'],
  ),
  record<TriggerOf<'exit'>>(
    'Exit',
    'The visitor seems about to leave.',
    { on: fixed('exit', 'Seems about to leave'), page },
    ['on'],
  ),
  record<TriggerOf<'visible'>>(
    'Visible',
    'An element comes into view.',
    {
      on: fixed('visible', 'An element comes into view'),
      selector: text('CSS selector, such as "#price"'),
      page,
    },
    ['on', 'selector'],
  ),
  record<TriggerOf<'idle'>>(
    'Idle',
    'Nothing is done on the page for so long, while it can be seen.',
    { on: fixed('idle', 'Nothing is done'), seconds: number(RANGES.pause, 'For how long'), page },
    ['on', 'seconds'],
  ),
  record<TriggerOf<'rage'>>(
    'Rage',
    'The visitor clicks three times on one spot within a second.',
    { on: fixed('rage', 'Clicks in a rage'), page },
    ['on'],
  ),
  record<TriggerOf<'backForth'>>(
    'Back and forth',
    'The visitor is back on a page within 30 seconds of leaving it.',
    {
      on: fixed('backForth', 'Is back on a page just left'),
      times: number(RANGES.times, 'How many times in a session, that one and each later; default 1', {
        type: 'integer',
      }),
      page,
    },
    ['on'],
  ),
  record<TriggerOf<'hesitation'>>(
    'Hesitation',
    'Nothing is done for so long in a form that was begun and not submitted.',
    {
      on: fixed('hesitation', 'Pauses in a form'),
      seconds: number(RANGES.pause, 'For how long'),
      selector: text('CSS selector of what the field lies in, such as "#checkout"; default any form'),
      page,
    },
    ['on', 'seconds'],
  ),
];

const trigger: Schema = {
  title: 'Trigger',
  description: "What can make a campaign's occasion.",
  anyOf: [
    record<TriggerOf<'event'>>('Event', 'An event is logged.', { ...event, page }, ['on', 'event']),
    ...happenings,
    record<TriggerOf<'manual'>>(
      'Manual',
      'Only show(id) shows it; a tab is always there.',
      { on: fixed('manual', 'Only show(id) shows it'), page },
      ['on'],
    ),
    combination('all', 'All', 'Several happen, in any order; the last of them makes the occasion.'),
    combination(
      'then',
      'One after the other',
      'Several happen in this order; the last of them makes the occasion.',
    ),
  ],
};

/** A part of a combination. */
const part: Schema = {
  title: 'Part of a combination',
  description: 'One of several things that are waited for.',
  anyOf: [
    record<Omit<CombinedTrigger & { on: 'event' }, 'page'>>('Event', 'An event is logged.', event, [
      'on',
      'event',
    ]),
    ...happenings,
  ],
};

function combination(on: Combination['on'], title: string, description: string): Schema {
  return record<Combination>(
    title,
    description,
    {
      on: fixed(on, title),
      of: listOf(refer('part'), 'What is waited for', { minItems: 1, maxItems: MAX_PARTS }),
      within: {
        description: 'How long before the last the first may be; default in the same session',
        anyOf: [
          word(['session', 'ever'], 'The running session, or all of the retained past'),
          duration('A number with s, m, h, d or w, such as "10m"'),
        ],
      },
      delay: duration(
        'How long after the last it is shown, also on a later page of the session, such as "30s"',
      ),
    },
    ['on', 'of'],
  );
}

export const triggerDefinitions: Definitions = { trigger, part };
