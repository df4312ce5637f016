import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SimpleTrigger } from '../../../src/core/program.js';
import { createEnvironment } from '../../../src/sdk/environment.js';
import { createFaults } from '../../../src/sdk/faults.js';
import { startLive } from '../../../src/sdk/liveSignals.js';
import { watchManner } from '../../../src/sdk/manner.js';
import type { Page, PageState } from '../../../src/sdk/page.js';

const FORMS = `
  <form id="checkout"><label for="street">Street</label><input id="street"><button id="buy">Buy</button></form>
  <form id="search"><input id="words"></form>
  <div id="outer"><textarea id="loose"></textarea></div>
  <p id="text">Text</p>`;

let stopper: AbortController;
let failures: number;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_777_593_600_000 });
  document.body.innerHTML = FORMS;
  stopper = new AbortController();
  failures = 0;
});
afterEach(() => {
  stopper.abort();
  vi.useRealTimers();
  setHidden(false);
});

/** A page, and what it fired. */
function open(triggers: SimpleTrigger[]) {
  const env = createEnvironment();
  const faults = createFaults(env.now, () => {});
  const { fail } = faults;
  faults.fail = () => void (failures++, fail());
  const newPage = (): PageState => ({
    id: 'page',
    address: { url: 'https://shop.example/', path: '/', title: '', referrer: '' },
    since: Date.now(),
    scroll: 0,
  });
  let state = newPage();
  const page: Page = {
    current: () => state,
    leave: () => undefined,
    onScroll: () => {},
    viewEvent: () => ({ name: '$page_view', time: Date.now() }),
  };
  const fired: string[] = [];
  const { signal } = stopper;
  watchManner(env, faults, page, signal).start();
  const live = startLive({
    env,
    signal,
    faults,
    page,
    fire: ({ trigger, seconds, selector }) =>
      void fired.push([trigger, seconds, selector].filter((part) => part !== undefined).join(' ')),
  });
  live.arm(triggers);
  return {
    fired,
    live: { arm: live.arm, signals: () => state.live!() },
    turnPage() {
      state = newPage();
      live.arm(triggers);
    },
  };
}

const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);
const move = () => window.dispatchEvent(new Event('pointermove'));
const at = (id: string) => document.getElementById(id)!;
const does = (element: Element, type: string) =>
  element.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
function setHidden(hidden: boolean) {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}
const click = (element: Element, x = 5) =>
  element.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, clientX: x, clientY: 5 }));

describe('idle', () => {
  const idle = (seconds: number): SimpleTrigger => ({ on: 'idle', seconds });

  it('fires once for each pause that gets so long, for each length', () => {
    const { fired } = open([idle(60), idle(30), idle(30)]);
    pass(29);
    move();
    pass(29.9);
    expect(fired).toEqual([]);
    pass(0.1);
    expect(fired).toEqual(['idle 30']);
    pass(30);
    expect(fired).toEqual(['idle 30', 'idle 60']);
    pass(600);
    window.dispatchEvent(new Event('keydown'));
    pass(30);
    expect(fired).toEqual(['idle 30', 'idle 60', 'idle 30']);
  });

  it('begins anew with a key or scroll, also where a longer one was waited for', () => {
    const { fired, live } = open([idle(10), idle(100)]);
    pass(15);
    window.dispatchEvent(new Event('scroll'));
    expect(live.signals().idle).toBe(0);
    pass(10);
    expect(fired).toEqual(['idle 10', 'idle 10']);
    expect(live.signals().idle).toBe(10);
  });

  it('is no pause while the page is hidden, nor just after', () => {
    const { fired } = open([idle(30)]);
    pass(10);
    setHidden(true);
    pass(300);
    expect(fired).toEqual([]);
    setHidden(false);
    pass(29);
    expect(fired).toEqual([]);
    pass(1);
    expect(fired).toEqual(['idle 30']);
  });

  it('begins anew on another page', () => {
    const { fired, turnPage } = open([idle(30)]);
    pass(29);
    turnPage();
    pass(29);
    expect(fired).toEqual([]);
    pass(1);
    expect(fired).toEqual(['idle 30']);
  });

  it('does not fire again in one pause because the program is another one', () => {
    const { fired, live } = open([idle(30)]);
    pass(40);
    live.arm([idle(30), idle(60)]);
    pass(30);
    expect(fired).toEqual(['idle 30', 'idle 60']);
  });

  it('ends with the SDK, and with a page that is kept for coming back to', () => {
    const { fired } = open([idle(30)]);
    window.dispatchEvent(new Event('pagehide'));
    pass(60);
    expect(fired).toEqual([]);
    const other = open([idle(30)]);
    stopper.abort();
    move();
    pass(60);
    expect(other.fired).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('rage', () => {
  it('fires at each burst of three clicks on one spot within a second', () => {
    const { fired } = open([{ on: 'rage' }]);
    const clicks = (count: number, x?: number) => {
      for (let done = 0; done < count; done++) {
        pass(0.2);
        click(at('text'), x);
      }
      pass(0.1);
    };
    clicks(2);
    clicks(1, 300);
    expect(fired).toEqual([]);
    pass(5);
    clicks(3);
    expect(fired).toEqual(['rage']);
    clicks(1);
    expect(fired).toEqual(['rage']);
    pass(5);
    clicks(3);
    expect(fired).toEqual(['rage', 'rage']);
  });
});

describe('hesitation', () => {
  const hesitation = (seconds: number, selector?: string): SimpleTrigger => ({
    on: 'hesitation',
    seconds,
    ...(selector !== undefined && { selector }),
  });

  it('fires once for each pause in a form that was begun', () => {
    const { fired, live } = open([hesitation(20)]);
    pass(60);
    expect([fired, live.signals().hesitation]).toEqual([[], 0]);
    does(at('street'), 'focusin');
    pass(19);
    does(at('street'), 'keydown');
    pass(19);
    does(at('street'), 'input');
    pass(19);
    expect(fired).toEqual([]);
    expect(live.signals().hesitation).toBe(19);
    pass(1);
    expect(fired).toEqual(['hesitation 20']);
    pass(100);
    // A click beside its fields is one in the form as well.
    click(at('buy').parentElement!);
    pass(20);
    expect(fired).toEqual(['hesitation 20', 'hesitation 20']);
  });

  it('is over when the form is submitted, taken away, or the page is another one', () => {
    const { fired, live, turnPage } = open([hesitation(20)]);
    for (const end of [() => does(at('checkout'), 'submit'), () => at('checkout').remove(), turnPage]) {
      document.body.innerHTML = FORMS;
      does(at('street'), 'focusin');
      pass(10);
      expect(live.signals().hesitation).toBe(10);
      end();
      expect(live.signals().hesitation).toBe(0);
      pass(30);
    }
    expect(fired).toEqual([]);
  });

  it('is not begun by a button or a click beside all forms', () => {
    const { live } = open([hesitation(20)]);
    does(at('buy'), 'focusin');
    click(at('text'));
    pass(5);
    expect(live.signals().hesitation).toBe(0);
  });

  it('with a selector fires only where the field used last lies in such an element', () => {
    const { fired } = open([
      hesitation(20, '#checkout'),
      hesitation(20, '#outer'),
      hesitation(20, 'nothing['),
      hesitation(20, '#street'),
    ]);
    does(at('street'), 'focusin');
    pass(20);
    expect(fired.splice(0)).toEqual(['hesitation 20 #checkout', 'hesitation 20 #street']);
    does(at('words'), 'focusin');
    pass(20);
    expect(fired).toEqual([]);
    does(at('loose'), 'focusin');
    pass(20);
    expect(fired).toEqual(['hesitation 20 #outer']);
    expect(failures).toBe(0);
  });

  it('knows fields and the sending of forms in shadow roots, and none of our own messages', () => {
    const { fired, live } = open([hesitation(20, '#outer')]);
    const shadow = at('outer').attachShadow({ mode: 'open' });
    shadow.innerHTML = '<form><input></form>';
    does(shadow.querySelector('input')!, 'focusin');
    pass(20);
    expect(fired).toEqual(['hesitation 20 #outer']);
    // Such an event does not leave the shadow root.
    shadow.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true }));
    expect(live.signals().hesitation).toBe(0);
    const host = at('text');
    host.setAttribute('data-kikubari', '');
    const ours = host.attachShadow({ mode: 'open' });
    ours.innerHTML = '<input>';
    does(ours.querySelector('input')!, 'keydown');
    pass(5);
    expect(live.signals().hesitation).toBe(0);
  });

  it('looks at no value and no key, and stops no event', () => {
    open([hesitation(20)]);
    const field = at('street');
    const looked: string[] = [];
    // jsdom's own selectors look at keys.
    const note = (name: string) => new Error().stack!.includes('/src/sdk/') && looked.push(name);
    for (const name of ['value', 'checked', 'defaultValue'])
      Object.defineProperty(field, name, { get: () => note(name) });
    const event = new Event('keydown', { bubbles: true, composed: true, cancelable: true });
    for (const name of ['key', 'code', 'data']) Object.defineProperty(event, name, { get: () => note(name) });
    let heard = 0;
    document.body.addEventListener('keydown', () => void heard++);
    field.dispatchEvent(event);
    pass(30);
    expect([looked, heard, event.defaultPrevented]).toEqual([[], 1, false]);
  });

  it('throws nothing into a page whose elements are strange', () => {
    const { live } = open([hesitation(20)]);
    const field = at('street');
    Object.defineProperty(field, 'form', {
      get() {
        throw new Error('no');
      },
    });
    does(field, 'focusin');
    expect(live.signals().hesitation).toBe(0);
  });
});
