/** What a message or survey says (`content.ts`) as JSON Schema. */
import type { Branch, Card, Colours, Content, Theme } from '../../content.js';
import { THEMES } from '../../themes.js';
import { COLOURS, FONTS, MOST, POSITIONS, RANGES, SCHEMES, SHAPES, SPACINGS } from '../vocabulary.js';
import { action, block, button } from './blocks.js';
import type { Definitions, Properties, Schema } from './parts.js';
import { flag, listOf, number, record, refer, shaped, text, word } from './parts.js';
import { question } from './questions.js';

const wording = (description: string) => refer('wording', description);
const id = (description: string, more?: Schema) => shaped(SHAPES.id, description, more);
const PLACES = [...new Set(Object.values(POSITIONS).flat())];

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

const asksNothing: Schema = {
  properties: {
    blocks: { not: { contains: { properties: { block: { const: 'question' } }, required: ['block'] } } },
  },
};

const card = record<Card>(
  'Card',
  'One screen of a message; a survey has one question per card.',
  {
    id: id('Names it in branches; unique in the message', { not: { const: 'end' } }),
    blocks: listOf(refer('block'), 'What stands on it', { minItems: 1, maxItems: MOST.blocks }),
    branches: listOf(refer('branch'), 'The first that holds is taken; else "next", else the following card', {
      maxItems: MOST.branches,
    }),
    next: id('The card that follows, or "end"'),
    end: flag('A closing card: reaching it completes the survey'),
  },
  ['id', 'blocks'],
  {
    allOf: [
      // A branch of a card without a question has to name one.
      { if: asksNothing, then: { properties: { branches: { items: { required: ['question'] } } } } },
      // A closing card sends nothing.
      { if: { properties: { end: { const: true } }, required: ['end'] }, then: asksNothing },
    ],
  },
);

const colours = Object.fromEntries(
  COLOURS.map((name) => [name, shaped(SHAPES.colour, `#rrggbb, such as "#0b6e4f"`)]),
) as Properties<Colours>;

const theme = record<Theme>(
  'Theme',
  "How messages look; what is absent comes from the site's theme, then from the default.",
  {
    preset: word(Object.keys(THEMES), 'One of ours to begin with; the tokens beside it go over it'),
    ...colours,
    radius: number(RANGES.radius, 'Radius of the corners in px'),
    font: word(FONTS, 'Of the device, with serifs, rounded, or that of the page'),
    spacing: word(SPACINGS, 'How much room there is around things', { default: 'normal' }),
    position: word(PLACES, 'Where a message stands that does not say it, and can stand there'),
    scheme: word(SCHEMES, '"auto" follows the device'),
    dark: record<Colours>('Dark theme', 'The colours of the dark scheme.', colours, []),
  },
  [],
);

const content = record<Content>(
  'Content',
  'What a variant says, and in which format.',
  {
    format: word(Object.keys(POSITIONS), 'How it is shown'),
    position: word(PLACES, 'Where; of no effect where the format says it'),
    slot: id('Of an inline message: the element of the page with data-kikubari-slot of this name'),
    anchor: text('Of a tooltip: a CSS selector of what it points at'),
    seconds: number(RANGES.toast, 'Of a toast: it goes by itself after so long, unless it is being read'),
    theme: refer('theme'),
    launcher: wording('Label of the feedback tab'),
    label: wording('Accessible name of the message; default its first heading'),
    cards: listOf(refer('card'), 'The first is shown first', { minItems: 1, maxItems: MOST.cards }),
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
        // When a deadline is over it has to say so, for it stays.
        then: {
          required: ['launcher'],
          properties: {
            cards: {
              items: {
                properties: {
                  blocks: {
                    items: {
                      if: { properties: { block: { const: 'countdown' } }, required: ['block'] },
                      then: { required: ['ended'] },
                    },
                  },
                },
              },
            },
          },
        },
      },
      {
        if: { properties: { format: { const: 'inline' } }, required: ['format'] },
        then: { required: ['slot'] },
      },
      {
        if: { properties: { format: { const: 'tooltip' } }, required: ['format'] },
        then: { required: ['anchor'] },
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
