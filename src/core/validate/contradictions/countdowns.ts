import type { Campaign } from '../../program.js';
import type { Report } from '../report.js';

/** Countdowns to what has been already, which say from the beginning that it is over. */
export function warnOfCountdowns({ variants }: Campaign, path: string, now: number, report: Report): void {
  variants.forEach(({ content }, variant) =>
    content.cards.forEach(({ blocks }, card) =>
      blocks.forEach((block, index) => {
        if (block.block !== 'countdown' || Date.parse(block.until) > now) return;
        report(
          `${path}.variants[${variant}].content.cards[${card}].blocks[${index}].until`,
          block.until,
          'is in the past, so the countdown is over from the beginning; choose a later moment, or remove it',
          'warning',
        );
      }),
    ),
  );
}
