import { AUTOMATIC, isSeen } from '../core/automatic.js';
import { decide } from '../core/decide.js';
import type { Choice } from '../core/decide.js';
import type { Facts, Occasion } from '../core/decision.js';
import type { Json, Properties, TrackedEvent } from '../core/events.js';
import { purposeOf } from '../core/gates.js';
import { isTabCampaign, launcherTrigger } from '../core/launcher.js';
import type { Program } from '../core/program.js';
import type { Asking, Mount, MountedMessage, SurveyChunk } from './messages/contract.js';
import type { Judgement } from './pastLog.js';
import type { MessageNotice, Notice } from './types.js';

type Campaign = Program['campaigns'][number];

/** How the lazy chunks are fetched. */
export interface Chunks {
  loadMessages: () => Promise<{ mount: Mount }>;
  loadSurvey: () => Promise<SurveyChunk>;
}

interface Deps extends Chunks {
  /** What a message may ask the collector with. */
  asking: Asking;
  /** Undefined while no program is in force. */
  judgement: () => Judgement | undefined;
  facts: () => Facts;
  now: () => number;
  uuid: () => string;
  /** Writes an exposure in a transaction that first folds rows of other tabs and asks `allows` again. */
  claim: (event: TrackedEvent, allows: () => boolean) => Promise<boolean>;
  record: (event: TrackedEvent) => void;
  track: (name: string) => void;
  notify: (notice: Notice, detail: MessageNotice) => void;
  fail: () => void;
}

/** What an occasion led to: the arm and, if nothing is shown, why. */
export type Shown = Pick<MessageNotice, 'variant' | 'gate'>;

export interface Engage {
  /** Decides at this moment, among all or some; claims, loads and mounts the winner. */
  occasion(occasion: Omit<Occasion, 'now'>, among?: Choice['among']): Promise<void>;
  /** Puts up the launchers that are due on this page. */
  launchers(): Promise<void>;
  /** The visitor, or the site's code, asks for one campaign. */
  show(campaign: string): Promise<Shown>;
  /** Takes every message off the page. */
  clear(): void;
}

export function createEngage(deps: Deps): Engage {
  const { judgement, facts, now, notify } = deps;
  const campaigns = () => judgement()?.rules.program.campaigns ?? [];
  /** Launchers by campaign; they are no overlays. */
  const tabs = new Map<string, MountedMessage | null>();
  let overlay: { mounted?: MountedMessage | null } | undefined;
  let isCleared = false;

  const judge = (choice: Choice, occasion: Omit<Occasion, 'now'>) => {
    const { rules, past } = judgement()!;
    return decide(rules, past, facts(), { ...occasion, now: now() }, undefined, choice);
  };

  const expose = async (choice: Choice, occasion: Omit<Occasion, 'now'>): Promise<Shown> => {
    const { winner, judged } = judge(choice, occasion);
    for (const { campaign, gate } of judged)
      if (gate && gate !== 'trigger') notify('suppressed', { campaign, gate });
    if (!winner) return { gate: judged[0]?.gate ?? 'status' };
    const campaign = campaigns().find(({ id }) => id === winner.campaign)!;
    const { variant } = winner;
    const isTab = isTabCampaign(campaign);
    const isOverlay = !isTab && isSeen(variant);
    // For no arm: who is held in control would else be counted where others are not (D9).
    if (!isTab && overlay) {
      notify('suppressed', { campaign: campaign.id, variant, gate: 'overlay' });
      return { variant, gate: 'overlay' };
    }
    const slot = {};
    if (isOverlay) overlay = slot;
    const isClaimed = await deps.claim(
      eventOf(AUTOMATIC.exposure, campaign, variant, now(), {
        trigger: occasion.trigger,
        // What groups and the site's limits count it by, also when the campaign is no longer there.
        group: campaign.group,
        attention: campaign.attention,
      }),
      () => judge(choice, occasion).winner?.campaign === campaign.id,
    );
    if (isClaimed && isSeen(variant)) return mount(campaign, variant, occasion.trigger === 'manual', slot);
    if (overlay === slot) overlay = undefined;
    const { among } = choice;
    // Who sees nothing of this campaign sees what would have been shown without it.
    if (isClaimed && !choice.isAsked && !isTab)
      void (await expose({ ...choice, among: (other) => other !== campaign && among!(other) }, occasion));
    return { variant, gate: isClaimed ? 'assignment' : 'frequency' };
  };

  const mount = async (
    campaign: Campaign,
    variant: string,
    isAsked: boolean,
    slot: { mounted?: MountedMessage | null },
    isAgain = false,
  ): Promise<Shown> => {
    const free = () => {
      if (overlay === slot) overlay = undefined;
      tabs.delete(campaign.id);
    };
    let mounted: MountedMessage | null = null;
    try {
      const { mount } = await deps.loadMessages();
      await pageReady();
      mounted = await mount(
        {
          campaign: campaign.id,
          version: campaign.version,
          variant,
          content: campaign.variants.find(({ id }) => id === variant)!.content,
          theme: judgement()?.rules.program.theme,
          asking: deps.asking,
          languages: languages(),
          language: campaign.language ?? 'en',
          userActivated: isAsked && !!navigator.userActivation?.isActive,
        },
        messageEvents(deps, campaign, variant, free, isAgain),
        deps.loadSurvey,
      );
    } catch {
      // A chunk that cannot be loaded is a missed render: exposures without impressions report it.
    }
    if (!mounted) {
      free();
      notify('suppressed', { campaign: campaign.id, variant, gate: 'content' });
      return { variant, gate: 'content' };
    }
    if (isCleared) mounted.unmount();
    slot.mounted = mounted;
    if (isTabCampaign(campaign)) tabs.set(campaign.id, mounted);
    return { variant };
  };

  const launch = async (campaign: Campaign, trigger: 'page' | 'manual') => {
    const { rules, past } = judgement()!;
    const occasion = { trigger, campaign: campaign.id };
    const choice = only(campaign);
    const exposed = past.read(rules.exposed, now(), facts().visit.session) as string[];
    if (!exposed.includes(campaign.id)) return expose(choice, occasion);
    // Its exposure of this session is spent already; what other caps forbid (an answer given) they still do.
    const variant = judge({ ...choice, isAgain: true }, occasion).winner?.variant;
    return variant && isSeen(variant) ? mount(campaign, variant, false, {}, true) : undefined;
  };

  return {
    async occasion(occasion, among = () => true) {
      if (judgement())
        await expose({ among: (campaign) => !launcherTrigger(campaign) && among(campaign) }, occasion);
    },
    async launchers() {
      for (const campaign of campaigns()) {
        const trigger = launcherTrigger(campaign);
        if (!trigger || tabs.has(campaign.id)) continue;
        tabs.set(campaign.id, null);
        await launch(campaign, trigger);
        if (!tabs.get(campaign.id)) tabs.delete(campaign.id);
      }
    },
    async show(id) {
      const campaign = campaigns().find((other) => other.id === id);
      if (!campaign) return { gate: 'status' };
      return expose({ ...only(campaign), isAsked: true }, { trigger: 'manual', campaign: id });
    },
    clear() {
      isCleared = true;
      overlay?.mounted?.unmount();
      for (const mounted of tabs.values()) mounted?.unmount();
    },
  };
}

const only = (campaign: Campaign): Choice => ({ among: (other) => other === campaign });

/**
 * After the page's own deferred scripts: until then it may not have said which language it is in. `readyState` turns
 * `interactive` before they run, so only the navigation's timing tells whether the event is still to come.
 */
async function pageReady(): Promise<void> {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (document.readyState === 'complete' || !navigation || navigation.domContentLoadedEventStart) return;
  await new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { once: true }));
}

/** The page's own language goes before the browser's: a message should read as the page around it does. */
function languages(): string[] {
  return [document.documentElement.lang, ...navigator.languages].filter(Boolean);
}

/** What is undefined is left out when it is written. */
type Unfinished = { [key: string]: Json | undefined };

function eventOf(
  name: string,
  campaign: Campaign,
  variant: string,
  time: number,
  more: Unfinished = {},
): TrackedEvent {
  return {
    name,
    time,
    purposes: [purposeOf(campaign)],
    properties: {
      campaign: campaign.id,
      version: campaign.version,
      variant,
      tags: campaign.tags,
      ...more,
    } as Properties,
  };
}

/** Turns what a message tells into events and notices. */
function messageEvents(
  deps: Deps,
  campaign: Campaign,
  variant: string,
  free: () => void,
  /** A launcher on a further page of its session: it has had its impression. */
  isAgain: boolean,
): Parameters<Mount>[1] {
  const submission = deps.uuid();
  const record = (name: string, more?: Properties) =>
    deps.record(eventOf(name, campaign, variant, deps.now(), more));
  const notify = (notice: Notice, more?: Partial<MessageNotice>) =>
    deps.notify(notice, { campaign: campaign.id, variant, ...more });
  return {
    shown() {
      if (!isAgain) record(AUTOMATIC.impression);
      notify('shown');
    },
    clicked(button, action) {
      record(AUTOMATIC.click, { button, action });
      notify('clicked', { button });
    },
    answered(answer) {
      record(AUTOMATIC.answer, { submission, ...answer });
      notify('answered', { question: answer.question, value: answer.value });
    },
    completed: () => record(AUTOMATIC.complete, { submission }),
    closed(reason) {
      record(AUTOMATIC.close, { reason });
      // A closed tab panel leaves its launcher where it is.
      if (!isTabCampaign(campaign) || reason === 'removed') free();
      notify('closed', { reason });
    },
    track: deps.track,
    opened: () => {},
    failed: deps.fail,
  };
}
