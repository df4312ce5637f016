import type { Facts, Occasion } from './decision.js';
import type { Compile } from './gates.js';
import type { Trigger } from './program.js';
import { matcher, passes } from './test.js';
import { pathOf } from './url.js';

type Fires = (trigger: never, occasion: Occasion, facts: Facts, id: string) => boolean;

/** What each kind of trigger asks beyond being the occasion's kind; `page` and `exit` ask nothing. */
const FIRES: { [on: string]: Fires } = {
  event: ({ event, where }: Trigger & { on: 'event' }, occasion) =>
    !!occasion.event && matcher(event, where)(occasion.event),
  dwell: ({ seconds }: Trigger & { on: 'dwell' }, _, { signals }) => signals.dwell >= seconds,
  scroll: ({ percent }: Trigger & { on: 'scroll' }, _, { signals }) => signals.scroll >= percent,
  visible: ({ selector }: Trigger & { on: 'visible' }, occasion) => occasion.selector == selector,
  manual: (_, occasion, __, id) => occasion.campaign == id,
};

/**
 * The trigger gate: the first trigger that made this occasion, or all that did not. Not compiled: only campaigns are asked one of
 * whose triggers may have fired, and what this version cannot read in another trigger must not matter.
 */
export const compileTriggers: Compile =
  ({ id, triggers }) =>
  ({ occasion, facts, isAsked, trace }) => {
    if (isAsked) return [];
    const path = pathOf(facts.page.url);
    const fires = (trigger: Trigger) =>
      trigger.on == occasion.trigger &&
      (!trigger.page || passes(trigger.page, [path], occasion.now)) &&
      (!FIRES[trigger.on] || FIRES[trigger.on]!(trigger as never, occasion, facts, id));
    const at = triggers.findIndex(fires);
    // Only an explanation looks at it.
    const found = trace && { ...occasion, ...facts.signals, path, event: occasion.event?.name };
    return at < 0 ? [['triggers', false, triggers, found]] : [[`triggers[${at}]`, true, triggers[at], found]];
  };
