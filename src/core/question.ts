/** What a survey asks. */
import type { Text } from './content.js';

/** One of several that can be chosen. */
export interface Choice {
  /** Stored in the answer; stable over wordings and languages. */
  value: string;
  label: Text;
}

/** One that is chosen by its picture, which says the same as its label. */
export interface PictureChoice extends Choice {
  /** https: or of the site's own origin. */
  src: string;
}

/** What every question has. */
interface Asked {
  /** Names it in answers and branches; unique in the message. */
  id: string;
  label: Text;
  /** Whether it must be answered; default no, and it may be skipped. */
  required?: boolean;
}

/** From low to high. */
interface Scale extends Asked {
  /** What the lowest score means. */
  low?: Text;
  /** What the highest score means. */
  high?: Text;
}

interface Chosen extends Asked {
  /** Whether several may be chosen; the answer is a list then. */
  multiple?: boolean;
  /** Whether each visitor sees them in an order of their own. */
  shuffled?: boolean;
}

/** A question; `kind` says what kind of answer it takes. */
export type Question =
  /** 0 to 10: how likely one is to recommend. */
  | (Scale & { kind: 'nps' })
  /** 1 to 5: how satisfied one is. */
  | (Scale & { kind: 'csat'; look?: 'faces' | 'stars' | 'numbers' })
  /** 1 to 7: how far one agrees that it was easy. */
  | (Scale & { kind: 'ces' })
  /** 1 to `of` (2 to 10, default 5). */
  | (Scale & { kind: 'rating'; of?: number; look?: 'stars' | 'numbers' })
  /** `up` or `down`. */
  | (Asked & { kind: 'thumbs' })
  /** The value of a choice; `other` where one wrote a choice of one's own, which always is the last. */
  | (Chosen & { kind: 'choice'; choices: Choice[]; other?: Text; look?: 'list' | 'dropdown' })
  | (Chosen & { kind: 'picture'; choices: PictureChoice[] })
  | (Asked & { kind: 'text'; placeholder?: Text; maxLength?: number; short?: boolean })
  /** A day as `2026-11-24`, not before `from`, not after `until`. */
  | (Asked & { kind: 'date'; from?: string; until?: string })
  /** How one can be reached. Personal data: the file must allow it, and so must the visitor (`identify`). */
  | (Asked & { kind: 'contact'; field: 'email' | 'tel' | 'name' });

/** The scores one may give, from the first to the last; undefined where something else is asked. */
export function scaleOf(question: Question): [first: number, last: number] | undefined {
  switch (question.kind) {
    case 'nps':
      return [0, 10];
    case 'csat':
      return [1, 5];
    case 'ces':
      return [1, 7];
    case 'rating':
      return [1, question.of ?? RATING_OF];
    default:
      return undefined;
  }
}

/** How far a rating goes that does not say. */
export const RATING_OF = 5;
