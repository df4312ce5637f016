import { checkCards } from './cards.js';
import { checkBlock } from './content/blocks.js';
import { checkLook } from './content/theme.js';
import { checkTranslations, checkWording, type Around, type Reading } from './content/wording.js';
import { checkPools } from './coupons.js';
import type { Fields, Report } from './report.js';
import { fieldsAt, isFields, listAt } from './report.js';
import { checkTest } from './test.js';
import { MOST } from './vocabulary.js';

const CONTENT_KEYS = [
  'format',
  'position',
  'slot',
  'anchor',
  'seconds',
  'theme',
  'launcher',
  'label',
  'cards',
];

/** Checks what a variant says: format, theme, cards, blocks, questions and links. */
export function checkContent(value: unknown, path: string, around: Around, report: Report): void {
  const content = fieldsAt(value, path, CONTENT_KEYS, report);
  if (!content) return;
  const reading: Reading = { report, languages: new Set(), texts: [], around };
  checkLook(content, path, report);
  const questions = new Set<unknown>();
  const cards = listAt(content.cards, `${path}.cards`, report, '{"id": "main", "blocks": […]}', {
    most: MOST.cards,
    what: 'cards',
  });
  if (Array.isArray(content.cards) && !cards.length)
    report(`${path}.cards`, cards, 'is empty; a message needs a card');
  const all: unknown[] = [];
  cards.forEach((card, index) => {
    const at = `${path}.cards[${index}]`;
    const blocks = isFields(card)
      ? listAt(card.blocks, `${at}.blocks`, report, '{"block": "text", "text": "…"}', {
          most: MOST.blocks,
          what: 'blocks',
        })
      : [];
    if (isFields(card) && Array.isArray(card.blocks) && !blocks.length)
      report(`${at}.blocks`, blocks, 'is empty; a card needs a block');
    const seen = { questions, buttons: new Set<unknown>() };
    blocks.forEach((block, place) => checkBlock(block, `${at}.blocks[${place}]`, reading, seen));
    all.push(...blocks);
  });
  checkNames(content, all, path, reading);
  if (content.format === 'tab') checkDeadlines(cards, `${path}.cards`, report);
  const instead = checkPools(cards, `${path}.cards`, content.format, report);
  checkCards(cards, `${path}.cards`, { questions, instead }, report, checkTest);
  checkTranslations(reading);
}

/** A message goes when its deadline is over and nothing is said of that; a tab stays, and would open nothing. */
function checkDeadlines(cards: readonly unknown[], path: string, report: Report): void {
  cards.forEach((card, index) => {
    const blocks: unknown[] = isFields(card) && Array.isArray(card.blocks) ? card.blocks : [];
    blocks.forEach((block, place) => {
      if (isFields(block) && block.block === 'countdown' && block.ended === undefined)
        report(
          `${path}[${index}].blocks[${place}].ended`,
          undefined,
          'is missing, which would leave a tab that opens nothing; write what stands there when the time is over',
        );
    });
  });
}

function checkNames(
  { format, launcher, label }: Fields,
  blocks: unknown[],
  path: string,
  reading: Reading,
): void {
  if (launcher !== undefined) checkWording(launcher, `${path}.launcher`, reading);
  else if (format === 'tab')
    reading.report(`${path}.launcher`, undefined, 'is missing; a tab needs a label such as "Feedback"');
  if (label !== undefined) checkWording(label, `${path}.label`, reading);
  else if (blocks.length && blocks.every(isMute))
    reading.report(
      `${path}.label`,
      undefined,
      'is missing, and nothing in this message tells what it is to who hears it; give it a label',
      'warning',
    );
}

/** What has no words of its own a message cannot be named after. */
const isMute = (block: unknown): boolean =>
  isFields(block) &&
  (block.block === 'divider' ||
    (block.block === 'image' && block.alt === '') ||
    (block.block === 'countdown' && block.label === undefined));
