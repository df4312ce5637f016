/** What few programs ask of the device: found out by the page, and told to the log for the collector. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import { helloProgram } from './helloProgram.js';
import { drawingBrowser, inside } from './messages/browser.fixture.js';
import { freshBrowser, openSite } from './site.js';

let undo: () => void;
beforeEach(() => {
  freshBrowser();
  undo = drawingBrowser();
});
afterEach(() => {
  undo();
  vi.unstubAllGlobals();
});

/** Opens a page, waits until its program is in force and what it has to tell is sent. */
async function visit(audience: Condition, version = 1) {
  const site = openSite();
  site.program = helloProgram([{ on: 'manual' }], { audience }, version);
  await site.client.track('view');
  await vi.waitFor(async () => expect(await site.client.explain('hello')).not.toBeNull(), 5000);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await site.client.flush();
  return site.events().filter(({ name }) => name === '$session_device');
}

describe('what a condition asks of the device', () => {
  it('is told once in a session, whichever page it is', async () => {
    const os: Condition = { not: { device: 'os', is: { eq: 'iOS' } } };
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const [told, ...more] = await visit(os);
    expect(told!.properties).toMatchObject({ browser: 'WebKit' });
    expect(more).toEqual([]);
    expect(await visit(os)).toEqual([]);
    // Another program asks for more.
    const [again] = await visit({ all: [os, { device: 'timeZone', is: { eq: timeZone } }] }, 2);
    expect(again!.properties).toMatchObject({ browser: 'WebKit', timeZone });
  });

  it('is not told for the time of the day, which the offset tells as well', async () => {
    expect(await visit({ time: 'hour', is: { gte: 0 } })).toEqual([]);
  });
});

it('is filled in where a text says it, and then the log is not told', async () => {
  const site = openSite();
  const text = ['timeZone', 'browser'].map((word) => `{{ device.${word} | default: "nowhere" }}`).join(' ');
  const cards = [{ id: 'c', blocks: [{ block: 'heading' as const, text }] }];
  site.program = helloProgram([{ on: 'event', event: 'go' }], {
    control: 0,
    variants: [{ id: 'a', content: { format: 'banner', cards } }],
  });
  await site.client.track('go');
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  await vi.waitFor(() => expect(inside()?.querySelector('h2')?.textContent).toBe(`${timeZone} WebKit`), 5000);
  await site.client.flush();
  expect(site.events().map(({ name }) => name)).not.toContain('$session_device');
  await site.client.consent({ measure: false, personalise: false, survey: false, identify: false });
});
