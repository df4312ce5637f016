/** What a message or survey says: a typed block tree. No HTML, CSS or script from authors (D7, S2). */
import type { Test } from './conditions.js';

/** One wording for everybody, or one per language tag (`{"en": …, "ja": …}`); fallback `fr-CA` → `fr` → the campaign's default. */
export type Text = string | { [language: string]: string };

/** What a button does. `href` may be https:, mailto:, tel: or relative to the site (S3). */
export type Action =
  | { do: 'link'; href: string; newTab?: boolean }
  | { do: 'close' }
  | { do: 'next' }
  | { do: 'track'; event: string; close?: boolean };

export interface Choice {
  /** Stored in the answer; stable over wordings and languages. */
  value: string;
  label: Text;
}

/** A question; `id` names it in answers and branches. */
export type Question =
  | { kind: 'nps'; id: string; label: Text; low?: Text; high?: Text; required?: boolean }
  | { kind: 'csat'; id: string; label: Text; low?: Text; high?: Text; required?: boolean }
  | { kind: 'choice'; id: string; label: Text; choices: Choice[]; multiple?: boolean; required?: boolean }
  | { kind: 'text'; id: string; label: Text; placeholder?: Text; maxLength?: number; required?: boolean };

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

export type Block =
  | { block: 'heading'; text: Text }
  | { block: 'text'; text: Text }
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

export type Format = 'modal' | 'banner' | 'slide-in' | 'tab';

/** `banner`: top or bottom. `slide-in`: a corner. `tab`: an edge. */
export type Position = 'top' | 'bottom' | 'bottom-right' | 'bottom-left' | 'right' | 'left';

/** Theme tokens; colours are `#rrggbb`. Absent ones come from the site's theme, then from the default. */
export interface Theme {
  accent?: string;
  accentText?: string;
  surface?: string;
  text?: string;
  muted?: string;
  border?: string;
  /** Corner radius in px, 0-24. */
  radius?: number;
  /** `auto` follows prefers-color-scheme. */
  scheme?: 'auto' | 'light' | 'dark';
  /** The same tokens for the dark scheme. */
  dark?: Omit<Theme, 'dark' | 'scheme' | 'radius'>;
}

export interface Content {
  format: Format;
  position?: Position;
  theme?: Theme;
  /** Label of the feedback tab. */
  launcher?: Text;
  /** Accessible name of the message; default is its first heading. */
  label?: Text;
  cards: Card[];
}
