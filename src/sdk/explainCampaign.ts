import type { Facts, History, Occasion } from '../core/decision.js';
import { explain } from '../core/explain.js';
import type { Program, Trigger } from '../core/program.js';
import { sentences } from '../core/sentences.js';
import type { Explanation } from './types.js';

/** Explains a campaign as if its first trigger fired now. */
export function explainCampaign(
  program: Program,
  history: History,
  facts: Facts,
  now: number,
  id: string,
): Explanation {
  const campaign = program.campaigns.find((other) => other.id === id);
  const trigger: Trigger = campaign?.triggers[0] ?? { on: 'manual' };
  const { signals } = facts;
  const assumed: Facts['signals'] = {
    dwell: trigger.on === 'dwell' ? Math.max(signals.dwell, trigger.seconds) : signals.dwell,
    scroll: trigger.on === 'scroll' ? Math.max(signals.scroll, trigger.percent) : signals.scroll,
  };
  const explanation = explain(
    program,
    history,
    { ...facts, signals: assumed },
    occasionOf(trigger, history, now, id),
    id,
  );
  return {
    ...explanation,
    sentences: { en: sentences(explanation, 'en'), ja: sentences(explanation, 'ja') },
  };
}

function occasionOf(trigger: Trigger, history: History, now: number, campaign: string): Occasion {
  const occasion: Occasion = { now, trigger: trigger.on, campaign };
  if (trigger.on === 'visible') occasion.selector = trigger.selector;
  if (trigger.on === 'event')
    occasion.event = history.named(trigger.event).at(-1) ?? { name: trigger.event, time: now };
  return occasion;
}
