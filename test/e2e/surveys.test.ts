import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checksOf } from '../../scripts/a11y/keyboard.mjs';
import { openVisitor, type Visitor } from './browser.js';
import { SAMPLES, serveGallery } from './gallery.js';

let visitor: Visitor;
let gallery: { origin: string; close: () => unknown };
beforeAll(async () => {
  visitor = await openVisitor();
  gallery = await serveGallery();
  await visitor.page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(async () => {
  await visitor?.close();
  gallery?.close();
});

// `npm run a11y` does so with every message.
describe.each([
  'survey',
  'survey-date',
  'survey-dropdown',
  'survey-short',
  'survey-modal',
  'full-screen',
  'tab',
])('%s, with a keyboard alone', (id) => {
  test.each(Object.entries(checksOf(id, SAMPLES[id]!)))('%s', async (_, check) => {
    await check(visitor.page, gallery.origin);
    expect(visitor.problems).toEqual([]);
  });
});
