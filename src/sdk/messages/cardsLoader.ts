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

type Survey = { createSurvey: typeof createSurvey };

/**
 * Draws the first card, with the chunks of what is in them: questions, a coupon, a countdown, a product. Rejects if a chunk, or
 * a code without which it is not to be shown, cannot be had, or what else it waits for; calling again tries again.
 */
export async function loadCards(
  view: View,
  loadSurvey: () => Promise<SurveyChunk>,
  waitsFor?: Promise<unknown>,
): Promise<HTMLElement> {
  const tools: CardTools = {
    element,
    drawing,
    drawBlocks,
    focusOn,
    guarded,
    safeImage,
    replaceCard(card, by) {
      card.replaceWith(by);
      const text = by.querySelector<HTMLElement>('.text');
      // Without a heading nobody would hear it.
      if (text && !by.querySelector('[data-start]')) Object.assign(text, { tabIndex: -1 }).dataset.start = '';
      focusStart(by);
    },
  };
  const coupon = has(view.content, 'coupon') && (await import('./coupon.js'));
  if (has(view.content, 'countdown')) {
    const { drawCountdown, requireTime } = await import('./countdown.js');
    blocks.countdown = drawCountdown;
    requireTime(view);
  }
  if (has(view.content, 'product')) blocks.product = (await import('./product.js')).drawProduct;
  const survey = has(view.content, 'question') && ((await loadSurvey()) as Survey);
  await waitsFor;
  if (coupon) {
    blocks.coupon = coupon.drawCoupon;
    // Last: a code that is asked for is taken, be it shown or not.
    view.content = await coupon.withCode(view);
  }
  return survey && has(view.content, 'question')
    ? survey.createSurvey(view, tools)
    : createPlainCards(view, tools);
}
