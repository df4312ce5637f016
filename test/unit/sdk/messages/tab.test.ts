import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Content } from '../../../../src/core/content.js';
import type { MountedMessage, SurveyChunk } from '../../../../src/sdk/messages/contract.js';
import { mount } from '../../../../src/sdk/messages/mount.js';
import { drawingBrowser, inside } from './browser.fixture.js';
import { noteTaking, requestFor } from './drawing.fixture.js';

let undo: () => void;
let mounted: MountedMessage;
beforeEach(() => {
  undo = drawingBrowser();
});
afterEach(() => {
  mounted.unmount();
  vi.restoreAllMocks();
  undo();
  document.documentElement.lang = '';
});

const content: Content = {
  format: 'tab',
  launcher: { en: 'Feedback', ja: 'ご意見' },
  cards: [
    { id: 'how', blocks: [{ block: 'question', question: { kind: 'nps', id: 'how', label: 'How is it?' } }] },
  ],
};
/** One that stands open, and says in which language it is. */
const inWords: Content = { ...content, format: 'slide-in', label: { en: 'Feedback', ja: 'ご意見' } };
const launcher = () => inside()!.querySelector<HTMLButtonElement>('.launcher button')!;
const panel = () => inside()!.querySelector('.slide-in');
const survey = () => import('../../../../src/sdk/messages/survey.js');
const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));

async function put(loadSurvey: () => Promise<SurveyChunk>, more: Content = content) {
  const { events } = noteTaking([]);
  mounted = (await mount(requestFor(more), events, loadSurvey))!;
  return events;
}

test('a survey that cannot be had at a click is no fault of ours, and is asked for again at the next', async () => {
  let isOffline = true;
  const events = await put(() => (isOffline ? Promise.reject(new TypeError('offline')) : survey()));
  for (let clicks = 0; clicks < 7; clicks++) launcher().click();
  await pause(20);
  expect([panel(), events.failed.mock.calls]).toEqual([null, []]);
  isOffline = false;
  launcher().click();
  await vi.waitFor(() => expect(panel()).not.toBeNull());
  expect(events.opened).toHaveBeenCalledOnce();
});

test('a survey that comes when its tab has gone opens nothing', async () => {
  let arrive = (_: SurveyChunk) => {};
  const events = await put(() => new Promise((resolve) => (arrive = resolve)));
  // As browsers do where it is not on the page.
  vi.spyOn(HTMLElement.prototype, 'showPopover').mockImplementation(() => {
    throw new DOMException('InvalidStateError');
  });
  launcher().click();
  mounted.unmount();
  arrive(await survey());
  await pause(20);
  expect([events.failed.mock.calls, events.opened.mock.calls]).toEqual([[], []]);
});

test('what cannot be had in the language the page changes to stays as it is, and is no fault of ours', async () => {
  let isOffline = false;
  const events = await put(() => (isOffline ? Promise.reject(new TypeError('offline')) : survey()), inWords);
  isOffline = true;
  document.documentElement.lang = 'ja';
  await pause(20);
  expect([panel()!.getAttribute('aria-label'), events.failed.mock.calls]).toEqual(['Feedback', []]);
  document.documentElement.lang = 'en';
  isOffline = false;
  await pause(20);
  document.documentElement.lang = 'ja';
  await vi.waitFor(() => expect(panel()!.getAttribute('aria-label')).toBe('ご意見'));
});

test('what could not be had in a language is tried again when the page changes to it again', async () => {
  let isOffline = false;
  await put(() => (isOffline ? Promise.reject(new TypeError('offline')) : survey()), inWords);
  isOffline = true;
  document.documentElement.lang = 'ja';
  await pause(20);
  isOffline = false;
  document.documentElement.lang = 'ja';
  await vi.waitFor(() => expect(panel()!.getAttribute('aria-label')).toBe('ご意見'));
});

test('a page that is back in its language before another has come keeps its message as it is', async () => {
  let come = (_: SurveyChunk) => {};
  let isSlow = false;
  await put(() => (isSlow ? new Promise((resolve) => (come = resolve)) : survey()), inWords);
  isSlow = true;
  document.documentElement.lang = 'ja';
  await pause(20);
  isSlow = false;
  document.documentElement.lang = 'en';
  await pause(20);
  come(await survey());
  await pause(20);
  expect(panel()!.getAttribute('aria-label')).toBe('Feedback');
});

test('the site can open its panel, once', async () => {
  const events = await put(survey);
  mounted.open();
  await vi.waitFor(() => expect(panel()).not.toBeNull());
  mounted.open();
  await pause(20);
  expect([inside()!.querySelectorAll('.slide-in').length, events.opened.mock.calls]).toEqual([1, [[]]]);
});

test('what was answered to its end is closed at its end, in another language too', async () => {
  const events = await put(survey, {
    ...content,
    cards: [...content.cards, { id: 'thanks', end: true, blocks: [{ block: 'heading', text: 'Thank you' }] }],
  });
  const close = async () => {
    panel()!.querySelector<HTMLElement>('.close')!.click();
    await vi.waitFor(() => expect(panel()).toBeNull());
  };
  launcher().click();
  await vi.waitFor(() => expect(panel()).not.toBeNull());
  panel()!.querySelector<HTMLElement>('input')!.click();
  panel()!
    .querySelector('form')!
    .dispatchEvent(new Event('submit', { cancelable: true }));
  await vi.waitFor(() => expect(panel()!.textContent).toContain('Thank you'));
  document.documentElement.lang = 'ja';
  await vi.waitFor(() => expect(launcher().textContent).toBe('ご意見'));
  await vi.waitFor(() => expect(panel()).not.toBeNull());
  await close();
  launcher().click();
  await vi.waitFor(() => expect(panel()).not.toBeNull());
  await close();
  expect([events.completed.mock.calls, events.closed.mock.calls]).toEqual([[[]], [['end'], ['close']]]);
});
