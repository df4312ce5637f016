/** The segment language (`conditions.ts`) as JSON Schema. */
import type {
  Behaviour,
  Between,
  Condition,
  Measured,
  PublicFact,
  Sequence,
  Step,
  Test,
  VersionTest,
} from '../../conditions.js';
import { MAX_PATTERN } from '../../pattern.js';
import { VERSION } from '../../version.js';
import { FACT_NAMES, MAX_NAME, MEASURES, MOST, SHAPES } from '../vocabulary.js';
import { durationShape, instantShape, momentShape } from './moments.js';
import type { Definitions, Properties, Schema } from './parts.js';
import { anyText, counting, flag, listOf, path, record, refer, shaped, text, word } from './parts.js';

type Kind<Key extends string> = Extract<Condition, { [key in Key]: unknown }>;

/** Other schemas, or a public fact in place of what they describe. */
const orPublic = (description: string, ...others: Schema[]): Schema => ({
  description,
  anyOf: [...others, refer('publicFact')],
});
const scalar = (description: string): Schema => orPublic(description, { type: ['number', 'string'] });
const list = (description: string): Schema =>
  orPublic(description, { type: 'array', maxItems: MOST.members });
const anything = (description: string): Schema => ({ description });
const version = (description: string) => shaped(VERSION, description);
const moment = (description: string) =>
  shaped(momentShape, `${description}: an ISO 8601 date, "now", or so long from now such as "-30d" or "+3d"`);

export const eventName = (description: string) => text(description, { maxLength: MAX_NAME });
export const duration = (description: string) => shaped(durationShape, description);
export const instant = (description: string) => shaped(instantShape, description);
export const zone = (description: string) => shaped(/^[A-Za-z+-][\w+:/-]*$/, description);

const versionTest = record<VersionTest>(
  'Comparison of versions',
  'By the precedence of Semantic Versioning 2.0.0: three numbers without leading zeros; parts that are missing are 0.',
  {
    eq: version('Is this version'),
    gt: version('Comes after this version'),
    gte: version('Is this version or comes after it'),
    lt: version('Comes before this version'),
    lte: version('Is this version or comes before it'),
  },
  [],
  { minProperties: 1 },
);

const test = record<Test>(
  'Test',
  'Comparisons that must all hold for one and the same value. Nothing is converted: "3" is not 3. A missing value passes only "exists": false, "ne" and "nin".',
  {
    eq: anything('Is this value; lists and objects are compared as JSON'),
    ne: anything('Is not this value'),
    gt: scalar('Is larger; numbers with numbers, texts with texts'),
    gte: scalar('Is as large or larger'),
    lt: scalar('Is smaller'),
    lte: scalar('Is as small or smaller'),
    in: list('Is one of these values'),
    nin: list('Is none of these values'),
    contains: anything('Is a text with this part, or a list with this member'),
    startsWith: anyText('Is a text that begins so'),
    endsWith: anyText('Is a text that ends so'),
    exists: flag('true: is there; false: is missing'),
    matches: {
      ...anyText('Is a text in which this regular expression (flag u, not anchored) is found'),
      maxLength: MAX_PATTERN,
    },
    semver: refer('versionTest', 'Is a version that compares so'),
    before: moment('Is a date before this moment'),
    after: moment('Is a date after this moment'),
    every: refer('test', 'Of several values each passes this test, and there is one'),
  },
  [],
  { minProperties: 1 },
);

const publicFact = record<PublicFact>(
  'Public fact',
  'A value under "facts" of the site, the same for all visitors; only conditions of audiences and segments may name one.',
  { public: anyText('Its path, such as "rfm.monetary.high"') },
  ['public'],
);

const where: Schema = {
  title: 'Where',
  description:
    'Tests of properties that must all hold. Paths: "address.city" goes down, "items[].price" reads every element (any may pass), "items.0.price" the first.',
  type: 'object',
  propertyNames: { minLength: 1, not: { pattern: SHAPES.forbiddenPath.source } },
  maxProperties: MOST.tests,
  additionalProperties: refer('test'),
};

const within: Schema = {
  title: 'Window',
  description:
    'How far back it looks: a duration such as "30d", "session", "ever" (default), between dates, or a public fact that is a duration.',
  anyOf: [
    word(['session', 'ever'], 'The running session, or all of the retained past'),
    duration('Back from now: a number with s, m, h, d or w'),
    record<Between>(
      'Between dates',
      '"from" is included and "until" is not; one of them is enough.',
      { from: instant('ISO 8601 with its zone'), until: instant('ISO 8601 with its zone') },
      [],
      { minProperties: 1 },
    ),
    refer('publicFact'),
  ],
};

const measuring: Properties<Measured> = {
  event: eventName('Name of the event; those of the SDK begin with "$", such as "$answer"'),
  where: refer('where'),
  within: refer('within'),
  measure: word(MEASURES, 'What is measured; all but "count" need "of"', { default: 'count' }),
  of: path('Path of the property that is measured, such as "value"'),
};
const namesWhatItMeasures: Schema = {
  if: {
    properties: { measure: { enum: MEASURES.filter((name) => name !== 'count') } },
    required: ['measure'],
  },
  then: { required: ['of'] },
};

const behaviour = record<Behaviour>(
  'Behaviour',
  'How often, or how much, an event happened where its properties match.',
  {
    ...measuring,
    is: refer('test', 'Test of what was measured; default {"gte": 1}. Absence is {"eq": 0}.'),
  },
  ['event'],
  namesWhatItMeasures,
);

const value: Schema = {
  title: 'Value',
  description: 'What texts may say of the visitor.',
  anyOf: [
    record<Measured>(
      'Measured',
      'Of an event: how often or how much, or a property of the first or last.',
      measuring,
      ['event'],
      namesWhatItMeasures,
    ),
    record<{ fact: string }>('Fact', 'Of the user: an imported attribute.', { fact: path('Its name') }, [
      'fact',
    ]),
  ],
};

const step = record<Step>(
  'Step',
  'An event after the step before; others may lie between.',
  {
    event: eventName('Name of the event'),
    where: refer('where'),
    within: orPublic(
      'At most so long after the step before was complete',
      duration('A number with s, m, h, d or w'),
    ),
    count: counting('How many times it must happen; default 1', MOST.count),
  },
  ['event'],
);

const sequence = record<Sequence>(
  'Sequence',
  'Steps in the order of the log, and then, if asked, something that has not followed.',
  {
    sequence: listOf(refer('step'), 'The steps in order', { minItems: 1, maxItems: MOST.steps }),
    within: refer('within', 'All events of the first step lie in this window'),
    thenNot: record<NonNullable<Sequence['thenNot']>>(
      'Then not',
      'What has not happened since the latest completion: drop-off.',
      { event: eventName('Name of the event'), where: refer('where') },
      ['event'],
    ),
  },
  ['sequence'],
);

const is = refer('test', 'The test that the value must pass');

/** Conditions that combine others. */
const combined: { [kind: string]: Schema } = {
  all: record<Kind<'all'>>(
    'All',
    'True if all are true.',
    { all: listOf(refer('condition'), 'An empty list is true.') },
    ['all'],
  ),
  any: record<Kind<'any'>>(
    'Any',
    'True if at least one is true.',
    { any: listOf(refer('condition'), 'An empty list is false.') },
    ['any'],
  ),
  not: record<Kind<'not'>>('Not', 'True if the condition is false.', { not: refer('condition') }, ['not']),
  segment: record<Kind<'segment'>>(
    'Segment',
    'The condition of that name under "segments".',
    { segment: anyText('Name of the segment') },
    ['segment'],
  ),
};

/** Conditions about the present. */
const present: { [kind: string]: Schema } = {
  attribute: record<Kind<'attribute'>>(
    'Attribute',
    'What set() or identify() said of the visitor.',
    { attribute: path('Path of the attribute'), is },
    ['attribute', 'is'],
  ),
  page: record<Kind<'page'>>(
    'Page',
    'A fact of the page: "query.NAME" reads a query parameter, "utm.NAME" one of the page the session began on.',
    {
      page: {
        description: 'Name of the fact',
        anyOf: [{ enum: FACT_NAMES.page }, { type: 'string', pattern: SHAPES.pageParameter.source }],
      },
      is,
    },
    ['page', 'is'],
  ),
  device: record<Kind<'device'>>(
    'Device',
    'A fact of the device: "type" is "mobile", "tablet" or "desktop", "touch" true or false, the viewport in CSS pixels, "language" such as "ja-JP".',
    { device: word(FACT_NAMES.device, 'Name of the fact'), is },
    ['device', 'is'],
  ),
  visit: record<Kind<'visit'>>(
    'Visit',
    'A fact of the visit: "number" is 1 in the first session, "pages" counts the page views of the session, "seconds" is its age.',
    { visit: word(FACT_NAMES.visit, 'Name of the fact'), is },
    ['visit', 'is'],
  ),
  signal: record<Kind<'signal'>>(
    'Signal',
    'What happens on the page now: "dwell" in seconds, "scroll" in percent, "idle" in seconds, "exit" true or false, "rage" in bursts of clicks, "hesitation" in seconds; of the log: "backForth" returns to a page just left in this session, "cart" value of the cart.',
    { signal: word(FACT_NAMES.signal, 'Name of the fact'), is },
    ['signal', 'is'],
  ),
  time: record<Kind<'time'>>(
    'Time',
    'The clock on the wall: "weekday" 1 (Monday) to 7, "hour" 0 to 23, "date" "2026-05-01", "time" "09:30".',
    {
      time: word(FACT_NAMES.time, 'Name of the fact'),
      zone: zone('Of the IANA database, such as "Asia/Tokyo"; default the visitor\'s'),
      is,
    },
    ['time', 'is'],
  ),
  fact: record<Kind<'fact'>>(
    'Fact',
    'What the server has imported about the user; missing while nobody is identified or it has not come.',
    { fact: path('Path of the fact, such as "plan"'), is },
    ['fact', 'is'],
  ),
  list: record<Kind<'list'>>(
    'List',
    'Whether the user is in a list of the server: true or false; missing while nobody is identified or it has not come.',
    {
      list: text('Name of the list, such as "vip"'),
      is: refer('test', 'Test of being in it; default {"eq": true}'),
    },
    ['list'],
  ),
};

export const conditionDefinitions: Definitions = {
  condition: {
    title: 'Condition',
    description: 'True or false of one visitor at one moment.',
    anyOf: [...Object.values(combined), ...Object.values(present), behaviour, sequence],
  },
  test,
  publicFact,
  versionTest,
  where,
  within,
  value,
  step,
};
