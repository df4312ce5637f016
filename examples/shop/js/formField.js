import { say } from './language.js';

const rules = {
  name: { pattern: /\S/, text: { ja: 'お名前を入力してください。', en: 'Please enter your name.' } },
  email: {
    pattern: /^\S+@\S+\.\S+$/,
    text: {
      ja: 'メールアドレスを「name@example.com」の形で入力してください。',
      en: 'Please enter an e-mail address such as name@example.com.',
    },
  },
  postal: {
    pattern: /^\d{3}-?\d{4}$/,
    text: {
      ja: '郵便番号を7桁の数字で入力してください。',
      en: 'Please enter the seven digits of the postal code.',
    },
  },
  address: { pattern: /\S/, text: { ja: 'ご住所を入力してください。', en: 'Please enter your address.' } },
};

/** True when the field holds what its `data-check` asks for; else the field says what is missing. */
export function checkField(field) {
  const { pattern, text } = rules[field.dataset.check];
  const isRight = pattern.test(field.value.normalize('NFKC').trim());
  showFieldError(field, isRight ? undefined : text);
  return isRight;
}

/** Shows a `{ ja, en }` text below the field, or clears it. */
export function showFieldError(field, text) {
  const place = document.getElementById(`${field.id}-error`);
  place.textContent = text ? say(text) : '';
  if (text) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}
