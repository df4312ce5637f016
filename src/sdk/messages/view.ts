import type { ComponentType } from 'preact';
import type { Block, Card, Content, Text } from '../../core/content.js';
import type { Properties } from '../../core/events.js';
import type { MessageEvents } from './contract.js';
import type { Words } from './words.js';

/** Why a message went away. */
export type Reason = Parameters<MessageEvents['closed']>[0];

/** What every part of a message may know and do. */
export interface View {
  /** Only cards and blocks this version can show. */
  content: Content;
  events: MessageEvents;
  words: Words;
  language: string;
  /** The wording for this reader. */
  say(text: Text | undefined): string;
  leave(reason: Reason): void;
  /** A closing card was reached, or the flow ended. */
  complete(): void;
  /** Elements in the top layer, to be shown again if the page takes us out and we come back. */
  surfaces: Set<HTMLElement>;
  /** Renders the cards: plain ones here, with questions in the survey chunk. */
  Cards: ComponentType<CardsProps> | undefined;
  loadCards(): Promise<ComponentType<CardsProps>>;
  /** Given so far, by question; kept while the message is on the page. */
  answers: Properties;
}

export interface CardsProps {
  view: View;
  cards: readonly Card[];
  /** Renders every block but questions. */
  Blocks: ComponentType<BlocksProps>;
  focusStart(within: Element | null | undefined): void;
}

export interface BlocksProps {
  view: View;
  blocks: readonly Block[];
  /** What a `next` button does. */
  next(): void;
}
