import { MAX_QUANTITY } from './cart.js';
import { h } from './element.js';
import { say } from './language.js';

/**
 * − 2 + for `product`; `choose` gets the new quantity. Buttons at the end of the range stay focusable, so that the
 * keyboard does not fall off them.
 */
export function quantityStepper(product, quantity, choose) {
  const name = say(product.name);
  const step = (by, sign, label, key) => {
    const isAtEnd = quantity + by < 1 || quantity + by > MAX_QUANTITY;
    return h(
      'button',
      {
        type: 'button',
        'aria-label': say(label),
        'aria-disabled': isAtEnd && 'true',
        'data-focus': `${key}-${product.id}`,
        onclick: () => isAtEnd || choose(quantity + by),
      },
      sign,
    );
  };
  return h(
    'div',
    {
      class: 'stepper',
      role: 'group',
      'aria-label': say({ ja: `${name}の数量`, en: `Quantity of ${name}` }),
    },
    step(-1, '−', { ja: '1つ減らす', en: 'One less' }, 'less'),
    h('output', { class: 'stepper-value' }, String(quantity)),
    step(1, '+', { ja: '1つ増やす', en: 'One more' }, 'more'),
  );
}
