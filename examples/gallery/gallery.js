/** The chooser: one message at the wanted width, or all of them side by side. Each has a page of its own, in a frame. */
import { themes } from './kikubari/preview.js';
import { SAMPLES } from './samples.js';

const LANGUAGES = { en: 'English', ja: '日本語', ar: 'العربية' };
const form = document.querySelector('form');
const main = document.querySelector('main');

const option = (value, text = value) => Object.assign(document.createElement('option'), { value, text });
form.sample.append(option('all', 'all of them'), ...Object.keys(SAMPLES).map((id) => option(id)));
form.theme.append(...Object.keys(themes).map((id) => option(id)));
form.lang.append(...Object.entries(LANGUAGES).map(([tag, name]) => option(tag, name)));

// What was chosen stands in the address, so that it can be passed on.
const asked = new URLSearchParams(location.search);
for (const select of form.elements) {
  const wanted = asked.get(select.name);
  if ([...select.options].some(({ value }) => value === wanted)) select.value = wanted;
}

function frame(id, width, height) {
  const { theme, lang, scheme } = form;
  const query = new URLSearchParams({
    sample: id,
    theme: theme.value,
    lang: lang.value,
    scheme: scheme.value,
  });
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  caption.append(Object.assign(document.createElement('a'), { href: `view.html?${query}`, textContent: id }));
  const view = Object.assign(document.createElement('iframe'), {
    title: id,
    loading: 'lazy',
    src: `view.html?${query}`,
    width,
    height,
  });
  figure.append(caption, view);
  return figure;
}

function draw() {
  const { sample, width } = form;
  const isAll = sample.value === 'all';
  main.toggleAttribute('data-all', isAll);
  main.replaceChildren(
    ...(isAll
      ? Object.keys(SAMPLES).map((id) => frame(id, 360, 640))
      : [frame(sample.value, +width.value, 760)]),
  );
}

form.addEventListener('input', () => {
  history.replaceState(null, '', `?${new URLSearchParams(new FormData(form))}`);
  draw();
});
draw();
