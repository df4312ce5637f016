import type { MessageEvents } from './contract.js';

/** Why a message went away. */
export type Reason = Parameters<MessageEvents['closed']>[0];

/** What the page is told when a message, or a tab's panel, comes to its end. */
export interface Ending {
  /** A closing card was reached, or the flow ended. */
  complete: () => void;
  closed: (reason: Reason) => void;
}

/** Tells of completion once; whatever closes the message after that, it has come to its `end`. */
export function createEnding(events: MessageEvents): Ending {
  let isComplete = false;
  return {
    complete() {
      if (!isComplete) events.completed();
      isComplete = true;
    },
    closed: (reason) => events.closed(isComplete ? 'end' : reason),
  };
}
