/** What a message or survey says: a typed block tree. No HTML, CSS or script from authors (D7, S2). */
import type { Test } from './conditions.js';
import type { Question } from './question.js';
import type { ThemeName } from './themes.js';

export type { Question } from './question.js';

/**
 * One wording for everybody, or one per language tag (`{"en": …, "ja": …}`); fallback `fr-CA` → `fr` → the campaign's default.
 * `{{ … }}` in it is filled in for the visitor, see `template.ts`.
 */
export type Text = string | { [language: string]: string };

/** What a button does. `href` may be https:, mailto:, tel: or relative to the site (S3). */
export type Action =
  | { do: 'link'; href: string; newTab?: boolean }
  | { do: 'close' }
  | { do: 'next' }
  | { do: 'track'; event: string; close?: boolean }
  /** Takes this message away and shows another campaign, such as a survey, as `show(id)` does. */
  | { do: 'open'; campaign: string }
  /** Tells the site's own code, which listens with `on('called', …)`. */
  | { do: 'call'; name: string; close?: boolean };

/** A coupon of which each person gets a code of its own, from the collector as the message is shown. One a message. */
export interface PooledCoupon {
  block: 'coupon';
  /** The pool of codes at the collector. */
  pool: string;
  label?: Text;
  /**
   * Where no code can be had, because none is left or the collector does not answer in time: the message is not shown (default),
   * is shown without the coupon, or begins with that card of it instead.
   */
  exhausted?: 'hide' | 'omit' | { card: string };
}

/** Counts down to a moment that is the same for everybody; no other deadline is an honest one. */
export interface Countdown {
  block: 'countdown';
  /** ISO 8601 with zone. */
  until: string;
  label?: Text;
  /** What stands there when it is over; default: the message is not shown any more. */
  ended?: Text;
}

/** Something to buy, mostly told by the visitor's own behaviour: `{{ values.name | default: "…" }}`. */
export interface Product {
  block: 'product';
  /** Names it in reports of clicks; unique in its card. */
  id: string;
  name: Text;
  /** What stands below the name, such as `{{ values.price | money: "JPY" }}`. */
  price?: Text;
  /** As of an image; where it cannot be had the card stands without. */
  src?: string;
  /** As of a link; without one it is only looked at. */
  href?: string;
}

export type Block =
  | { block: 'heading'; text: Text }
  /** `**strong**`, `*emphasis*` and `[words](address)` are what they look like; a backslash takes one literally. */
  | { block: 'text'; text: Text }
  | { block: 'divider' }
  | Countdown
  | Product
  | { block: 'image'; src: string; alt: Text; width: number; height: number }
  | { block: 'coupon'; code: string; label?: Text }
  | PooledCoupon
  | { block: 'buttons'; buttons: { id: string; label: Text; action: Action; style?: 'primary' | 'quiet' }[] }
  | { block: 'question'; question: Question };

/** A branch: taken if the answer to `question` passes. `{to: 'end'}` closes with completion. */
export interface Branch {
  /** Default: this card's question. */
  question?: string;
  is: Test;
  to: string;
}

/** One screen of a message; a survey has one question per card. */
export interface Card {
  id: string;
  blocks: Block[];
  /** First branch that holds wins; else `next`; else the following card; else the end. */
  branches?: Branch[];
  next?: string;
  /** A closing card: reaching it completes the survey. */
  end?: boolean;
}

/**
 * `full-screen` comes only where the visitor asked for it. `inline` stands in a place of the page (`slot`), `tooltip` beside an element of
 * it (`anchor`).
 */
export type Format = 'modal' | 'banner' | 'slide-in' | 'toast' | 'full-screen' | 'inline' | 'tooltip' | 'tab';

/** `banner`: top or bottom. `slide-in`: a corner. `toast`: top, bottom or a corner. `tab`: the right or left edge, at its middle or lower end. `tooltip`: the side it is on if there is room. */
export type Position =
  'top' | 'bottom' | 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left' | 'right' | 'left';

/** Theme tokens; colours are `#rrggbb`. Absent ones come from the site's theme, then from the default. */
export interface Theme {
  /** One of ours to begin with (`themes.ts`), under the tokens beside it. A program has its tokens instead. */
  preset?: ThemeName;
  accent?: string;
  accentText?: string;
  surface?: string;
  text?: string;
  muted?: string;
  border?: string;
  /** Corner radius in px, 0-24. */
  radius?: number;
  /** Of the device (default), with serifs, rounded, or the one the page is written in. */
  font?: 'system' | 'serif' | 'rounded' | 'page';
  /** How much room there is around things; default `normal`. */
  spacing?: 'compact' | 'normal' | 'roomy';
  /** Where a message stands that does not say it, and can stand there. */
  position?: Position;
  /** `auto` follows prefers-color-scheme. */
  scheme?: 'auto' | 'light' | 'dark';
  /** The same tokens for the dark scheme. */
  dark?: Colours;
}

/** The tokens of a theme that are colours. */
export type Colours = Pick<Theme, 'accent' | 'accentText' | 'surface' | 'text' | 'muted' | 'border'>;

export interface Content {
  format: Format;
  position?: Position;
  /** Of an `inline` message: it stands in the page's element with `data-kikubari-slot` of that name. */
  slot?: string;
  /** Of a `tooltip`: a CSS selector; the first such element is what it points at. */
  anchor?: string;
  /** Of a `toast`: it goes by itself after so long, unless it is being read; default: never. At least 20. */
  seconds?: number;
  theme?: Theme;
  /** Label of the feedback tab. */
  launcher?: Text;
  /** Accessible name of the message; default is its first heading. */
  label?: Text;
  cards: Card[];
}
