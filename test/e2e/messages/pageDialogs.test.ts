/** What a page has open that is to be seen to before a message, and what it only keeps. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { helloProgram } from '../../unit/sdk/helloProgram.js';
import { openVisitor, type Visitor } from '../browser.js';
import { startFakeSite, type FakeSite } from '../fakeSite.js';
import { kikubari } from '../identityWorld.js';

let site: FakeSite;
let visitor: Visitor;

beforeAll(async () => {
  site = await startFakeSite(
    () =>
      `<!doctype html><html lang="en"><title>Shop</title><script async src="/kikubari.js" data-site="test"></script><main style="height: 4000px">page</main>`,
  );
  site.program = helloProgram([{ on: 'manual' }]);
  visitor = await openVisitor();
  await visitor.page.goto(site.base);
});
afterAll(async () => {
  await visitor?.close();
  await site?.close();
});

const SHADOW = `<template shadowrootmode="open"><dialog>Cookies?<button>Yes</button></dialog></template>`;

it.each<[what: string, html: string, gate: string]>([
  ['a modal dialog', '<dialog>Cookies?</dialog>', 'overlay'],
  ['a modal dialog in a shadow root', `<div>${SHADOW}</div>`, 'overlay'],
  [
    'what says that it is modal',
    '<div aria-modal="true" style="position: fixed; top: 9px">Cookies?</div>',
    'overlay',
  ],
  [
    'what says so and has no room of its own, further down',
    '<div aria-modal="true"><p style="position: fixed; top: 9px">Cookies?</p></div>',
    'overlay',
  ],
  ['a dialog that is not modal', '<dialog open>News</dialog>', 'assignment'],
  ['one that takes no room', '<div aria-modal="true" style="display: none">Cookies?</div>', 'assignment'],
  ['one that is hidden', '<div aria-modal="true" style="visibility: hidden">Cookies?</div>', 'assignment'],
  ['one in what is transparent', '<p style="opacity: 0"><b aria-modal="true">Yes</b></p>', 'assignment'],
  [
    'one beside the page',
    '<div aria-modal="true" style="position: fixed; top: 0; left: 0; transform: translateX(-100%)">Cart</div>',
    'assignment',
  ],
])('%s', async (_, html, gate) => {
  const { page } = visitor;
  await expect.poll(async () => !!(await kikubari(page, 'explain', 'hello')), { timeout: 20_000 }).toBe(true);
  await page.evaluate((html) => {
    const place = document.createElement('section');
    document.body.append(place);
    place.setHTMLUnsafe(html);
    const inside = place.firstElementChild?.shadowRoot ?? place;
    inside.querySelector<HTMLDialogElement>('dialog:not([open])')?.showModal();
  }, html);
  expect(await kikubari(page, 'show', 'hello')).toMatchObject({ gate });
  await page.evaluate(() => document.querySelector('section')!.remove());
  expect(await kikubari(page, 'show', 'hello')).toMatchObject({ gate: 'assignment' });
});
