import { readStored, writeStored } from './storage.js';

const languages = ['ja', 'en'];
const listeners = [];
/** Japanese stands in the HTML, English beside it in `data-en` (text) and `data-en-NAME` (attribute NAME). */
const originals = new Map();
let current = 'ja';

/** `ja` or `en`. */
export function language() {
  return current;
}

/** The text of a `{ ja, en }` pair, or of a function of such. */
export function say(pair) {
  return pair[current];
}

/** Calls `listener` now and whenever the language changes. */
export function withLanguage(listener) {
  listeners.push(listener);
  listener();
}

export function startLanguage() {
  const asked = new URLSearchParams(location.search).get('lang');
  if (languages.includes(asked)) writeStored('shop-lang', asked);
  current = firstKnown([asked, readStored('shop-lang'), browserLanguage()]);
  translatePage();
  const button = document.querySelector('[data-test="lang-switch"]');
  button.addEventListener('click', () => changeLanguage(current === 'ja' ? 'en' : 'ja'));
}

function firstKnown(candidates) {
  return candidates.find((candidate) => languages.includes(candidate));
}

function browserLanguage() {
  return navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

function changeLanguage(next) {
  current = next;
  writeStored('shop-lang', next);
  forgetAskedLanguage();
  translatePage();
  for (const listener of listeners) listener();
}

/** `?lang=` would win again at the next reload. */
function forgetAskedLanguage() {
  const url = new URL(location.href);
  if (!url.searchParams.has('lang')) return;
  url.searchParams.delete('lang');
  history.replaceState(history.state, '', url);
}

function translatePage() {
  document.documentElement.lang = current;
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith('data-en')) translate(element, name.slice('data-en-'.length), value);
    }
  }
}

function translate(element, attribute, english) {
  const kept = originals.get(element) ?? {};
  originals.set(element, kept);
  kept[attribute] ??= attribute ? element.getAttribute(attribute) : element.textContent;
  const text = current === 'en' ? english : kept[attribute];
  if (attribute) element.setAttribute(attribute, text);
  else element.textContent = text;
}
