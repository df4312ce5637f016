import { cartCoupon, setCoupon, withCart } from './cart.js';
import { announce, fill, h } from './element.js';
import { say, withLanguage } from './language.js';
import { knownCoupon } from './totals.js';

const texts = {
  label: { ja: 'クーポンコード', en: 'Coupon code' },
  apply: { ja: '適用する', en: 'Apply' },
  remove: { ja: '取り消す', en: 'Remove' },
  empty: { ja: 'クーポンコードを入力してください。', en: 'Please enter a coupon code.' },
  unknown: {
    ja: 'このコードは使えません。入力した文字をもう一度ご確認ください。',
    en: 'We do not know this code. Please check the spelling.',
  },
  applied: { ja: 'クーポンを適用しました。', en: 'Coupon applied.' },
  removed: { ja: 'クーポンを取り消しました。', en: 'Coupon removed.' },
};

/** The coupon field of cart and checkout: either a field to type in, or the code in force. */
export function startCouponForm(place) {
  let error;
  let typed = '';
  const draw = () =>
    fill(
      place,
      cartCoupon() ? appliedCoupon(remove) : emptyForm({ typed, error }, apply, (text) => (typed = text)),
    );
  const apply = (code) => {
    const coupon = knownCoupon(code);
    typed = coupon ? '' : code;
    error = coupon ? undefined : code.trim() ? texts.unknown : texts.empty;
    if (coupon) {
      setCoupon(coupon);
      announce(say(texts.applied));
      place.querySelector('button').focus();
    } else {
      draw();
      place.querySelector('input').focus();
    }
  };
  const remove = () => {
    setCoupon(undefined);
    announce(say(texts.removed));
    place.querySelector('input').focus();
  };
  withLanguage(draw);
  withCart(draw);
}

function appliedCoupon(remove) {
  return h(
    'div',
    { class: 'coupon-applied' },
    h('span', {}, say(texts.label), ' ', h('strong', { class: 'coupon-code' }, cartCoupon())),
    h('button', { type: 'button', class: 'link-button', onclick: remove }, say(texts.remove)),
  );
}

function emptyForm({ typed, error }, apply, remember) {
  const input = h('input', {
    id: 'coupon',
    type: 'text',
    value: typed,
    maxlength: 40,
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    'aria-invalid': error && 'true',
    'aria-describedby': error && 'coupon-error',
    'data-focus': 'coupon',
    oninput: () => remember(input.value),
    'data-test': 'coupon-input',
  });
  const submit = (event) => {
    event.preventDefault();
    apply(input.value);
  };
  return h(
    'form',
    { class: 'coupon', novalidate: true, onsubmit: submit },
    h('label', { for: 'coupon' }, say(texts.label)),
    h(
      'div',
      { class: 'coupon-row' },
      input,
      h('button', { type: 'submit', class: 'button quiet', 'data-test': 'coupon-apply' }, say(texts.apply)),
    ),
    error &&
      h('p', { id: 'coupon-error', class: 'error', role: 'alert', 'data-test': 'coupon-error' }, say(error)),
  );
}
