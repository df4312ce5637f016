import { h } from 'preact';
import { renderBlocks } from './blocks.js';
import type { SurveyChunk } from './contract.js';
import { focusStart } from './focus.js';
import { adopt } from './host.js';
import type { Host } from './host.js';
import { createPlainCards } from './plainCards.js';
import { asks } from './shownContent.js';
import type { createSurvey } from './survey.js';
import type { Cards, CardTools, View } from './view.js';

/**
 * Loads what renders the cards: the survey chunk if one asks something, with Preact's `h` lent to it so that it carries no
 * second Preact. Rejects if the chunk cannot be had; calling again tries again.
 */
export async function loadCards(
  view: View,
  host: Host,
  loadSurvey: () => Promise<SurveyChunk>,
): Promise<Cards> {
  const tools: CardTools = {
    renderBlocks,
    focusStart: (selector) => focusStart(host.root.querySelector('.card'), selector),
  };
  if (!asks(view.content)) return createPlainCards(view, tools);
  const chunk = (await loadSurvey()) as { createSurvey: typeof createSurvey };
  const { createCards, css } = chunk.createSurvey(h);
  adopt(host.shadow, css);
  return createCards(view, tools);
}
