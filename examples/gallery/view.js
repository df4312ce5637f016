/** A page with one message on it, as the address asks: `?sample=modal&theme=matcha&lang=ja&scheme=dark`; `images=none` and `visitor=none` leave
 * those out, `open` opens a tab, `wait` leaves showing it to `show()`. */
import { preview, themes } from './kikubari/preview.js';
import { isSurvey, NOW, SAMPLES, VISITOR } from './samples.js';

const asked = new URLSearchParams(location.search);
const id = asked.get('sample') ?? 'modal';
const lang = asked.get('lang') ?? 'en';
const scheme = asked.get('scheme') ?? 'auto';
const theme = asked.get('theme') ?? 'ink';

// The page speaks the language of its message, and is in the scheme of it.
document.documentElement.lang = lang;
document.documentElement.dir = lang === 'ar' ? 'rtl' : 'ltr';

window.preview = preview;
/** What the message said, for whoever looks at this page from outside. */
window.said = [];

/** Without its images, a message must do as well. */
const withoutImages = (content) => JSON.parse(JSON.stringify(content).replaceAll('tea.svg', 'missing.svg'));

window.show = async () => {
  const sample = SAMPLES[id];
  if (!sample) throw new Error(`There is no sample "${id}"; there are ${Object.keys(SAMPLES).join(', ')}.`);
  const content = asked.get('images') === 'none' ? withoutImages(sample) : sample;
  const preset = Object.hasOwn(themes, theme) ? theme : 'ink';
  window.message = await preview({
    content,
    theme: { preset, scheme },
    languages: [lang],
    visitor: asked.get('visitor') === 'none' ? {} : VISITOR,
    now: NOW,
    allowsContacts: true,
    on: (...notice) => window.said.push(notice),
  });
  // A tab shows what is in it.
  if (content.format === 'tab' && isSurvey(id) && asked.has('open'))
    document.querySelector('[data-kikubari]').shadowRoot.querySelector('.launcher button').click();
  return !!window.message;
};
// Whoever looks from outside may want to do something first.
if (!asked.has('wait')) window.shown = window.show();
