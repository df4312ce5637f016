import { AUTOMATIC, isSeen } from '../core/automatic.js';
import { decide } from '../core/decide.js';
import type { Choice } from '../core/decide.js';
import type { Facts, Occasion } from '../core/decision.js';
import type { TrackedEvent } from '../core/events.js';
import { purposeOf } from '../core/gates.js';
import { isStanding, launcherTrigger } from '../core/launcher.js';
import type { Program } from '../core/program.js';
import type { Begun } from './begunSurvey.js';
import { eventOf, messageEvents, wasClosed, type Telling } from './messageEvents.js';
import type { Asking, Known, Mount, SurveyChunk } from './messages/contract.js';
import type { Judgement } from './pastLog.js';
import { hasPlace, isActive, isModalOpen, languages, pageReady } from './placeOnPage.js';
import { createSlots, type Slot, type Slots } from './slots.js';
import type { StoredRow } from './store.js';
import type { MessageNotice } from './types.js';

type Campaign = Program['campaigns'][number];

/** How the lazy chunks are fetched. */
export interface Chunks {
  loadMessages: () => Promise<{ mount: Mount }>;
  loadSurvey: () => Promise<SurveyChunk>;
}

interface Deps extends Chunks, Telling {
  /** What a message may ask the collector with. */
  asking: Asking;
  /** Undefined while no program is in force. */
  judgement: () => Judgement | undefined;
  facts: () => Facts;
  /** The latest of the log. */
  rows: () => readonly StoredRow[];
  /** Writes an exposure in a transaction that first folds rows of other tabs and asks `allows` again. */
  claim: (event: TrackedEvent, allows: () => boolean) => Promise<boolean>;
}

/** What an occasion led to: the arm and, if nothing is shown, why. */
export type Shown = Pick<MessageNotice, 'variant' | 'gate'>;

export interface Engage {
  /** Decides at this moment, among all or some; claims, loads and mounts the winner. */
  occasion(occasion: Omit<Occasion, 'now'>, among?: Choice['among']): Promise<void>;
  /** Goes on with a survey that was begun on the page before, if it is still the one that was begun. */
  resume(): Promise<void>;
  /** Puts up the launchers that are due on this page; true if one has no place on it yet. */
  launchers(): Promise<boolean>;
  /** The visitor, or the site's code, asks for one campaign. */
  show(campaign: string): Promise<Shown>;
  /** Takes messages off the page without a word, but those that are on their way. */
  takeOff: Slots['takeOff'];
  /** Takes every message off the page. */
  clear(): void;
}

export function createEngage(deps: Deps): Engage {
  const { judgement, facts, now, notify } = deps;
  const campaigns = () => judgement()?.rules.program.campaigns ?? [];
  const slots = createSlots();
  const { standing, free, takeOff, tidy } = slots;
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
    const isOver = !isStanding(campaign);
    const isOverlay = isOver && isSeen(variant);
    // For no arm: who is held in control would else be counted where others are not (D9).
    // The place first: from looking for another message to taking its room there must be no pause.
    const isPlaced = await hasPlace(campaign);
    const gate = isOver && (slots.overlay || isModalOpen()) ? 'overlay' : isPlaced ? undefined : 'place';
    if (gate) {
      notify('suppressed', { campaign: campaign.id, variant, gate });
      if (gate === 'place') await exposeOthers(campaign, choice, occasion);
      return { variant, gate };
    }
    const slot: Slot = {};
    if (isOverlay) slots.overlay = slot;
    let isOtherArm = false;
    const isClaimed = await deps
      .claim(exposureOf(campaign, variant, now(), occasion.trigger), () => {
        const again = judge(choice, occasion).winner;
        const isStill = again?.campaign === campaign.id;
        // Meanwhile somebody logged in, or another tab told of the arm that counts.
        isOtherArm = isStill && again.variant !== variant;
        return isStill && !isOtherArm;
      })
      .catch((error) => {
        // A slot that nothing will ever free would keep every message away until the page is loaded again.
        free(slot);
        throw error;
      });
    if (isClaimed && isSeen(variant)) return mount(campaign, variant, slot, { event: occasion.event });
    free(slot);
    if (isOtherArm) return expose(choice, occasion);
    // Who sees nothing of this campaign sees what would have been shown without it.
    if (isClaimed && isOver) await exposeOthers(campaign, choice, occasion);
    return { variant, gate: isClaimed ? 'assignment' : 'frequency' };
  };
  const exposeOthers = async (
    campaign: Campaign,
    { isAsked, among, ...choice }: Choice,
    occasion: Omit<Occasion, 'now'>,
  ) => {
    if (!isAsked)
      await expose({ ...choice, among: (other) => other !== campaign && among!(other) }, occasion);
  };

  const mount = async (
    campaign: Campaign,
    variant: string,
    slot: Slot,
    { event, isAgain }: Mounting,
  ): Promise<Shown> => {
    const { rules, past } = judgement()!;
    const open = (id: string) => void show(id).catch(deps.fail);
    const opened = (isOpen: boolean) => void (slot.isOpen = isOpen);
    // Also what could not go on by itself, for it comes only where it is asked for: the visitor has asked for it again.
    const begun: Begun = deps.begun.of(campaign, variant, facts().visitor) ?? {
      visitor: facts().visitor,
      campaign: campaign.id,
      version: campaign.version,
      variant,
      submission: deps.uuid(),
      answers: {},
    };
    slot.begun = begun;
    if (isStanding(campaign)) standing.set(campaign.id, slot);
    try {
      const { mount } = await deps.loadMessages();
      await pageReady();
      slot.mounted = await mount(
        {
          campaign: campaign.id,
          version: campaign.version,
          variant,
          content: campaign.variants.find(({ id }) => id === variant)!.content,
          theme: rules.program.theme,
          allowsContacts: !!rules.program.limits?.contacts,
          known: {
            facts: facts(),
            event,
            values: rules.campaigns
              .find((one) => one.campaign.id === campaign.id)
              ?.values?.(past, facts(), now()),
          },
          asking: deps.asking,
          now,
          languages: languages(),
          language: campaign.language ?? 'en',
          userActivated: isActive(),
          isBlocked: isStanding(campaign) ? undefined : isModalOpen,
          answers: begun.answers,
        },
        messageEvents(deps, campaign, variant, () => free(slot), begun, { isAgain, open, opened }),
        deps.loadSurvey,
      );
    } catch {
      // A chunk that cannot be loaded is a missed render: exposures without impressions report it.
    }
    if (!slot.mounted) {
      free(slot);
      notify('suppressed', { campaign: campaign.id, variant, gate: 'content' });
      return { variant, gate: 'content' };
    }
    // Meanwhile somebody else may have come.
    if (isCleared || begun.visitor !== facts().visitor) takeOff((other) => other === slot);
    return { variant };
  };

  /** Whether the program, this page or the visitor's choices want it there no more; not where an answer was given. */
  const isOut = ({ campaign: id, submission }: Begun) => {
    if (deps.begun.read()?.submission === submission) return false;
    const choice: Choice = { among: (other) => other.id === id, isAsked: true, isAgain: true };
    const [verdict] = judge(choice, { trigger: 'manual', campaign: id }).judged;
    // How often something may come says nothing of what is there.
    return !verdict || (!!verdict.gate && verdict.gate !== 'frequency');
  };

  const launch = async (campaign: Campaign, trigger: 'page' | 'manual') => {
    const { rules, past } = judgement()!;
    const occasion = { trigger, campaign: campaign.id };
    const exposed = past.read(rules.exposed, now(), facts().visit.session) as string[];
    if (!exposed.includes(campaign.id)) return expose(only(campaign), occasion);
    if (wasClosed(campaign, facts().visit.session, deps.rows())) return undefined;
    // Its exposure of this session is spent already; what other caps forbid (an answer given) they still do.
    const variant = judge({ ...only(campaign), isAgain: true }, occasion).winner?.variant;
    return variant && isSeen(variant) ? mount(campaign, variant, {}, { isAgain: true }) : undefined;
  };

  const resume = async () => {
    const begun = deps.begun.read();
    if (!begun || standing.has(begun.campaign)) return;
    const { visitor, consent } = facts();
    const campaign = campaigns().find(
      ({ id, version }) => id === begun.campaign && version === begun.version,
    );
    const { variant } = begun;
    if (
      !campaign?.variants.some(({ id }) => id === variant) ||
      begun.visitor !== visitor ||
      !consent.includes(purposeOf(campaign))
    )
      return deps.begun.keep();
    const isOver = !isStanding(campaign);
    if (!(await hasPlace(campaign)) || (isOver && (slots.overlay || isModalOpen()))) return;
    const slot = isOver ? (slots.overlay = {}) : {};
    standing.set(campaign.id, null);
    await mount(campaign, variant, slot, { isAgain: true });
  };

  const show = async (id: string): Promise<Shown> => {
    tidy();
    const slot = standing.get(id);
    if (slot) {
      slot.mounted?.open();
      return { variant: slot.begun!.variant };
    }
    const campaign = campaigns().find((other) => other.id === id);
    if (!campaign) return { gate: 'status' };
    return expose({ ...only(campaign), isAsked: true }, { trigger: 'manual', campaign: id });
  };

  return {
    async occasion(occasion, among = () => true) {
      tidy();
      const isAmong = (campaign: Campaign) =>
        !launcherTrigger(campaign) && !standing.get(campaign.id) && among(campaign);
      if (judgement()) await expose({ among: isAmong }, occasion);
    },
    async launchers() {
      let isMissing = false;
      tidy();
      const lost = deps.begun.lost();
      takeOff(
        (slot) => slot.begun === lost || (slot !== slots.overlay && !slot.isOpen && isOut(slot.begun!)),
      );
      await resume();
      for (const campaign of campaigns()) {
        const trigger = launcherTrigger(campaign);
        const { id } = campaign;
        if (!trigger || standing.has(id)) continue;
        if (!(await hasPlace(campaign))) {
          isMissing = true;
          continue;
        }
        standing.set(id, null);
        try {
          await launch(campaign, trigger);
        } finally {
          if (!standing.get(id)) standing.delete(id);
        }
      }
      return isMissing;
    },
    resume,
    show,
    takeOff,
    clear() {
      isCleared = true;
      deps.begun.keep();
      takeOff(() => true);
    },
  };
}

/** With what groups and the site's limits count it by, also when the campaign is no longer there. */
const exposureOf = (campaign: Campaign, variant: string, at: number, trigger: Occasion['trigger']) =>
  eventOf(AUTOMATIC.exposure, campaign, variant, at, {
    trigger,
    group: campaign.group,
    attention: campaign.attention,
  });

/** What mounting is told of its occasion. */
interface Mounting extends Pick<Known, 'event'> {
  /** A launcher on a further page of its session: it has had its impression. */
  isAgain?: boolean;
}

const only = (campaign: Campaign): Choice => ({ among: (other) => other === campaign });
