import type { Facts } from '../core/decision.js';
import { lastOccasion, signalsWith } from '../core/lastOccasion.js';
import { explain } from '../core/explain.js';
import type { Trigger } from '../core/program.js';
import { sentences } from '../core/sentences.js';
import type { Judgement } from './pastLog.js';
import type { Explanation } from './types.js';

/** Explains a campaign as if its first trigger fired now. */
export function explainCampaign(
  { rules, past }: Judgement,
  facts: Facts,
  now: number,
  id: string,
): Explanation {
  const campaign = rules.program.campaigns.find((other) => other.id === id);
  const trigger: Trigger = campaign?.triggers[0] ?? { on: 'manual' };
  const occasion = lastOccasion(rules, id, trigger, { past, now }, facts.visit.session);
  const explanation = explain(
    rules,
    past,
    { ...facts, signals: signalsWith(trigger, facts.signals) },
    occasion,
    id,
  );
  return {
    ...explanation,
    sentences: { en: sentences(explanation, 'en'), ja: sentences(explanation, 'ja') },
  };
}
