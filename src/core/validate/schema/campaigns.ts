/** Campaigns and what holds for all of them (`program.ts`) as JSON Schema. */
import type {
  Campaign,
  Cap,
  Clock,
  Goal,
  Limits,
  PublishedCampaign,
  Schedule,
  Variant,
} from '../../program.js';
import {
  CALENDAR_UNITS,
  COUNTED,
  MAX_NAME,
  MOST,
  PURPOSES,
  RANGES,
  RESERVED_ARMS,
  SHAPES,
  STATUSES,
} from '../vocabulary.js';
import { duration, eventName, instant, zone } from './conditions.js';
import type { Definitions, Schema } from './parts.js';
import { stop, toldByGoal } from './stops.js';
import { anyText, counting, flag, listOf, number, path, record, refer, shaped, text, word } from './parts.js';
import { triggerDefinitions } from './triggers.js';

const clock: Schema = {
  title: 'Clock',
  description: 'What a cap is counted in.',
  anyOf: [
    word(['session', 'ever'], 'The running session, or always'),
    record<Extract<Clock, { last: unknown }>>(
      'Sliding window',
      'So long back from now.',
      { last: duration('A number with s, m, h, d or w, such as "7d"') },
      ['last'],
    ),
    record<Extract<Clock, { calendar: unknown }>>(
      'Calendar',
      'The running day, week (from Monday) or month.',
      {
        calendar: word(CALENDAR_UNITS, 'Which part'),
        zone: zone("Whose calendar; default the visitor's zone"),
      },
      ['calendar'],
    ),
  ],
};

const capCounting = (of: readonly string[], title: string) =>
  record<Cap>(
    title,
    'At most so many by that clock.',
    {
      count: counting('At most so many'),
      per: refer('clock'),
      of: word(of, 'What is counted; default exposures', { default: 'exposure' }),
    },
    ['count', 'per'],
  );

const schedule = record<Schedule>(
  'Schedule',
  'When the campaign is due.',
  {
    from: instant('First moment: ISO 8601 with its zone'),
    until: instant('It ends before this moment: ISO 8601 with its zone'),
    weekdays: listOf(number(RANGES.weekday, '1 is Monday', { type: 'integer' }), 'Default every day', {
      minItems: 1,
      maxItems: RANGES.weekday[1],
    }),
    hours: record<NonNullable<Schedule['hours']>>(
      'Hours',
      'By the clock on the wall; over midnight if "until" is the earlier.',
      { from: shaped(SHAPES.timeOfDay, 'Such as "09:00"'), until: shaped(SHAPES.timeOfDay, 'Not included') },
      ['from', 'until'],
    ),
    zone: zone('Of weekdays and hours, such as "Asia/Tokyo"; default the visitor\'s'),
  },
  [],
);

const goal = record<Goal>(
  'Goal',
  "What the campaign is for, counted after a person's first exposure.",
  {
    event: eventName('Name of the event'),
    where: refer('where'),
    window: duration('How long after the first exposure it counts, such as "7d"'),
    value: path('Property that is summed as its value'),
  },
  ['event', 'window'],
);

const variant = record<Variant>(
  'Variant',
  'One way to say it.',
  {
    id: shaped(SHAPES.id, 'Names it in reports; unique in the campaign', { not: { enum: RESERVED_ARMS } }),
    weight: number(RANGES.weight, 'Relative to the other variants', { default: 1 }),
    content: refer('content'),
  },
  ['id', 'content'],
);

const VARIANTS = 'Persons are shared among them by weight';

/** A list not all of which may weigh nothing. */
const variants = listOf(refer('variant'), VARIANTS, {
  minItems: 1,
  maxItems: MOST.variants,
  contains: { not: { properties: { weight: { const: 0 } }, required: ['weight'] } },
});

const properties: { [Key in keyof Required<Campaign>]: Schema } = {
  id: shaped(SHAPES.campaignId, '1 to 64 of a-z, 0-9 and "-"; unique in the site'),
  name: text('The name people know it by'),
  status: word(STATUSES, 'Only live ones are published'),
  triggers: listOf(refer('trigger'), 'Any of them makes an occasion', {
    minItems: 1,
    maxItems: MOST.triggers,
  }),
  audience: refer('condition', 'Who it is for; absent: everybody'),
  caps: listOf(refer('cap'), 'How often it may be shown; absent: once in a session; [] for no limit', {
    maxItems: MOST.caps,
  }),
  priority: number(RANGES.priority, 'Higher goes first, ties by id', { default: 0 }),
  group: text('At most one campaign of a group in a session'),
  tags: listOf(text('A tag', { maxLength: MAX_NAME }), 'What the limits count together', {
    maxItems: MOST.tags,
  }),
  attention: number(RANGES.attention, 'How much of the attention budget one exposure costs', { default: 1 }),
  rollout: number(RANGES.rollout, 'Share of persons for whom it is there at all', { default: 1 }),
  schedule: refer('schedule'),
  purpose: word(PURPOSES, 'Consent it needs; default "survey" if it asks a question, else "personalise"'),
  control: number(RANGES.unseen, 'Share of persons who see nothing and are counted', { default: 0 }),
  values: {
    description: 'What texts may say of the past, by name: {{ values.viewed | default: "…" }}',
    type: 'object',
    propertyNames: { pattern: SHAPES.valueName.source },
    maxProperties: MOST.values,
    additionalProperties: refer('value'),
  },
  variants,
  goal: refer('goal'),
  stop: refer('stop'),
  language: shaped(SHAPES.language, 'Of plain texts, and last fallback', { default: 'en' }),
  note: anyText('For people: why it exists'),
};

const withoutGoal = { properties: { of: { not: { const: 'goal' } } } };

/** A campaign, with what else it may have, and must have of that. */
const campaignWith = (more: { [key: string]: Schema }, required: string[]): Schema => ({
  title: 'Campaign',
  description: 'Who is shown what, when and how often.',
  type: 'object',
  properties: { ...properties, ...more },
  required: ['id', 'name', 'status', 'triggers', 'variants', ...required],
  additionalProperties: false,
  if: { not: { required: ['goal'] } },
  then: { properties: { caps: { items: withoutGoal }, stop: toldByGoal } },
});

/** In a file. */
export const campaign = campaignWith({}, []);

type More = Exclude<keyof PublishedCampaign, keyof Campaign>;

/** In a program: of one that was stopped nothing is left to be shown. */
export const publishedCampaign = campaignWith(
  {
    ...({
      version: counting('Grows with each change'),
      stopped: refer('stopped'),
    } satisfies { [Key in More]: Schema }),
    variants: { if: { maxItems: 0 }, else: variants, ...listOf(refer('variant'), VARIANTS) },
  },
  ['version'],
);

const limits = record<Limits>(
  'Limits',
  'What holds for all campaigns of the site together.',
  {
    contacts: flag('Whether messages may ask for personal data: an address, a number, a name'),
    holdOut: number(RANGES.unseen, 'Share of persons who see no campaign and are counted'),
    attention: record<NonNullable<Limits['attention']>>(
      'Attention',
      'How much attention a person may be asked for.',
      {
        budget: number(RANGES.attention, "Each exposure costs its campaign's attention"),
        per: refer('clock'),
      },
      ['budget', 'per'],
    ),
    caps: listOf(refer('sharedCap'), 'All campaigns together', { maxItems: MOST.caps }),
    tags: {
      description: 'The campaigns with that tag together',
      type: 'object',
      maxProperties: MOST.limitedTags,
      additionalProperties: listOf(refer('sharedCap'), 'Caps of this tag', { maxItems: MOST.caps }),
    },
  },
  [],
);

export const campaignDefinitions: Definitions = {
  ...triggerDefinitions,
  cap: capCounting(COUNTED, 'Cap'),
  sharedCap: capCounting(
    COUNTED.filter((of) => of !== 'goal'),
    'Cap of several campaigns',
  ),
  clock,
  schedule,
  goal,
  stop,
  variant,
  limits,
};
