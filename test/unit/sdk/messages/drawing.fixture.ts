import { vi } from 'vitest';
import type { Card, Content } from '../../../../src/core/content.js';
import { drawBlocks } from '../../../../src/sdk/messages/blocks.js';
import type { MessageRequest } from '../../../../src/sdk/messages/contract.js';
import { drawing, element } from '../../../../src/sdk/messages/element.js';
import { createEnding } from '../../../../src/sdk/messages/ending.js';
import { guarded } from '../../../../src/sdk/messages/fault.js';
import { focusOn } from '../../../../src/sdk/messages/focus.js';
import { safeImage } from '../../../../src/sdk/messages/safeUrl.js';
import type { CardTools, View } from '../../../../src/sdk/messages/view.js';
import { wordsFor } from '../../../../src/sdk/messages/words.js';
import { expandFacts, NOW } from '../../../cases/expand.js';

/** It is asked for by nobody, of nobody, and at no time. */
export const requestFor = (content: Content, more: Partial<MessageRequest> = {}): MessageRequest => ({
  campaign: 'c',
  version: 1,
  variant: 'a',
  content,
  languages: ['en'],
  language: 'en',
  userActivated: false,
  asking: {} as MessageRequest['asking'],
  allowsContacts: false,
  known: { facts: expandFacts() },
  now: () => NOW,
  ...more,
});

/** A view that only takes notes, so that cards can be drawn without a page around them. */
export function noteTaking(cards: Card[], more: Partial<View> = {}) {
  const events = {
    shown: vi.fn(),
    clicked: vi.fn(),
    answered: vi.fn(),
    passedOver: vi.fn(),
    completed: vi.fn(),
    closed: vi.fn(),
    track: vi.fn(),
    called: vi.fn(),
    open: vi.fn(),
    opened: vi.fn(),
    failed: vi.fn(),
  };
  const leave = vi.fn();
  const stops: (() => void)[] = [];
  const content: Content = { format: 'slide-in', cards };
  const plain: View['wording'] = (text) => (typeof text == 'string' ? text : text.en!);
  const view: View = {
    content,
    events,
    request: requestFor(content),
    language: 'en',
    words: wordsFor(more.language ?? 'en'),
    state: { answers: {}, drafts: {}, trail: [], orders: {} },
    wording: plain,
    fill: (text) => text,
    say: (text) => plain(text ?? ''),
    announce: () => Promise.resolve(),
    seen: Promise.resolve(),
    stops,
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
    guarded,
    safeImage,
    replaceCard: (card, by) => card.replaceWith(by),
  };
  return { view, tools, events, leave, stops };
}
