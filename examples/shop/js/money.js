import { language } from './language.js';

/** A price in yen as the language writes it: 1,620円 or ¥1,620. */
export function yen(amount) {
  return language() === 'ja' ? formats.ja.format(amount) : formats.en.format(amount);
}

const formats = {
  ja: new Intl.NumberFormat('ja-JP', { style: 'currency', currency: 'JPY', currencyDisplay: 'name' }),
  en: new Intl.NumberFormat('en-US', { style: 'currency', currency: 'JPY' }),
};
