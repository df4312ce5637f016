/** What a survey asks (`question.ts`) as JSON Schema. */
import type { Choice, PictureChoice, Question } from '../../question.js';
import { CONTACT_FIELDS, MOST, QUESTION_LOOKS, RANGES, SHAPES } from '../vocabulary.js';
import { image } from './addresses.js';
import type { Schema } from './parts.js';
import { fixed, flag, listOf, number, record, refer, shaped, word } from './parts.js';

type QuestionOf<Name extends Question['kind']> = Extract<Question, { kind: Name }>;

const wording = (description: string) => refer('wording', description);
const look = (kind: string) => word(QUESTION_LOOKS[kind]!, 'How it looks; the first by default');
const day = (description: string) => shaped(/^\d{4}-\d\d-\d\d$/, description);

const asked = {
  id: shaped(SHAPES.id, 'Names it in answers and branches; unique in the message'),
  label: wording('What is asked'),
  required: flag('Whether it must be answered; else it may be skipped'),
};
const scale = { ...asked, low: wording('The low end'), high: wording('The high end') };
const chosen = {
  ...asked,
  multiple: flag('Whether several may be chosen'),
  shuffled: flag('Whether each visitor sees them in an order of their own'),
};
const choice = {
  value: shaped(SHAPES.id, 'Stored in the answer; unique in the question'),
  label: wording('What stands there'),
};

const NEEDED: ('kind' | 'id' | 'label')[] = ['kind', 'id', 'label'];

export const question: Schema = {
  title: 'Question',
  description: 'A question of a survey.',
  anyOf: [
    record<QuestionOf<'nps'>>(
      'NPS',
      'How likely one is to recommend, 0 to 10.',
      { kind: fixed('nps', '0 to 10'), ...scale },
      NEEDED,
    ),
    record<QuestionOf<'csat'>>(
      'CSAT',
      'How satisfied one is, 1 to 5.',
      { kind: fixed('csat', '1 to 5'), ...scale, look: look('csat') },
      NEEDED,
    ),
    record<QuestionOf<'ces'>>(
      'CES',
      'How far one agrees that it was easy, 1 to 7.',
      { kind: fixed('ces', '1 to 7'), ...scale },
      NEEDED,
    ),
    record<QuestionOf<'rating'>>(
      'Rating',
      'A score from 1.',
      {
        kind: fixed('rating', 'A score from 1'),
        ...scale,
        of: number(RANGES.steps, 'The highest score', { type: 'integer', default: 5 }),
        look: look('rating'),
      },
      NEEDED,
    ),
    record<QuestionOf<'thumbs'>>(
      'Thumbs',
      'Up or down.',
      { kind: fixed('thumbs', '"up" or "down"'), ...asked },
      NEEDED,
    ),
    record<QuestionOf<'choice'>>(
      'Choice',
      'One or several of some choices.',
      {
        kind: fixed('choice', 'One or several of some choices'),
        ...chosen,
        choices: listOf(record<Choice>('Choice', 'One choice.', choice, ['value', 'label']), 'Two or more', {
          minItems: 2,
          maxItems: MOST.choices,
        }),
        other: wording('What stands at a last choice that one writes oneself; its value is "other"'),
        look: look('choice'),
      },
      [...NEEDED, 'choices'],
      {
        allOf: [
          {
            if: { properties: { multiple: { const: true } }, required: ['multiple'] },
            then: { properties: { look: { not: { const: 'dropdown' } } } },
          },
          {
            if: { required: ['other'] },
            then: {
              properties: { choices: { items: { properties: { value: { not: { const: 'other' } } } } } },
            },
          },
        ],
      },
    ),
    record<QuestionOf<'picture'>>(
      'Picture choice',
      'One or several of some pictures.',
      {
        kind: fixed('picture', 'One or several of some pictures'),
        ...chosen,
        choices: listOf(
          record<PictureChoice>('Picture', 'One choice.', { ...choice, src: image }, [
            'value',
            'label',
            'src',
          ]),
          'Two or more',
          { minItems: 2, maxItems: MOST.choices },
        ),
      },
      [...NEEDED, 'choices'],
    ),
    record<QuestionOf<'text'>>(
      'Text',
      'An answer in words.',
      {
        kind: fixed('text', 'An answer in words'),
        ...asked,
        placeholder: wording('Stands in the empty field'),
        maxLength: number(RANGES.maxLength, 'The longest answer, in characters'),
        short: flag('Whether one line is enough'),
      },
      NEEDED,
    ),
    record<QuestionOf<'date'>>(
      'Date',
      'A day.',
      {
        kind: fixed('date', 'A day'),
        ...asked,
        from: day('The first day that can be chosen, such as 2026-05-01'),
        until: day('The last day that can be chosen'),
      },
      NEEDED,
    ),
    record<QuestionOf<'contact'>>(
      'Contact',
      'How one can be reached: personal data, only where the limits have "contacts": true.',
      {
        kind: fixed('contact', 'How one can be reached'),
        ...asked,
        field: word(CONTACT_FIELDS, 'What is asked for'),
      },
      [...NEEDED, 'field'],
    ),
  ],
};
