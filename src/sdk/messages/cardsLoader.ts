import { drawBlocks } from './blocks.js';
import type { SurveyChunk } from './contract.js';
import { drawing, element } from './element.js';
import { focusOn, focusStart } from './focus.js';
import { adopt } from './host.js';
import type { Host } from './host.js';
import { createPlainCards } from './plainCards.js';
import { asks } from './shownContent.js';
import type { createSurvey } from './survey.js';
import type { CardTools, View } from './view.js';

/**
 * Draws the first card, with the survey chunk if one asks something. Rejects if the chunk cannot be had; calling again tries
 * again.
 */
export async function loadCards(
  view: View,
  { shadow }: Host,
  loadSurvey: () => Promise<SurveyChunk>,
): Promise<HTMLElement> {
  const tools: CardTools = {
    element,
    drawing,
    drawBlocks,
    focusOn,
    replaceCard(card, by) {
      card.replaceWith(by);
      focusStart(by);
    },
    adopt(css) {
      // A tab that is opened again has it; the frame's own is the first.
      if (shadow.adoptedStyleSheets.length < 2) adopt(shadow, css);
    },
  };
  if (!asks(view.content)) return createPlainCards(view, tools);
  const chunk = (await loadSurvey()) as { createSurvey: typeof createSurvey };
  return chunk.createSurvey(view, tools);
}
