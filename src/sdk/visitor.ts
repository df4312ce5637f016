import { AUTOMATIC } from '../core/automatic.js';
import type { Properties, TrackedEvent } from '../core/events.js';
import type { Environment } from './environment.js';
import type { Context } from './row.js';
import type { PageState } from './page.js';
import { sessionAt, sessionStart } from './session.js';
import type { Session } from './session.js';
import type { Meta } from './store.js';

/** How stale the session in meta may be, ms: it need not be written with every row. */
const SESSION_WRITE_MS = 10_000;

/** Who this browser is, as kept in meta. */
export interface Who {
  visitor: string;
  user?: string;
  attributes: Properties;
}

export type Visitor = ReturnType<typeof createVisitor>;

/** Identity and session: who this visitor is. */
export function createVisitor(env: Environment, page: () => PageState) {
  let who: Who;
  let session: Session | undefined;
  let context: Context | undefined;
  /** As it was last written or read. */
  let writtenWho: Who | undefined;
  /** Up to when the stored session is true; 0 if more has changed than its age. */
  let writtenAt = 0;

  const change = (next: Who) => {
    if (next.visitor !== who?.visitor) session = undefined;
    who = next;
    context = undefined;
  };
  const fresh = () => change({ visitor: env.uuid(), attributes: {} });

  return {
    who: () => who,
    session: () => session,
    fresh,

    /** Takes over what is stored, or what another tab has stored since. */
    load(meta: Meta) {
      // What was changed here and not yet written is newer than what is stored.
      if (writtenWho !== who) return;
      change((writtenWho = meta.who!));
      const stored = meta.session as Session | undefined;
      // None is not later than ours.
      if ((stored?.seenAt as number) >= (session?.seenAt ?? 0)) {
        session = stored;
        writtenAt = stored!.seenAt;
      }
    },

    /** Notes activity at `time`; a new session's first event, if it starts one. */
    noteActivity(time: number, isView?: boolean): TrackedEvent | undefined {
      const before = session?.id;
      session = sessionAt(session, time, env.uuid);
      if (isView) {
        session.pages++;
        writtenAt = 0;
      }
      if (session.id === before) return undefined;
      context = undefined;
      writtenAt = 0;
      return sessionStart(session, time);
    },

    context(): Context {
      if (context?.page !== page().id) context = undefined;
      const { visitor, user } = who;
      return (context ??= { visitor, user, session: session!.id, page: page().id });
    },

    /** The visitor there was when `who` was written or read last. */
    before: () => writtenWho!.visitor,

    /** The meta values that changed since they were last written; the caller writes them, and says whether they are `written`. */
    unwritten(): Meta {
      const meta: Meta = {};
      if (writtenWho !== who) meta.who = who;
      if (session && session.seenAt - writtenAt > SESSION_WRITE_MS) {
        meta.session = session;
        writtenAt = session.seenAt;
      }
      return meta;
    },

    /** These changes are written; or they were not, or maybe not. */
    written({ who, session }: Meta, isSure: boolean) {
      // Not before: a reader that came earlier would take what it read for news of another tab.
      if (isSure) writtenWho = who ?? writtenWho;
      else if (session) writtenAt = 0;
    },

    /** Adds attributes, and says who the visitor is if a user is given; the event that tells of it. */
    identify(traits: Properties, user?: string): TrackedEvent {
      if (user && who.user && who.user !== user) fresh();
      change({ ...who, user: user ?? who.user, attributes: { ...who.attributes, ...traits } });
      return {
        name: user ? AUTOMATIC.identify : AUTOMATIC.set,
        time: env.now(),
        purposes: ['identify'],
        properties: user ? { user, traits } : traits,
      };
    },
  };
}
