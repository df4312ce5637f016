import type { Block, Card, Content } from '../../core/content.js';
import type { Properties } from '../../core/events.js';
import type { MessageEvents, MessageRequest } from './contract.js';
import type { drawing, element } from './element.js';
import type { Ending } from './ending.js';
import type { guarded } from './fault.js';
import type { focusOn } from './focus.js';
import type { Presence } from './presence.js';
import type { Host } from './host.js';
import type { safeImage } from './safeUrl.js';
import type { Speech } from './speech.js';

/** What every part of a message may know and do. */
export interface View
  extends Ending, Speech, Pick<Presence, 'announce' | 'leave' | 'seen' | 'stops'>, Pick<Host, 'adopt'> {
  /** Only blocks this version can show; a card without any is passed through. */
  content: Content;
  events: MessageEvents;
  request: MessageRequest;
  state: State;
}

/** What a visitor has done with a message: it outlives its language. */
export interface State {
  /** Saved so far, by question; null for one that was passed over. */
  answers: Properties;
  /** Chosen and written so far, by question; one's own words beside a choice: see `otherOf`. */
  drafts: Properties;
  /** Cards gone through, the one on show last; empty before the first. */
  trail: Card[];
  /** In which order the choices of a question are shown, by question. */
  orders: { [question: string]: number[] };
  /** Of a tab: its panel is open. */
  isOpen?: boolean;
  /** Of a tab: the end of what was opened last. */
  ending?: Ending;
}

/** Draws the first card; each card puts the next one in its own place. */
export type CreateCards = (view: View, tools: CardTools) => HTMLElement;

/** A format: resolves to the one element that goes into the page, `<dialog>` for a modal, else a popover. Cards are drawn when what they wait for is there. */
export type CreateFormat = (
  view: View,
  loadCards: (view: View, waitsFor?: Promise<unknown>) => Promise<HTMLElement>,
) => Promise<HTMLElement>;

/** What the survey chunk borrows from the message chunk, so that nothing is carried twice. */
export interface CardTools {
  element: typeof element;
  drawing: typeof drawing;
  /** Draws every block but questions; `next` is what a `next` button does. */
  drawBlocks: (blocks: readonly Block[], view: View, next: () => void) => (HTMLElement | undefined)[];
  focusOn: typeof focusOn;
  guarded: typeof guarded;
  safeImage: typeof safeImage;
  /** Puts a card in the place of another; the focus goes to where reading it starts. */
  replaceCard: (card: HTMLElement, by: HTMLElement) => void;
}
