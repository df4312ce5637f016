import { blocks, drawBlocks } from './blocks.js';
import type { SurveyChunk } from './contract.js';
import { drawing, element } from './element.js';
import { guarded } from './fault.js';
import { focusOn, focusStart } from './focus.js';
import { safeImage } from './safeUrl.js';
import { createPlainCards } from './plainCards.js';
import { has } from './shownContent.js';
import type { createSurvey } from './survey.js';
import type { CardTools, View } from './view.js';

/**
 * Draws the first card, with the chunks of what is in them: questions, a coupon, a countdown, a product. Rejects if a chunk, or
 * a code without which it is not to be shown, cannot be had; calling again tries again.
 */
export async function loadCards(view: View, loadSurvey: () => Promise<SurveyChunk>): Promise<HTMLElement> {
  const tools: CardTools = {
    element,
    drawing,
    drawBlocks,
    focusOn,
    guarded,
    safeImage,
    replaceCard(card, by) {
      card.replaceWith(by);
      focusStart(by);
    },
  };
  if (has(view.content, 'coupon')) {
    const { drawCoupon, withCode } = await import('./coupon.js');
    blocks.coupon = drawCoupon;
    view.content = await withCode(view);
  }
  if (has(view.content, 'countdown')) {
    const { drawCountdown, requireTime } = await import('./countdown.js');
    blocks.countdown = drawCountdown;
    requireTime(view);
  }
  if (has(view.content, 'product')) blocks.product = (await import('./product.js')).drawProduct;
  if (!has(view.content, 'question')) return createPlainCards(view, tools);
  const chunk = (await loadSurvey()) as { createSurvey: typeof createSurvey };
  return chunk.createSurvey(view, tools);
}
