/**
 * The entry `kikubari/preview`: shows a message as visitors see it, drawn by the same renderer, for a visitor and a clock that are given.
 * Nothing is decided, stored, counted or sent.
 */
import type { Content, Theme } from '../core/content.js';
import type { Facts } from '../core/decision.js';
import type { Json, Properties } from '../core/events.js';
import { MORE_OPERATORS } from '../core/moreOperators.js';
import { learnOperators } from '../core/test.js';
import { withPreset } from '../core/themes.js';
import type { Asking, MessageEvents } from './messages/contract.js';

export type { Content, Text, Theme } from '../core/content.js';
export { THEMES as themes, type ThemeName } from '../core/themes.js';

/** What a message would tell the page: `shown`, `clicked`, `answered`, `completed`, `closed`, `track`, `called`, `open`, `opened`. */
export type PreviewNotice = Exclude<keyof MessageEvents, 'failed' | 'passedOver'>;

export interface PreviewOptions {
  content: Content;
  /** The site's own. */
  theme?: Theme;
  /** Of the campaign: what plain strings are in, and the last fallback; default `en`. */
  language?: string;
  /** What the visitor prefers, best first; default the campaign's. */
  languages?: readonly string[];
  /** What placeholders are filled in with; of what is left out nothing is known. */
  visitor?: {
    attributes?: Properties;
    event?: Properties;
    values?: { [name: string]: Json };
    page?: Facts['page'];
    device?: Facts['device'];
    visit?: Facts['visit'];
  };
  /** When it is, epoch ms, for as long as the preview lasts; default: time goes on. */
  now?: number;
  /** What stands in the place of a code from a pool; default `SAMPLE-CODE`. Null: as if none were left. */
  code?: string | null;
  /** Whether the site may ask for personal data. */
  allowsContacts?: boolean;
  /** Answers given before, by question, null for none: a survey goes on behind them. */
  answers?: Properties;
  /** Hears what the message does. */
  on?: (notice: PreviewNotice, ...detail: unknown[]) => void;
}

export interface Preview {
  /** Takes it off the page. */
  unmount(): void;
}

/** Resolves null where this content cannot be shown: nothing in it is known, its slot or anchor is not there, its deadline is over. */
export async function preview(options: PreviewOptions): Promise<Preview | null> {
  const { content, theme, language = 'en', languages = [language], visitor = {}, now, on } = options;
  const tell =
    (notice: PreviewNotice) =>
    (...detail: unknown[]) =>
      on?.(notice, ...detail);
  const events = Object.fromEntries(
    NOTICES.map((notice) => [notice, tell(notice)]),
  ) as unknown as MessageEvents;
  // In a page they are fetched for a program that needs them.
  learnOperators(MORE_OPERATORS);
  const { mount } = await import('./messages/mount.js');
  return mount(
    {
      campaign: 'preview',
      version: 0,
      variant: 'preview',
      content: { ...content, theme: content.theme && withPreset(content.theme) },
      theme: theme && withPreset(theme),
      languages,
      language,
      userActivated: true,
      asking: collectorWith(options.code === undefined ? 'SAMPLE-CODE' : options.code),
      answers: options.answers,
      allowsContacts: !!options.allowsContacts,
      known: { facts: factsOf(visitor), event: { properties: visitor.event }, values: visitor.values },
      now: () => now ?? Date.now(),
      // Where an order is each visitor's own a preview has the author's.
      random: () => 1 - Number.EPSILON,
    },
    {
      ...events,
      passedOver: () => {},
      failed: () => console.error('kikubari: the preview met an error of ours'),
    },
    () => import('./messages/survey.js'),
  );
}

const NOTICES: PreviewNotice[] = [
  'shown',
  'clicked',
  'answered',
  'completed',
  'closed',
  'track',
  'called',
  'open',
  'opened',
];

const factsOf = ({
  attributes = {},
  page = { url: '' },
  device = {},
  visit = { session: 'preview', number: 1, pages: 1, startedAt: 0 },
}: NonNullable<PreviewOptions['visitor']>): Facts => ({
  visitor: 'preview',
  attributes,
  consent: [],
  page,
  device,
  visit,
  signals: { dwell: 0, scroll: 0 },
});

/** In the place of the collector: it gives the sample for a code, and a preview asks nothing else. */
const collectorWith = (code: string | null): Asking => ({
  env: {
    fetch: () => Promise.resolve(new Response(JSON.stringify({ code }))),
    later: () => 0,
    cancel: () => {},
  },
  options: { site: '', endpoint: '' },
  visitor: { who: () => ({ visitor: 'preview' }) },
});
