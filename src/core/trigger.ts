import type { Facts, Occasion } from './decision.js';
import type { Json } from './events.js';
import type { Check } from './gates.js';
import type { Trigger } from './program.js';
import { matcher, passes } from './test.js';
import { pathOf } from './url.js';

type Fires = (trigger: never, occasion: Occasion, facts: Facts, id: string) => boolean;

/** What each kind of trigger asks beyond being the occasion's kind; `page` and `exit` ask nothing. */
const FIRES: { [on: string]: Fires } = {
  event: ({ event, where }: Trigger & { on: 'event' }, occasion) =>
    matcher(event, where)(occasion.event ?? ({} as never)),
  dwell: ({ seconds }: Trigger & { on: 'dwell' }, _, { signals }) => signals.dwell >= seconds,
  scroll: ({ percent }: Trigger & { on: 'scroll' }, _, { signals }) => signals.scroll >= percent,
  visible: ({ selector }: Trigger & { on: 'visible' }, occasion) => occasion.selector == selector,
  manual: (_, occasion, __, id) => occasion.campaign == id,
};

/** The trigger gate: whether any of the campaign's triggers made this occasion. */
export const isTriggered: Check = ({ id, triggers }, { occasion, facts }, trace) => {
  const path = pathOf(facts.page.url);
  return triggers
    .map((trigger, index) => {
      const passed =
        trigger.on == occasion.trigger &&
        (!trigger.page || passes(trigger.page, [path])) &&
        (!FIRES[trigger.on] || FIRES[trigger.on]!(trigger as never, occasion, facts, id));
      trace?.(`triggers[${index}]`, passed, trigger as unknown as Json, {
        on: occasion.trigger,
        path,
        event: occasion.event?.name ?? null,
        ...facts.signals,
      });
      return passed;
    })
    .includes(true);
};
