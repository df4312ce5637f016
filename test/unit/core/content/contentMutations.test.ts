/** The schema and the validator say the same of messages that are changed at random. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { validateCampaignFile } from '../../../../src/core/validate/campaignFile.js';
import { campaignsSchema } from '../../../../src/core/validate/schema/schemas.js';
import { BEYOND_SCHEMA, mutate, mutation } from '../schema.fixture.js';
import { ADDRESSES, BROKEN, fileOf, NOW, SOUND } from './content.fixture.js';

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
const isCampaignFile = ajv.compile(campaignsSchema);

/** What no schema can say of a message, beside what it cannot say of any campaign. */
const BEYOND: [reason: string, message: RegExp][] = [
  [
    'it reads no placeholders',
    /is no placeholder|has nothing to say for visitors|does not begin with one of/,
  ],
  [
    'it reads no placeholders: what they name',
    /names what is never read|is not among the values|is no fact of the/,
  ],
  ['it follows no name: values', /needs "values" of the campaign/],
  [
    'it reads no placeholders: what is done with them',
    /is not a filter|is not understood; write|is not its last filter/,
  ],
  [
    'it does not tell what is filled in from what stands behind it',
    /\{\{.* (?:contains spaces|contains a backslash|has a scheme|leads to another host where)/,
  ],
  ['it follows no name: what a value measures', /\{\{\s*values\..* leads wherever/],
  [
    'it reads no links in texts',
    /\.text(?:\.[\w-]+)?: .* (?:is not an address|contains |leads to|is not a whole|has a scheme|has a placeholder in)/,
  ],
  ['it compares no two places: formats and triggers', /covers the page/],
  ['it does not know the limits of the other files', /asks for personal data/],
  ['it reads no selectors', /\.anchor: .* (?:has a |has brackets|has nothing|has ")/],
  ['it compares no two places: days', /is before "from"/],
  ['it knows no calendar', /\.(?:from|until): "\d{4}-\d\d-\d\d" is not a day/],
  ['it counts an emoji once', /[\ud800-\udfff].* is not a(?:n event name| name)/],
];
const isBeyond = ({ message }: { message: string }) =>
  [...BEYOND_SCHEMA, ...BEYOND].some(([, pattern]) => pattern.test(message));

const FILES = [...Object.values(SOUND), ...BROKEN.map(([content]) => content)].map((content) =>
  JSON.stringify(fileOf(content)),
);
/** Values of one message come into another one. */
const DONORS: unknown[] = [
  ...ADDRESSES.map(([href]) => href),
  ...[
    '2026-02-30',
    '2026-05-01',
    '{{ a.b }}',
    '{{ visitor.a | default: "" }}',
    '[a](javascript:b)',
    '#ffffff',
  ],
  ...['modal', 'tab', 'inline', 'tooltip', 'toast', 'full-screen', 'dropdown', 'ink', 'top', 'other', 'a(b'],
  ...Object.values(SOUND).flatMap(
    (content) => (content as { cards: { blocks: unknown[] }[] }).cards[0]!.blocks,
  ),
];
const KEYS = [
  'slot',
  'anchor',
  'seconds',
  'launcher',
  'theme',
  'preset',
  'look',
  'other',
  'choices',
  'of',
  'field',
  'href',
];
const change = fc
  .tuple(mutation, fc.boolean(), fc.constantFrom(...DONORS), fc.constantFrom(...KEYS))
  .map(([drawn, isOfContent, value, key]) => (isOfContent ? { ...drawn, value, key } : drawn));

it('never disagree but about what is beyond a schema', () => {
  let [accepted, refused] = [0, 0];
  fc.assert(
    fc.property(
      fc.constantFrom(...FILES),
      fc.array(change, { minLength: 1, maxLength: 2 }),
      (base, changes) => {
        const changed = changes.reduce<unknown>(mutate, JSON.parse(base));
        const file: unknown = JSON.parse(JSON.stringify(changed));
        const { problems } = validateCampaignFile(file, { segments: [] }, NOW);
        const errors = problems.filter(({ severity }) => severity === 'error');
        const isAccepted = isCampaignFile(file);
        if (!errors.length) accepted++;
        if (!isAccepted) refused++;
        if (!errors.length || isAccepted)
          expect([isAccepted, errors.filter((error) => !isBeyond(error))]).toEqual([true, []]);
      },
    ),
    { numRuns: Number(process.env.SCHEMA_RUNS ?? 1000) },
  );
  expect(accepted).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(200);
}, 120_000);
