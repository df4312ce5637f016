/** What the page's script and the lazily loaded message chunk say to each other. */
import type { Content } from '../../core/content.js';
import type { Facts } from '../../core/decision.js';
import type { Json, Properties } from '../../core/events.js';
import type { Theme } from '../../core/content.js';

/** Whom the collector may be asked for, and where it is. */
export interface Asking {
  env: {
    fetch: typeof fetch;
    later(run: () => unknown, delayMs: number): number;
    cancel(timer: number): void;
  };
  options: { site: string; endpoint: string };
  visitor: { who(): { visitor: string; user?: string } };
}

/** One message to be mounted. */
export interface MessageRequest {
  campaign: string;
  version: number;
  variant: string;
  content: Content;
  /** The site's theme, under the content's own. */
  theme?: Theme;
  /** Preferred languages, best first, such as `['ja-JP', 'en']`. */
  languages: readonly string[];
  /** The campaign's own language: plain strings and last fallback. */
  language: string;
  /** True if a user's action asked for it: a modal may then take the focus. */
  userActivated: boolean;
  /** Whether the page has something open now that is to be seen to first. What stands in the page is not asked. */
  isBlocked?: () => boolean;
  /** For what only the collector can give. */
  asking: Asking;
  /** Answers already given for this submission, so that a survey resumes; null for a question that was passed over. */
  answers?: Properties;
  /** Whether the site may ask for personal data. */
  allowsContacts: boolean;
  /** What texts may say. */
  known: Known;
  /** Epoch ms; deadlines and dates are told by it. */
  now: () => number;
  /** From 0 up to 1, for what comes in an order of each visitor's own. */
  random?: () => number;
}

/** What placeholders are filled in with. */
export interface Known {
  facts: Facts;
  /** What made the occasion. */
  event?: { properties?: Properties };
  /** The campaign's `values`. */
  values?: { [name: string]: Json | undefined };
}

/** One answer, as it is written into the log. */
export type Answer = {
  card: string;
  question: string;
  kind: string;
  value: Json;
  wording: string;
  /** What was written beside the choice `other`. */
  other?: Json;
};

/** What the message tells the page; the page turns these into events. Each may be called from a user's action. */
export interface MessageEvents {
  /** Visible for the first time; without so many of its blocks, which this version cannot show. */
  shown(omitted?: number): void;
  clicked(button: string, action: string): void;
  /** Saved after each question. `wording` is the label in the language shown, its placeholders as they are. */
  answered(answer: Answer): void;
  /** A question was left without an answer: nothing is written, but a survey that goes on does not begin with it. */
  passedOver(question: string): void;
  completed(): void;
  /** It is off the page. Of a feedback tab: its panel is closed, the tab stays and can be opened again, unless it was `removed`. */
  closed(reason: 'close' | 'escape' | 'backdrop' | 'action' | 'end' | 'removed' | 'program'): void;
  /** A `track` button. */
  track(event: string): void;
  /** A `call` button. */
  called(name: string): void;
  /** An `open` button; the message is off the page. */
  open(campaign: string): void;
  /** The feedback tab was opened (its panel is the survey). */
  opened(): void;
  /** An error of our own, that the page does not hear of. */
  failed(): void;
}

export interface MountedMessage {
  /** Takes it off the page; `closed` is not called. */
  unmount(): void;
  /** Whether it is still on the page: with its slot it may go unseen. */
  isHere(): boolean;
  /** Opens the panel of a tab, as a click does. */
  open(): void;
}

/** The single export of the message chunk: `mount`. Never throws; returns null if the content cannot be shown. */
export type Mount = (
  request: MessageRequest,
  events: MessageEvents,
  /** Loads the survey chunk, only when a card holds a question. */
  loadSurvey: () => Promise<SurveyChunk>,
) => Promise<MountedMessage | null>;

/** The survey chunk: renders one question block. Its concrete props are the message room's own affair. */
export type SurveyChunk = { [name: string]: unknown };
