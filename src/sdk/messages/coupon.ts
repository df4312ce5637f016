import type { Block, PooledCoupon } from '../../core/content.js';
import { couponCss } from './couponStyles.js';
import { element } from './element.js';
import type { View } from './view.js';

export { withCode } from './couponClaim.js';

/** The words around a code. */
export interface CouponWords {
  copy: string;
  copied: string;
  copyFailed: string;
}

/** A code and a button that copies it; where copying is refused, the code is selected instead. */
export function drawCoupon(coupon: Extract<Block, { block: 'coupon' }>, view: View) {
  // Where there was none, `withCode` has taken the coupon away.
  const { code, label } = coupon as Exclude<typeof coupon, PooledCoupon>;
  const { events, announce, say } = view;
  const words = view.words(couponWords);
  view.adopt(couponCss);
  const copy = async () => {
    events.clicked('coupon', 'copy');
    const isCopied = await copyText(code, field);
    button.textContent = isCopied ? words.copied : words.copy;
    hint.textContent = isCopied ? '' : words.copyFailed;
    await announce(isCopied ? words.copied : words.copyFailed);
    button.textContent = words.copy;
    hint.textContent = '';
  };
  const field = element('input', { readonly: true, value: code, 'aria-label': say(label) || code });
  const button = element('button', { type: 'button', class: 'button quiet', click: copy }, words.copy);
  const hint = element('p', { class: 'muted' });
  return element(
    'div',
    { class: 'coupon' },
    label && element('p', { class: 'muted' }, say(label)),
    element('div', { class: 'ticket' }, field, button),
    hint,
  );
}

const couponWords: { part: 'coupon'; en: CouponWords; ja: CouponWords } = {
  part: 'coupon',
  en: { copy: 'Copy', copied: 'Copied', copyFailed: 'Please select the code and copy it.' },
  ja: { copy: 'コピー', copied: 'コピーしました', copyFailed: 'コードを選択してコピーしてください。' },
};

async function copyText(text: string, field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No permission or no secure context: the old way, which at least leaves the code selected.
    field.select();
    return document.execCommand('copy');
  }
}
