/** Campaign documents as authors write them (D11), and the program the collector compiles from them for the SDK (D6). */
import type { Condition, Duration, Measured, Test, Where } from './conditions.js';
import type { Content, Theme } from './content.js';
import type { Properties, Purpose } from './events.js';

/** What can make a campaign's occasion. `page` narrows it to pages whose path passes. */
export type Trigger = SimpleTrigger | Combination;

/**
 * Several together: `all` in any order, or `then` in this one; the last of them makes the occasion, on whichever page it happens.
 * `within`: how long before that the first may be; default in this session. `delay`: how long it is to wait then, also on another page.
 */
export interface Combination {
  on: 'all' | 'then';
  of: CombinedTrigger[];
  within?: Duration | 'session' | 'ever';
  delay?: Duration;
}

/** Whoever calls `show()` waits for nothing. Events have no page to be narrowed to, unless a property says it. */
export type CombinedTrigger = Exclude<SimpleTrigger, { on: 'manual' }>;

export type SimpleTrigger = { page?: Test } & (
  | { on: 'event'; event: string; where?: Where }
  | { on: 'page' }
  | { on: 'dwell'; seconds: number }
  | { on: 'scroll'; percent: number }
  /** Pointer leaves upwards, or on touch a fast scroll back up or the page is left for another app or tab. */
  | { on: 'exit' }
  | { on: 'visible'; selector: string }
  /** No pointer, key or scroll for so long, while the page can be seen. */
  | { on: 'idle'; seconds: number }
  /** Three clicks on one spot within a second. */
  | { on: 'rage' }
  /** Back on a page within 30 s of leaving it, for the nth time in the session and each later one. */
  | { on: 'backForth'; times?: number }
  /** Nothing done for so long in a form that was begun and not submitted. */
  | { on: 'hesitation'; seconds: number; selector?: string }
  /** Shown only by `show(id)` or, for the tab format, always there. */
  | { on: 'manual' }
);

/**
 * What a cap is counted in: the running session, always, a window that slides, or a day, a week (from Monday) or a month of the
 * calendar. `zone`: a name of the IANA database; default the visitor's.
 */
export type Clock =
  'session' | 'ever' | { last: Duration } | { calendar: 'day' | 'week' | 'month'; zone?: string };

/** At most `count` by that clock. */
export interface Cap {
  count: number;
  per: Clock;
  /** What is counted; default exposures. */
  of?: 'exposure' | 'close' | 'click' | 'answer' | 'goal';
}

/** What holds for all campaigns of a site together. */
export interface Limits {
  /** Whether messages may ask for personal data (`contact` questions); default no. */
  contacts?: boolean;
  /** Share of persons who see nothing of any campaign and are counted, 0-0.5. */
  holdOut?: number;
  /** How much attention a person may be asked for: each exposure costs its campaign's `attention`. */
  attention?: { budget: number; per: Clock };
  /** All campaigns together; not for goals, which are a campaign's own. */
  caps?: Cap[];
  /** The campaigns with that tag together. */
  tags?: { [tag: string]: Cap[] };
}

export interface Schedule {
  /** ISO 8601 with zone. */
  from?: string;
  until?: string;
  /** 1 (Monday) to 7; default every day. */
  weekdays?: number[];
  /** By the clock on the wall, `09:00`, up to but without `until`; over midnight if that is earlier. */
  hours?: { from: string; until: string };
  /** Of weekdays and hours: a name of the IANA database; default the visitor's. */
  zone?: string;
}

/** Counted within `window` after the person's first exposure. */
export interface Goal {
  event: string;
  where?: Where;
  window: Duration;
  /** Property summed as the goal's value. */
  value?: string;
}

/**
 * When the collector stops the campaign for everybody by itself: whichever comes first. Persons, as the campaign's report counts
 * them.
 */
export interface Stop {
  /** So many exposed persons, of all arms, reached the goal. */
  goals?: number;
  /** So many persons answered a question of it. */
  responses?: number;
  /** It is proven that a variant's persons reach the goal less often than those of the control group. */
  harm?: boolean;
}

/** Why the collector stopped a campaign, as pages may know it: no counts of the site's business. */
export interface Stopped {
  by: keyof Stop;
  /** The number that was reached. */
  limit?: number;
  /** The variant that does harm. */
  variant?: string;
  /** ISO 8601. */
  at: string;
}

export interface Variant {
  id: string;
  /** Relative to the other variants; default 1. */
  weight?: number;
  content: Content;
}

/** An event that is measured, such as a property of the last one; or an imported attribute of the user. */
export type Value = Measured | { fact: string };

export type CampaignStatus = 'draft' | 'live' | 'paused' | 'ended';

export interface Campaign {
  /** 1-64 of `a-z 0-9 -`. */
  id: string;
  name: string;
  status: CampaignStatus;
  /** Any of them makes an occasion. */
  triggers: Trigger[];
  /** Absent: everybody. */
  audience?: Condition;
  caps?: Cap[];
  /** Higher goes first; default 0, ties by id. */
  priority?: number;
  /** At most one campaign of a group in a session. */
  group?: string;
  /** What `limits.tags` counts together. */
  tags?: string[];
  /** How much of `limits.attention` one exposure costs; default 1. */
  attention?: number;
  /** Share of persons for whom the campaign is there at all, 0-1. It may grow: who is in stays in. */
  rollout?: number;
  schedule?: Schedule;
  /** Consent the message needs; default `personalise`, surveys `survey`. */
  purpose?: Purpose;
  /** Share of persons who see nothing and are counted, 0-0.5. */
  control?: number;
  /** What texts may say of the visitor's past, and of what the server knows, by name: `{{ values.viewed | default: "…" }}`. */
  values?: { [name: string]: Value };
  variants: Variant[];
  goal?: Goal;
  stop?: Stop;
  /** Language of plain strings and last fallback; default `en`. */
  language?: string;
  /** For people: why the campaign exists. */
  note?: string;
}

/** A campaign file: one JSON document that git can hold and `kikubari validate` checks. */
export interface CampaignFile {
  /** Where editors find the JSON Schema; nothing else reads it. */
  $schema?: string;
  kikubari: 1;
  segments?: { [name: string]: Condition };
  limits?: Limits;
  /** For all visitors alike, and readable by all; conditions compare with them by `{public: PATH}`. */
  facts?: Properties;
  /** How messages look that do not say it themselves. */
  theme?: Theme;
  campaigns: Campaign[];
}

/** A campaign as pages get it. */
export interface PublishedCampaign extends Campaign {
  version: number;
  /** Nobody sees it any more; what is left of it is there to say why. */
  stopped?: Stopped;
}

/** What `GET /v1/program/:siteKey` answers: the published campaigns of one site. */
export interface Program {
  schema: 1;
  site: string;
  /** Grows with each publication; 0 never occurs. */
  version: number;
  segments: { [name: string]: Condition };
  limits?: Limits;
  facts?: Properties;
  /** Live ones only, and what is left of those that the collector stopped. */
  campaigns: PublishedCampaign[];
  theme?: Theme;
}
