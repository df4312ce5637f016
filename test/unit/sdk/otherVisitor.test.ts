/** What is on the page when somebody else comes: a logout, or another user. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { helloProgram } from './helloProgram.js';
import { drawingBrowser, inside } from './messages/browser.fixture.js';
import { freshBrowser, openSite, type Site } from './site.js';

let undo: () => void;
let site: Site;
beforeEach(() => {
  freshBrowser();
  undo = drawingBrowser();
  site = openSite();
});
afterEach(async () => {
  await site.client.consent({ measure: false, personalise: false, survey: false, identify: false });
  undo();
  vi.unstubAllGlobals();
});

const hello = (format: 'banner' | 'tab') =>
  helloProgram([{ on: 'event', event: 'go' }, { on: 'page' }], {
    control: 0,
    variants: [
      {
        id: 'a',
        content: {
          format,
          launcher: '{{ visitor.name | default: "you" }}',
          cards: [
            { id: 'c', blocks: [{ block: 'heading', text: 'Hello {{ visitor.name | default: "you" }}' }] },
          ],
        },
      },
    ],
  });
const says = (text: string) =>
  vi.waitFor(() => expect(inside()?.querySelector('h2,.launcher button')?.textContent).toBe(text), 5000);

describe('the name of who was there', () => {
  it('goes with a reset', async () => {
    site.program = hello('banner');
    await site.client.identify('u1', { name: 'Tanaka' });
    await site.client.track('go');
    await says('Hello Tanaka');
    await site.client.reset();
    await vi.waitFor(() => expect(inside()).toBeUndefined(), 2000);
  });

  it('goes with a login of somebody else, and what stands on the page comes back for them', async () => {
    site.program = hello('tab');
    await site.client.identify('u1', { name: 'Tanaka' });
    await site.client.track('go');
    await says('Tanaka');
    await site.client.identify('u2', { name: 'Mori' });
    await says('Mori');
    expect(document.querySelectorAll('[data-kikubari]')).toHaveLength(1);
  });
});
