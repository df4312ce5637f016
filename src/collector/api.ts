/**
 * The console's API, types only: the console imports this file and nothing else of the collector.
 * All routes live under `/api`, same origin only, JSON. Mutations need the header `x-kikubari-csrf` with the session's token.
 * Errors are RFC 9457 problem+json: {type, title, status, detail, requestId}.
 */
import type { Gate } from '../core/decision.js';
import type { Json } from '../core/events.js';
import type { Explanation } from '../core/explain.js';
import type { Campaign, CampaignStatus, Stopped } from '../core/program.js';
import type { Question } from '../core/question.js';

/** `POST /api/session` {email, password} → 200 Session; 401 wrong; 429 with Retry-After. `GET /api/session` → Session or 401. `DELETE` → 204. */
export interface Session {
  email: string;
  role: 'admin';
  csrf: string;
  sites: { key: string; name: string }[];
}

/** Counts of one campaign. People are persons (user, else visitor). */
export interface CampaignCounts {
  exposed: number;
  control: number;
  shown: number;
  clicked: number;
  closed: number;
  answered: number;
  completed: number;
  /** Exposed persons (all arms) who reached the goal in its window. */
  goal: number;
  /** Sum of the goal's value property. */
  goalValue: number;
}

export interface AsOf {
  /** ISO time up to which the journal has been applied. */
  asOf: string;
}

/** `GET /api/sites/:site/campaigns` → CampaignList. */
export interface CampaignList extends AsOf {
  campaigns: {
    id: string;
    name: string;
    status: CampaignStatus;
    version: number;
    format: string;
    priority: number;
    /** Kinds of the questions it asks, in order of the document; empty for a plain message. */
    questions?: Question['kind'][];
    counts: CampaignCounts;
    /** Absent unless the collector stopped it. */
    stopped?: CampaignStop;
  }[];
}

/** Why the collector stopped a campaign: `found` persons of at most `limit`, or a variant that does harm. Its status stays live. */
export interface CampaignStop extends Stopped {
  found?: number;
  /** For harm: the variant's share of persons with the goal less that of the control group, with its always-valid interval. */
  difference?: { value: number; low: number; high: number };
}

/**
 * `GET /api/sites/:site/campaigns/:id` → CampaignReport. `PUT …/status` {status} → {status, version}. `PUT …/stop` {stop: conditions or
 * null} → {version}: other stop conditions, with which a stopped campaign goes on; 400 if they are not sound, 409 if they are met
 * already.
 */
export interface CampaignReport extends AsOf {
  campaign: Campaign;
  stopped?: CampaignStop;
  version: number;
  counts: CampaignCounts;
  /** The last 30 days, oldest first, days without events included (UTC days, `YYYY-MM-DD`). */
  daily: { day: string; shown: number; clicked: number; answered: number; goal: number }[];
  /** One per variant and one for control if there is one. */
  arms: {
    variant: string;
    exposed: number;
    shown: number;
    clicked: number;
    goal: number;
    goalValue: number;
  }[];
  /** Persons who were exposed in more than one arm (on another device, say); each counts in the arm of the first exposure. */
  inSeveralArms: number;
}

/** `GET /api/sites/:site/funnel?steps=view_item,add_to_cart,…&days=30&window=7` → FunnelReport. Defaults are those of the shop. */
export interface FunnelReport extends AsOf {
  days: number;
  /** Steps must follow one another within this many days; others may intervene. */
  windowDays: number;
  steps: {
    event: string;
    people: number;
    /** Of the first step, 0-1. */
    share: number;
    /** Lost since the step before, persons and share of them, 0-1. */
    dropped: number;
    dropOff: number;
    /** Median time since the step before, ms; null for the first or nobody. */
    medianMs: number | null;
  }[];
}

/** `GET /api/sites/:site/surveys/:campaign` → SurveyReport. */
export interface SurveyReport extends AsOf {
  campaign: string;
  shown: number;
  started: number;
  completed: number;
  questions: {
    question: string;
    kind: Exclude<Question['kind'], 'contact'>;
    wording: string;
    answers: number;
    /** NPS: −100…100 with the adjusted-Wald interval (Rocks 2016), counts of promoters, passives, detractors. */
    nps?: {
      score: number;
      low: number;
      high: number;
      promoters: number;
      passives: number;
      detractors: number;
    };
    /** CSAT: top-two-box share with the Wilson interval, 0-1. */
    csat?: { share: number; low: number; high: number; good: number };
    /** CES: share of 5 to 7 with the Wilson interval, 0-1; the mean of 1 to 7. */
    ces?: { share: number; low: number; high: number; good: number; mean: number };
    /** Of two answers or more: their mean with its t interval. */
    rating?: { mean: number; low: number; high: number };
    /** Count per value, for all but text; what leads to a person is text. */
    distribution?: { value: string; count: number }[];
  }[];
  /** Newest first, at most 200; one per submission. */
  responses: {
    submission: string;
    visitor: string;
    time: string;
    completed: boolean;
    answers: { question: string; kind: string; value: Json }[];
  }[];
}

/** `GET /api/sites/:site/visitors?limit=50` → VisitorList, newest first. `?q=` finds a visitor id prefix or a user id. */
export interface VisitorList extends AsOf {
  visitors: {
    visitor: string;
    user: string | null;
    firstSeen: string;
    lastSeen: string;
    events: number;
    sessions: number;
  }[];
}

/** `GET /api/sites/:site/visitors/:visitor` → Timeline: newest session first, events in order of sequence. */
export interface Timeline extends AsOf {
  visitor: string;
  user: string | null;
  attributes: { [name: string]: Json };
  sessions: {
    session: string;
    number: number | null;
    startedAt: string;
    events: { id: string; name: string; time: string; properties: { [key: string]: Json } }[];
  }[];
}

/** `GET /api/sites/:site/overview` → Overview of the last 14 days, for the first screen. */
export interface Overview extends AsOf {
  visitors: number;
  sessions: number;
  events: number;
  purchases: number;
  revenue: number;
  daily: { day: string; visitors: number; sessions: number; purchases: number }[];
}

/** `GET /api/sites/:site/drops` → Drops: what devices report never to have sent, in all, most first. */
export interface Drops extends AsOf {
  events: number;
  /** `reason` as in the envelope's `dropped`, `other` for what this version does not know; devices with at least one such event. */
  reasons: { reason: string; events: number; devices: number }[];
}

/**
 * What was asked for and nobody's device has told, such as `signal.dwell` or `device.os`. It counts as missing; of `device.os`, `browser`
 * and `timeZone`, which a device knows and did not tell, neither the condition holds nor its negation.
 */
export interface Unknown {
  unknown: string[];
}

/**
 * `GET /api/sites/:site/segments/:name/size?at=&sample=1` → SegmentSize of a stored segment; `POST …/segments/size` {condition, at?,
 * sample?} of any condition. `at`: ISO time, default now. 400 names path, value and fix; 404 if there is no such segment. A count
 * of all that took longer than a second is kept for the day (see `asOf`); one that would take longer than 20 s ends as a sample.
 * Sizes and backtests are found out one after the other; 503 with Retry-After if four wait already.
 */
export interface SegmentSize extends AsOf, Unknown {
  at: string;
  /** Estimates, if it is a sample; `of` is always exact. A person is in if one of its visitors is. */
  persons: { in: number; of: number };
  /** Browsers. */
  visitors: { in: number; of: number };
  /** Null if everybody was asked. Else what share of the persons, how many that were, and the 95 % interval of `persons.in`. */
  sample: { share: number; persons: number; low: number; high: number } | null;
}

/** `GET /api/sites/:site/segments/:name/members/:visitor?at=` → SegmentMember; 404 if there is no such segment or visitor. */
export interface SegmentMember extends AsOf, Unknown {
  at: string;
  visitor: string;
  in: boolean;
}

/**
 * `POST /api/sites/:site/explain` {campaign, visitor, at?, occasion?: {trigger, event?: {name, properties?}, selector?}} →
 * CampaignExplanation. Without an occasion: as if the campaign's first trigger fired on the visitor's last page.
 */
export interface CampaignExplanation extends AsOf, Unknown, Explanation {
  at: string;
  visitor: string;
  sentences: { en: string[]; ja: string[] };
}

/**
 * `POST /api/sites/:site/backtest` {campaign: document, from?, until?, sample?} → Backtest: what a campaign would have done, had it been
 * live in that time (default the last 30 days, at most 92). Recorded visits are replayed: at each page view and event, and at what
 * page-leave events tell of staying, scrolling and leaving, `decide` is asked with the past of the device up to then; an exposure it
 * decides on is part of the past from then on. The campaign's own recorded events of that time are left out, those of the others
 * are not; it is asked alone, so no other campaign goes before it and no other message is in its way. Counts are of the persons
 * replayed: all, or of a sample, also where all would take longer than 30 s.
 */
export interface Backtest extends AsOf, Unknown {
  from: string;
  until: string;
  /** Null if everybody was replayed. */
  sample: { share: number } | null;
  /** Replayed, exposed in any arm, and shown: not in control. */
  persons: { replayed: number; exposed: number; shown: number };
  exposures: number;
  /** UTC days, oldest first, days without any included; persons exposed on that day. */
  daily: { day: string; persons: number; exposures: number }[];
  arms: { variant: string; persons: number }[];
  /** Of the occasions its triggers are about, and the persons who had them, so many were stopped first by that gate. */
  occasions: number;
  gates: { gate: Gate; occasions: number; persons: number }[];
}

/** What is left of a pool of coupon codes. Its codes can be uploaded and claimed, but not read. */
export interface CouponPool {
  pool: string;
  size: number;
  claimed: number;
  left: number;
}

/** `GET /api/sites/:site/coupons` → CouponPoolList. */
export interface CouponPoolList {
  pools: CouponPool[];
}

/**
 * `POST /api/sites/:site/coupons/:pool` {codes} → CouponUpload: adds codes to a pool, which is made if it is new; all of them or, with 400
 * or 409, none. 1 to 100,000 codes at once of 1 to 64 visible characters; `known` were there already, so that it may be repeated.
 */
export interface CouponUpload extends CouponPool {
  added: number;
  known: number;
}

/**
 * `PUT /api/sites/:site/facts?mode=merge|replace` → FactsImport: what only the server knows of users. The body is JSON lines or a JSON
 * list of {user, facts, lists}; 400 names every line that is wrong, and then nothing of it is imported.
 */
export interface FactsImport {
  /** Users of whom something is known now. */
  stored: number;
  /** Users of whom nothing is known any more. */
  removed: number;
}

/** `GET /api/sites/:site/facts/secrets` → FactSecretList, newest first; `DELETE …/:id` → 204. */
export interface FactSecretList {
  secrets: { id: string; created: string }[];
}

/** `POST /api/sites/:site/facts/secrets` → NewFactSecret, the only time it is told; of those before one stays good. */
export interface NewFactSecret {
  id: string;
  secret: string;
}

/** `PUT /api/sites/:site/public-facts` {…} → {version}: in place of all the site had, published at once. */
export interface PublicFactsPublished {
  version: number;
}
