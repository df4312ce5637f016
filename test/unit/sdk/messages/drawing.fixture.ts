import { vi } from 'vitest';
import type { Card, Content } from '../../../../src/core/content.js';
import { drawBlocks } from '../../../../src/sdk/messages/blocks.js';
import { drawing, element } from '../../../../src/sdk/messages/element.js';
import { createEnding } from '../../../../src/sdk/messages/ending.js';
import { focusOn } from '../../../../src/sdk/messages/focus.js';
import type { CardTools, View } from '../../../../src/sdk/messages/view.js';
import { wordsFor } from '../../../../src/sdk/messages/words.js';

/** A view that only takes notes, so that cards can be drawn without a page around them. */
export function noteTaking(cards: Card[], more: Partial<View> = {}) {
  const events = {
    shown: vi.fn(),
    clicked: vi.fn(),
    answered: vi.fn(),
    completed: vi.fn(),
    closed: vi.fn(),
    track: vi.fn(),
    opened: vi.fn(),
    failed: vi.fn(),
  };
  const leave = vi.fn();
  const content: Content = { format: 'slide-in', cards };
  const view: View = {
    content,
    events,
    request: { content } as View['request'],
    words: wordsFor('en'),
    answers: {},
    say: (text) => (typeof text == 'string' ? text : ''),
    announce: () => Promise.resolve(),
    leave,
    adopt: vi.fn(),
    ...createEnding(events),
    ...more,
  };
  const tools: CardTools = {
    element,
    drawing,
    drawBlocks,
    focusOn,
    replaceCard: (card, by) => card.replaceWith(by),
  };
  return { view, tools, events, leave };
}
