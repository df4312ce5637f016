import type { Properties } from '../core/events.js';
import type { Program } from '../core/program.js';

/** A survey that was begun on a page of this tab and is neither completed nor closed. */
export interface Begun {
  visitor: string;
  campaign: string;
  version: number;
  variant: string;
  submission: string;
  /** Null for a question that was passed over. */
  answers: Properties;
}

/**
 * Keeps it in the tab's own storage, so that the next page of the tab goes on with it, and no other tab does: but one that is a duplicate
 * of this begins with a copy, and goes on with the same submission.
 */
export interface BegunSurvey {
  read(): Begun | undefined;
  /** The same, if it is this visitor's of this campaign as it is. */
  of(
    campaign: Pick<Program['campaigns'][number], 'id' | 'version'>,
    variant: string,
    visitor: string,
  ): Begun | undefined;
  /** What goes on here by this page's lights, and has ended on another, from which one came back to this. */
  lost(): Begun | undefined;
  /** Undefined forgets it. */
  keep(begun?: Begun): void;
}

/** Where a browser refuses that storage a survey begins anew; its answers are in the log all the same. */
export function createBegunSurvey(site: string): BegunSurvey {
  const key = `kikubari-${site}-survey`;
  let own: Begun | undefined;
  const read = () => {
    try {
      return (JSON.parse(sessionStorage.getItem(key)!) as Begun | null) ?? undefined;
    } catch {
      return undefined;
    }
  };
  return {
    read,
    of({ id, version }, variant, visitor) {
      const begun = read();
      const isSame = begun?.campaign === id && begun.version === version && begun.variant === variant;
      return isSame && begun.visitor === visitor ? (own = begun) : undefined;
    },
    lost: () => (read()?.submission === own?.submission ? undefined : own),
    keep(begun) {
      own = begun;
      try {
        if (begun) sessionStorage.setItem(key, JSON.stringify(begun));
        else sessionStorage.removeItem(key);
      } catch {
        // Refused, or full: no other page goes on with it.
        own = undefined;
      }
    },
  };
}
