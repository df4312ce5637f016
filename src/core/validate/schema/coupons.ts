/** Coupons whose codes come from a pool (`content.ts`), as JSON Schema. */
import type { PooledCoupon } from '../../content.js';
import { EXHAUSTED, SHAPES } from '../vocabulary.js';
import { fixed, record, refer, shaped, word } from './parts.js';

export const pooledCoupon = record<PooledCoupon>(
  'Coupon of a pool',
  'A code of its own for each person, from a pool at the collector; one in a message.',
  {
    block: fixed('coupon', 'A code'),
    pool: shaped(SHAPES.id, 'The pool of codes at the collector'),
    label: refer('wording', 'What stands beside it'),
    exhausted: {
      description: 'What becomes of the message where no code can be had; default "hide"',
      anyOf: [
        word(EXHAUSTED, 'It is not shown, or shown without the coupon'),
        record<Extract<PooledCoupon['exhausted'], object>>(
          'Another card',
          'It begins with that card instead.',
          { card: shaped(SHAPES.id, 'A card after that of the coupon') },
          ['card'],
        ),
      ],
    },
  },
  ['block', 'pool'],
);
