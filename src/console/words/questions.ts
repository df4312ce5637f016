import type { Json } from '../../core/events.js';
import type { Campaign } from '../../core/program.js';
import type { Dictionary } from '../language/en.js';
import { valueText, wordingOf } from './text.js';

/** How a campaign's questions and choices are worded in the console's language, by question id. */
export type Wordings = ReadonlyMap<string, { label: string; choices: ReadonlyMap<string, string> }>;

export function wordingsOf(campaign: Campaign | undefined, language: string): Wordings {
  const wordings = new Map<string, { label: string; choices: Map<string, string> }>();
  const cards = campaign?.variants.flatMap(({ content }) => content.cards) ?? [];
  for (const block of cards.flatMap((card) => card.blocks)) {
    if (block.block !== 'question' || wordings.has(block.question.id)) continue;
    const { question } = block;
    const choices = 'choices' in question ? question.choices : [];
    wordings.set(question.id, {
      label: wordingOf(question.label, language),
      choices: new Map(choices.map(({ value, label }) => [value, wordingOf(label, language)])),
    });
  }
  return wordings;
}

/** An answer as the visitor read it: choices by their labels, several joined. */
export function answerText(value: Json, question: string, wordings: Wordings, t: Dictionary): string {
  const choices = wordings.get(question)?.choices;
  const one = (part: Json) => (typeof part === 'string' ? (choices?.get(part) ?? part) : valueText(part, t));
  return Array.isArray(value) ? value.map(one).join(', ') : one(value);
}
