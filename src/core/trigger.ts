import type { Facts, Occasion } from './decision.js';
import type { Compile } from './gates.js';
import type { Trigger } from './program.js';
import { matcher, testerOf } from './test.js';
import { pathOf } from './url.js';

type Fires = (occasion: Occasion, facts: Facts) => boolean;

/** What each kind of trigger asks beyond being the occasion's kind; `page` and `exit` ask nothing. */
const FIRES: { [on: string]: (trigger: never, id: string) => Fires } = {
  event: ({ event, where }: Trigger & { on: 'event' }) => {
    const matches = matcher(event, where);
    return (occasion) => !!occasion.event && matches(occasion.event);
  },
  dwell:
    ({ seconds }: Trigger & { on: 'dwell' }) =>
    (_, { signals }) =>
      signals.dwell >= seconds,
  scroll:
    ({ percent }: Trigger & { on: 'scroll' }) =>
    (_, { signals }) =>
      signals.scroll >= percent,
  visible:
    ({ selector }: Trigger & { on: 'visible' }) =>
    (occasion) =>
      occasion.selector == selector,
  manual: (_, id) => (occasion) => occasion.campaign == id,
};

/** A part that this version cannot read throws when it is asked, not before: another trigger may have fired first. */
function lazily<A extends unknown[], T>(make: () => (...args: A) => T): (...args: A) => T {
  let made: ((...args: A) => T) | undefined;
  return (...args) => (made ??= make())(...args);
}

function foundIn({ event, ...rest }: Occasion, { signals, page }: Facts) {
  return { ...rest, ...signals, path: pathOf(page.url), event: event?.name };
}

/** The trigger gate: the first trigger that made this occasion, or all that did not. */
export const compileTriggers: Compile = ({ id, triggers }) => {
  const compiled = triggers.map((trigger) => {
    const onPage = lazily(() => testerOf(trigger.page!).one);
    const fires = lazily(() => FIRES[trigger.on]?.(trigger as never, id) ?? (() => true));
    return ({ occasion, facts }: { occasion: Occasion; facts: Facts }) =>
      trigger.on == occasion.trigger &&
      (!trigger.page || onPage(pathOf(facts.page.url))) &&
      fires(occasion, facts);
  });
  return (context) => {
    const { occasion, facts, isAsked, trace } = context;
    if (isAsked) return [];
    const at = compiled.findIndex((fires) => fires(context));
    // Only an explanation looks at it.
    const found = trace && foundIn(occasion, facts);
    return at < 0 ? [['triggers', false, triggers, found]] : [[`triggers[${at}]`, true, triggers[at], found]];
  };
};
