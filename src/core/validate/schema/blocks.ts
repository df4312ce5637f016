/** The parts of a card (`content.ts`) as JSON Schema. */
import type { Action, Block, Countdown, PooledCoupon, Product } from '../../content.js';
import { BUTTON_STYLES, MAX_NAME, MOST, RANGES, SHAPES } from '../vocabulary.js';
import { image, link } from './addresses.js';
import { pooledCoupon } from './coupons.js';
import { instant } from './conditions.js';
import type { Schema } from './parts.js';
import { fixed, flag, listOf, number, record, refer, shaped, text, word } from './parts.js';

type Button = Extract<Block, { block: 'buttons' }>['buttons'][number];
type BlockOf<Name extends Block['block']> = Extract<Block, { block: Name }>;
type ActionOf<Name extends Action['do']> = Extract<Action, { do: Name }>;

const wording = (description: string) => refer('wording', description);
const name = (description: string) =>
  shaped(/^(?!\$)(?=[\s\S]*\S)/, `${description}; not with "$" in front`, { maxLength: MAX_NAME });
const close = flag('Closes the message afterwards');

export const action: Schema = {
  title: 'Action',
  description: 'What a button does.',
  anyOf: [
    record<ActionOf<'link'>>(
      'Link',
      'Leads to an address.',
      { do: fixed('link', 'Leads to an address'), href: link, newTab: flag('Opens it in a new tab') },
      ['do', 'href'],
    ),
    record<ActionOf<'close'>>('Close', 'Closes the message.', { do: fixed('close', 'Closes the message') }, [
      'do',
    ]),
    record<ActionOf<'next'>>('Next', 'Goes on to the next card.', { do: fixed('next', 'Goes on') }, ['do']),
    record<ActionOf<'track'>>(
      'Track',
      'Logs an event.',
      { do: fixed('track', 'Logs an event'), event: name('Name of the event'), close },
      ['do', 'event'],
    ),
    record<ActionOf<'open'>>(
      'Open',
      'Takes the message away and shows another campaign, such as a survey.',
      {
        do: fixed('open', 'Shows another campaign'),
        campaign: shaped(SHAPES.campaignId, 'Its id'),
      },
      ['do', 'campaign'],
    ),
    record<ActionOf<'call'>>(
      'Call',
      "Tells the site's own code, which listens with on('called', …).",
      { do: fixed('call', "Tells the site's code"), name: name('What it listens for'), close },
      ['do', 'name'],
    ),
  ],
};

export const button = record<Button>(
  'Button',
  'A button of a message.',
  {
    id: shaped(SHAPES.id, 'Names it in reports; unique in its card'),
    label: wording('What stands on it'),
    action: refer('action'),
    style: word(BUTTON_STYLES, 'How it looks'),
  },
  ['id', 'label', 'action'],
);

export const block: Schema = {
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
      {
        block: fixed('text', 'A paragraph'),
        text: wording('What it says; **strong**, *emphasis* and [words](address) are what they look like'),
      },
      ['block', 'text'],
    ),
    record<BlockOf<'divider'>>(
      'Divider',
      'A line between two parts.',
      { block: fixed('divider', 'A line') },
      ['block'],
    ),
    record<BlockOf<'image'>>(
      'Image',
      'An image with its size, so that nothing moves while it loads.',
      {
        block: fixed('image', 'An image'),
        src: image,
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
    record<Countdown>(
      'Countdown',
      'How long it is to a moment that is the same for everybody.',
      {
        block: fixed('countdown', 'A countdown'),
        until: instant('The moment'),
        label: wording('What stands beside it'),
        ended: wording('What stands there when it is over; without it the message is shown no more'),
      },
      ['block', 'until'],
    ),
    record<Product>(
      'Product',
      'Something to buy.',
      {
        block: fixed('product', 'Something to buy'),
        id: shaped(SHAPES.id, 'Names it in reports of clicks; unique in its card'),
        name: wording('Its name'),
        price: wording('What stands below the name'),
        src: image,
        href: link,
      },
      ['block', 'id', 'name'],
    ),
    record<BlockOf<'buttons'>>(
      'Buttons',
      'Buttons beside each other.',
      {
        block: fixed('buttons', 'Buttons'),
        buttons: listOf(refer('button'), 'The buttons', { maxItems: MOST.buttons }),
      },
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
