import type { Fields, Report } from './report.js';
import { fieldsAt, isFields, isShaped, oneOf } from './report.js';
import { EXHAUSTED } from './vocabulary.js';

/** Checks a coupon whose code comes from a pool. */
export function checkPool({ code, pool, exhausted }: Fields, path: string, report: Report): void {
  if (!isShaped(pool, 'id'))
    report(`${path}.pool`, pool, 'is not a pool; use 1 to 64 letters, digits, "-" or "_"');
  if (code !== undefined)
    report(`${path}.code`, code, 'is beside a pool, which has other codes; remove one of them');
  if (exhausted === undefined || EXHAUSTED.includes(exhausted as string)) return;
  if (isFields(exhausted)) fieldsAt(exhausted, `${path}.exhausted`, ['card'], report);
  else report(`${path}.exhausted`, exhausted, `is not known; use ${oneOf(EXHAUSTED)} or {"card": "…"}`);
}

interface Place {
  coupon: Fields;
  path: string;
  card: Fields;
  index: number;
}

/** Checks the pool of a message, and that something is left of it where no code can be had; the card it begins with then, if any. */
export function checkPools(
  cards: readonly unknown[],
  path: string,
  format: unknown,
  report: Report,
): unknown {
  const [first, second] = cards.flatMap((card, index) => placesOf(card, index, path));
  if (!first) return undefined;
  if (second)
    report(
      `${second.path}.pool`,
      second.coupon.pool,
      'is a second pool in one message; a person gets one code',
    );
  const { exhausted = 'hide' } = first.coupon;
  const at = `${first.path}.exhausted`;
  if (exhausted === 'hide' && format === 'tab')
    report(at, exhausted, 'would leave a tab that opens nothing; use "omit" or {"card": "…"}');
  const { blocks } = first.card;
  if (exhausted === 'omit' && Array.isArray(blocks) && blocks.length === 1)
    report(at, exhausted, 'would leave an empty card; add another block, or use "hide" or {"card": "…"}');
  if (!isFields(exhausted)) return undefined;
  const ids = cards
    .slice(first.index + 1)
    .flatMap((card) => (isFields(card) && typeof card.id === 'string' ? [card.id] : []));
  if (!ids.includes(exhausted.card as string))
    report(
      `${at}.card`,
      exhausted.card,
      ids.length
        ? `is not a card after that of the coupon; use ${oneOf(ids)}`
        : 'is not a card after that of the coupon; add one',
    );
  return exhausted.card;
}

function placesOf(card: unknown, index: number, path: string): Place[] {
  if (!isFields(card) || !Array.isArray(card.blocks)) return [];
  return card.blocks.flatMap((block: unknown, at) =>
    isFields(block) && block.block === 'coupon' && block.pool !== undefined
      ? [{ coupon: block, card, index, path: `${path}[${index}].blocks[${at}]` }]
      : [],
  );
}
