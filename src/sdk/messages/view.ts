import type { ComponentChildren, VNode } from 'preact';
import type { Block, Content, Text } from '../../core/content.js';
import type { Properties } from '../../core/events.js';
import type { MessageEvents } from './contract.js';
import type { Words } from './words.js';

/** Why a message went away. */
export type Reason = Parameters<MessageEvents['closed']>[0];

/** What every part of a message may know and do. State lives in closures; who changes some calls `draw`. */
export interface View {
  /** Only cards and blocks this version can show. */
  content: Content;
  events: MessageEvents;
  words: Words;
  language: string;
  /** Given so far, by question; kept while the message is on the page. */
  answers: Properties;
  /** What the polite live region says now. */
  announced: string;
  announce: (text: string) => void;
  /** The wording for this reader. */
  say: (text: Text | undefined) => string;
  /** Renders the message again, synchronously. */
  draw: () => void;
  leave: (reason: Reason) => void;
  /** A closing card was reached, or the flow ended. */
  complete: () => void;
  isComplete: boolean;
}

/** Renders the card on show. */
export type Cards = () => VNode;

/** Makes the cards of a message: plain ones here, with questions in the survey chunk. */
export type CreateCards = (view: View, tools: CardTools) => Cards;

/** What cards need from the message chunk. */
export interface CardTools {
  /** Renders every block but questions; `next` is what a `next` button does. */
  renderBlocks: (blocks: readonly Block[], view: View, next: () => void) => ComponentChildren;
  /** Moves the focus to where reading the card starts, or to what the selector names. */
  focusStart: (selector?: string) => void;
}
