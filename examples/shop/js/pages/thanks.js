import { fill, h } from '../element.js';
import { emptyState } from '../emptyState.js';
import { language, say, withLanguage } from '../language.js';
import { lastOrder, trackPurchaseOnce } from '../order.js';
import { summaryLines, summaryRows } from '../summary.js';
import { shippingTiers } from '../totals.js';

const DAY_MS = 24 * 60 * 60 * 1000;

export function startThanks() {
  const order = lastOrder();
  const main = document.querySelector('main');
  withLanguage(() => fill(main, order ? thanks(order) : noOrder()));
  if (order) trackPurchaseOnce(order);
}

function thanks(order) {
  return h(
    'div',
    { class: 'thanks' },
    h('img', { src: 'images/mark.svg', width: 48, height: 48, alt: '' }),
    h('h1', {}, say({ ja: 'ご注文ありがとうございます', en: 'Thank you for your order' })),
    h(
      'p',
      { class: 'thanks-lead' },
      say({
        ja: 'おひとつずつ、ていねいに包んでお届けします。',
        en: 'We will wrap each piece with care and send it on its way.',
      }),
    ),
    h(
      'dl',
      { class: 'thanks-facts' },
      fact(
        { ja: 'ご注文番号', en: 'Order number' },
        h('span', { 'data-test': 'order-number' }, order.number),
      ),
      fact({ ja: 'お届け予定', en: 'Arrives around' }, arrival(order)),
    ),
    h(
      'section',
      { class: 'panel', 'aria-labelledby': 'order' },
      h('h2', { id: 'order' }, say({ ja: 'ご注文内容', en: 'Your order' })),
      summaryLines(order.lines),
      summaryRows(order.totals),
    ),
    h('a', { class: 'button quiet', href: 'index.html' }, say({ ja: 'お店に戻る', en: 'Back to the shop' })),
  );
}

function fact(label, value) {
  return h('div', {}, h('dt', {}, say(label)), h('dd', {}, value));
}

function arrival({ placedAt, tier }) {
  const day = new Date(placedAt + shippingTiers[tier].days * DAY_MS);
  const locale = language() === 'ja' ? 'ja-JP' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', weekday: 'short' }).format(day);
}

function noOrder() {
  return emptyState(
    { ja: 'ご注文が見つかりませんでした', en: 'We could not find an order' },
    { ja: 'このブラウザーでのご注文はまだありません。', en: 'Nothing has been ordered in this browser yet.' },
  );
}
