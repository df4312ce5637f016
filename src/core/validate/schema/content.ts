/** What a message or survey says (`content.ts`) as JSON Schema. */
import type {
  Action,
  Block,
  Branch,
  Card,
  Choice,
  Content,
  PooledCoupon,
  Question,
  Theme,
} from '../../content.js';
import { INVISIBLE } from '../url.js';
import { BUTTON_STYLES, COLOURS, MAX_NAME, POSITIONS, RANGES, SCHEMES, SHAPES } from '../vocabulary.js';
import type { Definitions, Properties, Schema } from './parts.js';
import { pooledCoupon } from './coupons.js';
import { fixed, flag, listOf, number, record, refer, shaped, text, word } from './parts.js';

type Button = Extract<Block, { block: 'buttons' }>['buttons'][number];
type BlockOf<Name extends Block['block']> = Extract<Block, { block: Name }>;
type ActionOf<Name extends Action['do']> = Extract<Action, { do: Name }>;
type QuestionOf<Name extends Question['kind']> = Extract<Question, { kind: Name }>;

/** JSON Schema has no flag that ignores case. */
const anyCase = (letters: string) =>
  [...letters].map((letter) => `[${letter}${letter.toUpperCase()}]`).join('');
const VISIBLE = `(?=[^${INVISIBLE.source.slice(1, -1)}\\\\]+$)(?!//)`;
const WHOLE = `${anyCase('https')}://[^/?#@]+(?:[/?#].*)?`;
const OF_THE_SITE = '(?![^/?#]*:).*';
const LINK = new RegExp(
  `^${VISIBLE}(?:${WHOLE}|(?:${anyCase('mailto')}|${anyCase('tel')}):.*|${OF_THE_SITE})$`,
);
const IMAGE = new RegExp(`^${VISIBLE}(?:${WHOLE}|${OF_THE_SITE})$`);

const wording = (description: string) => refer('wording', description);
const id = (description: string, more?: Schema) => shaped(SHAPES.id, description, more);

const wordingSchema: Schema = {
  title: 'Wording',
  description: 'A text for everybody, or one per language tag such as {"en": "…", "ja": "…"}.',
  anyOf: [
    text('The text'),
    {
      description:
        'A text per language tag; "fr-CA" falls back to "fr" and then to the campaign\'s language.',
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: SHAPES.language.source },
      additionalProperties: text('The text in this language'),
    },
  ],
};

const action: Schema = {
  title: 'Action',
  description: 'What a button does.',
  anyOf: [
    record<ActionOf<'link'>>(
      'Link',
      'Leads to an address.',
      {
        do: fixed('link', 'Leads to an address'),
        href: shaped(LINK, 'https:, mailto:, tel: or relative to the site'),
        newTab: flag('Opens it in a new tab'),
      },
      ['do', 'href'],
    ),
    record<ActionOf<'close'>>('Close', 'Closes the message.', { do: fixed('close', 'Closes the message') }, [
      'do',
    ]),
    record<ActionOf<'next'>>('Next', 'Goes on to the next card.', { do: fixed('next', 'Goes on') }, ['do']),
    record<ActionOf<'track'>>(
      'Track',
      'Logs an event.',
      {
        do: fixed('track', 'Logs an event'),
        event: shaped(/^(?!\$)(?=[\s\S]*\S)/, 'Name of the event; not with "$" in front', {
          maxLength: MAX_NAME,
        }),
        close: flag('Closes the message afterwards'),
      },
      ['do', 'event'],
    ),
  ],
};

const button = record<Button>(
  'Button',
  'A button of a message.',
  {
    id: id('Names it in reports; unique in its card'),
    label: wording('What stands on it'),
    action: refer('action'),
    style: word(BUTTON_STYLES, 'How it looks'),
  },
  ['id', 'label', 'action'],
);

const asked = {
  id: id('Names it in answers and branches; unique in the message'),
  label: wording('What is asked'),
  required: flag('Whether it must be answered'),
};
const scale = { ...asked, low: wording('The low end'), high: wording('The high end') };

const question: Schema = {
  title: 'Question',
  description: 'A question of a survey.',
  anyOf: [
    record<QuestionOf<'nps'>>(
      'NPS',
      'How likely one is to recommend, 0 to 10.',
      { kind: fixed('nps', '0 to 10'), ...scale },
      ['kind', 'id', 'label'],
    ),
    record<QuestionOf<'csat'>>(
      'CSAT',
      'How satisfied one is, 1 to 5.',
      { kind: fixed('csat', '1 to 5'), ...scale },
      ['kind', 'id', 'label'],
    ),
    record<QuestionOf<'choice'>>(
      'Choice',
      'One or several of some choices.',
      {
        kind: fixed('choice', 'One or several of some choices'),
        ...asked,
        choices: listOf(
          record<Choice>(
            'Choice',
            'One choice.',
            {
              value: id('Stored in the answer; unique in the question'),
              label: wording('What stands there'),
            },
            ['value', 'label'],
          ),
          'Two or more',
          { minItems: 2 },
        ),
        multiple: flag('Whether several may be chosen'),
      },
      ['kind', 'id', 'label', 'choices'],
    ),
    record<QuestionOf<'text'>>(
      'Text',
      'An answer in words.',
      {
        kind: fixed('text', 'An answer in words'),
        ...asked,
        placeholder: wording('Stands in the empty field'),
        maxLength: number(RANGES.maxLength, 'The longest answer, in characters'),
      },
      ['kind', 'id', 'label'],
    ),
  ],
};

const block: Schema = {
  title: 'Block',
  description: 'One part of a card.',
  anyOf: [
    record<BlockOf<'heading'>>(
      'Heading',
      'The heading of the card.',
      { block: fixed('heading', 'A heading'), text: wording('What it says') },
      ['block', 'text'],
    ),
    record<BlockOf<'text'>>(
      'Text',
      'A paragraph.',
      { block: fixed('text', 'A paragraph'), text: wording('What it says') },
      ['block', 'text'],
    ),
    record<BlockOf<'image'>>(
      'Image',
      'An image with its size, so that nothing moves while it loads.',
      {
        block: fixed('image', 'An image'),
        src: shaped(IMAGE, 'https: or relative to the site'),
        alt: {
          description: 'What it shows, in words; "" for mere decoration',
          anyOf: [{ const: '' }, refer('wording')],
        },
        width: number(RANGES.pixels, 'In px'),
        height: number(RANGES.pixels, 'In px'),
      },
      ['block', 'src', 'alt', 'width', 'height'],
    ),
    record<Exclude<BlockOf<'coupon'>, PooledCoupon>>(
      'Coupon',
      'A code that can be copied.',
      { block: fixed('coupon', 'A code'), code: text('The code'), label: wording('What stands beside it') },
      ['block', 'code'],
    ),
    pooledCoupon,
    record<BlockOf<'buttons'>>(
      'Buttons',
      'Buttons beside each other.',
      { block: fixed('buttons', 'Buttons'), buttons: listOf(refer('button'), 'The buttons') },
      ['block', 'buttons'],
    ),
    record<BlockOf<'question'>>(
      'Question block',
      'A question of a survey.',
      { block: fixed('question', 'A question'), question: refer('question') },
      ['block', 'question'],
    ),
  ],
};

const branch = record<Branch>(
  'Branch',
  'Taken if the answer passes.',
  {
    question: id("Whose answer; default the card's own question"),
    is: refer('test', 'Test of the answer'),
    to: id('The card it leads to, or "end"'),
  },
  ['is', 'to'],
);

const card = record<Card>(
  'Card',
  'One screen of a message; a survey has one question per card.',
  {
    id: id('Names it in branches; unique in the message', { not: { const: 'end' } }),
    blocks: listOf(refer('block'), 'What stands on it', { minItems: 1 }),
    branches: listOf(refer('branch'), 'The first that holds is taken; else "next", else the following card'),
    next: id('The card that follows, or "end"'),
    end: flag('A closing card: reaching it completes the survey'),
  },
  ['id', 'blocks'],
  {
    // A branch of a card without a question has to name one.
    if: {
      properties: {
        blocks: { not: { contains: { properties: { block: { const: 'question' } }, required: ['block'] } } },
      },
    },
    then: { properties: { branches: { items: { required: ['question'] } } } },
  },
);

const colours = Object.fromEntries(
  COLOURS.map((name) => [name, shaped(SHAPES.colour, `#rrggbb, such as "#0b6e4f"`)]),
) as Properties<NonNullable<Theme['dark']>>;

const theme = record<Theme>(
  'Theme',
  "Colours and corners; absent ones come from the site's theme, then from the default.",
  {
    ...colours,
    radius: number(RANGES.radius, 'Radius of the corners in px'),
    scheme: word(SCHEMES, '"auto" follows the device'),
    dark: record<NonNullable<Theme['dark']>>('Dark theme', 'The colours of the dark scheme.', colours, []),
  },
  [],
);

const content = record<Content>(
  'Content',
  'What a variant says, and in which format.',
  {
    format: word(Object.keys(POSITIONS), 'How it is shown'),
    position: word([...new Set(Object.values(POSITIONS).flat())], 'Where; of no effect on a modal'),
    theme: refer('theme'),
    launcher: wording('Label of the feedback tab'),
    label: wording('Accessible name of the message; default its first heading'),
    cards: listOf(refer('card'), 'The first is shown first', { minItems: 1 }),
  },
  ['format', 'cards'],
  {
    allOf: [
      ...Object.entries(POSITIONS)
        .filter(([, places]) => places.length)
        .map(([format, places]) => ({
          if: { properties: { format: { const: format } }, required: ['format'] },
          then: { properties: { position: { enum: places } } },
        })),
      {
        if: { properties: { format: { const: 'tab' } }, required: ['format'] },
        then: { required: ['launcher'] },
      },
    ],
  },
);

export const contentDefinitions: Definitions = {
  content,
  card,
  block,
  button,
  action,
  question,
  branch,
  theme,
  wording: wordingSchema,
};
