/** What a keyboard must be able to do with every message (A2 to A5). Each check resolves, or says what is wrong. */
import { focused, openSample, said, settled } from './pages.mjs';

const MODAL = ['modal', 'full-screen'];
const MOST_TABS = 40;

const press = (page, key) => page.keyboard.press(key);
const must = (isSo, what) => {
  if (!isSo) throw new Error(what);
};

/** Presses Tab until the test passes; the names of what was passed on the way. */
async function tabUntil(page, test, what, most = MOST_TABS) {
  const passed = [];
  for (let count = 0; count < most; count++) {
    await press(page, 'Tab');
    const at = await focused(page);
    passed.push(at);
    if (test(at)) return passed;
  }
  throw new Error(`${what}: not reached within ${most} tabs (${passed.map(({ name }) => name).join(' | ')})`);
}

const isOnPage = (page) =>
  page.evaluate(() => !!document.querySelector('[data-kikubari]')?.shadowRoot.querySelector('.surface'));

/** Takes the focus, keeps it, and gives it back on Esc. */
async function modal(page, origin, id) {
  await page.goto(`${origin}/view.html?sample=${id}&wait`);
  await page.locator('#gallery-anchor').focus();
  await page.evaluate('window.show()');
  await settled(page);
  must((await focused(page)).isInside, 'does not take the focus');
  for (let count = 0; count < 12; count++) {
    await press(page, count < 8 ? 'Tab' : 'Shift+Tab');
    const at = await focused(page);
    must(at.isInside || at.tag === 'body', `lets the focus out to "${at.name}"`);
  }
  await press(page, 'Escape');
  await page.waitForFunction('!document.querySelector("[data-kikubari]")', undefined, { timeout: 5000 });
  must((await focused(page)).name === 'Gift wrapping', 'does not give the focus back');
}

/** Leaves the focus where it is, can be reached, and closes on Esc only when the focus is inside. */
async function overPage(page, origin, id, format) {
  await page.goto(`${origin}/view.html?sample=${id}&wait`);
  await page.locator('#gallery-anchor').focus();
  await page.evaluate('window.show()');
  await settled(page);
  must((await focused(page)).name === 'Gift wrapping', 'takes the focus');
  await press(page, 'Escape');
  must(await isOnPage(page), 'closes on Esc though the focus is elsewhere');
  const passed = await tabUntil(page, ({ isInside }) => isInside, 'the message');
  if (format === 'inline') return;
  if (passed.at(-1).name !== 'Close')
    passed.push(...(await tabUntil(page, ({ name }) => name === 'Close', 'the close button')));
  const hidden = passed.filter(({ isInside, isVisible }) => isInside && !isVisible);
  must(!hidden.length, `does not show the focus on ${hidden.map(({ name }) => name).join(', ')}`);
  await press(page, 'Escape');
  await page.waitForFunction('!document.querySelector("[data-kikubari]")', undefined, { timeout: 5000 });
  must(!(await focused(page)).isInside, 'keeps the focus');
}

/** Opens with Enter, takes the focus in, and gives it back to the launcher. */
async function tab(page, origin, id) {
  await openSample(page, origin, id);
  await tabUntil(page, ({ isInside }) => isInside, 'the launcher');
  const { name } = await focused(page);
  await press(page, 'Enter');
  await page.waitForFunction(
    () => document.querySelector('[data-kikubari]').shadowRoot.activeElement?.closest('.surface'),
    undefined,
    { timeout: 5000 },
  );
  await press(page, 'Escape');
  await page.waitForFunction(
    () => !document.querySelector('[data-kikubari]').shadowRoot.querySelector('.surface'),
    undefined,
    { timeout: 5000 },
  );
  must((await focused(page)).name === name, 'does not give the focus back to the launcher');
}

/** How a kind of control is answered. */
async function answer(page, { tag, type }) {
  if (tag === 'select') await press(page, 'ArrowDown');
  else if (tag === 'textarea') await page.keyboard.type('Fine, thank you');
  else if (type === 'date') await page.keyboard.type('12012026');
  else if (type === 'email') await page.keyboard.type('sato@example.com');
  else if (type === 'text') await page.keyboard.type('Sencha');
  else await press(page, 'Space');
}

/** Goes through a survey by the keyboard alone, to its end; an empty one says what is missing, and takes the focus there. */
async function survey(page, origin, id) {
  await openSample(page, origin, id);
  const isDone = async () => (await said(page)).some(([notice]) => notice === 'completed');
  for (let card = 0; card < 6 && !(await isDone()); card++) {
    const isControl = ({ isInside, tag }) => isInside && /^(input|select|textarea)$/.test(tag);
    const isForward = ({ isInside, name }) => isInside && /^(Next|Send)$/.test(name);
    const hasControl = await page.evaluate(
      () => !!document.querySelector('[data-kikubari]').shadowRoot.querySelector('input,select,textarea'),
    );
    if (hasControl) {
      const start = await focused(page);
      if (!isControl(start)) await tabUntil(page, isControl, 'a control');
      await answer(page, await focused(page));
    }
    await tabUntil(page, isForward, 'the way on');
    await press(page, 'Enter');
    await settled(page);
  }
  must(await isDone(), 'cannot be completed');
}

/** An empty answer is refused, said, and has the focus. */
async function refusal(page, origin, id) {
  await openSample(page, origin, id);
  await tabUntil(page, ({ isInside, name }) => isInside && name === 'Send', 'the button that sends');
  await press(page, 'Enter');
  const problem = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('[data-kikubari]');
    const shown = shadowRoot.querySelector('.problem:not(:empty)');
    const named = shadowRoot.querySelector(`[aria-describedby~="${shown?.id}"]`);
    return { text: shown?.textContent, isNamed: !!named };
  });
  must(problem.text && problem.isNamed, 'does not say what is missing');
  must(/^(input|select|textarea)$/.test((await focused(page)).tag), 'does not take one to what is missing');
}

/** The checks of one sample, by name. */
export function checksOf(id, { format, cards }) {
  const checks = { 'comes and goes': (page, origin) => overPage(page, origin, id, format) };
  if (MODAL.includes(format)) checks['comes and goes'] = (page, origin) => modal(page, origin, id);
  if (format === 'tab') return { 'opens and closes': (page, origin) => tab(page, origin, id) };
  const questions = cards.flatMap(({ blocks }) => blocks).filter(({ block }) => block === 'question');
  if (questions.length) checks['is answered'] = (page, origin) => survey(page, origin, id);
  if (questions.length === 1 && cards[0].blocks[0].block === 'question')
    checks['refuses nothing'] = (page, origin) => refusal(page, origin, id);
  return checks;
}
