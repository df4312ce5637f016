import { AUTOMATIC } from '../../core/automatic.js';
import { decide, type Choice } from '../../core/decide.js';
import type { Facts, Gate, Occasion } from '../../core/decision.js';
import type { Properties, TrackedEvent } from '../../core/events.js';
import { launcherTrigger } from '../../core/launcher.js';
import type { Campaign, PublishedCampaign } from '../../core/program.js';
import type { Breath } from './breath.js';
import type { ProgramRules } from './explanation.js';
import { createCombinations, isDerived } from './combinations.js';
import { createDeviceLog } from './deviceLog.js';
import { createPageMoments } from './occasions.js';
import { createPresent } from './present.js';
import type { StoredEvent, VisitorLog } from './visitorLogs.js';

/** What is replayed. */
export interface Replay {
  program: ProgramRules;
  campaign: PublishedCampaign;
  /** ms; occasions before it only make the past. */
  from: number;
  until: number;
  /** What a device keeps whole. */
  isPinned: (event: TrackedEvent) => boolean;
}

/** What one occasion came to: an arm, or the gate that stopped it. */
export interface Outcome {
  now: number;
  facts: Facts;
  variant?: string;
  gate: Gate | null;
}

/** What messages leave behind: that of the campaign itself belongs to what was really shown. */
const LEFT_BEHIND: readonly string[] = [
  AUTOMATIC.exposure,
  AUTOMATIC.impression,
  AUTOMATIC.click,
  AUTOMATIC.close,
  AUTOMATIC.answer,
  AUTOMATIC.complete,
];
/** Nobody knows how a message that was not shown would have been answered. */
export const RESPONSES = LEFT_BEHIND.slice(1);

/** Goes through a log as the device did, and decides wherever the campaign could have been shown. */
export async function replayVisitor(
  { visitor, personal, events }: VisitorLog,
  { program, campaign, from, until, isPinned }: Replay,
  note: (outcome: Outcome) => void,
  breath: Breath,
): Promise<void> {
  const { rules } = program;
  const device = createDeviceLog(rules, isPinned);
  const present = createPresent(visitor, events);
  const pages = createPageMoments(campaign, events);
  const launcher = launcherTrigger(campaign);

  const ask = (occasion: Occasion, signals: Partial<Facts['signals']>, choice?: Choice) => {
    const { now } = occasion;
    if (now < from || now >= until) return;
    const told = present.facts(signals);
    // The page hands over its token when it says who it is.
    const facts = { ...told, ...(told.user !== undefined && personal && { personal }) };
    const { winner, judged } = decide(rules, device.past(), facts, occasion, undefined, choice);
    if (!judged[0]) return;
    note({ now, facts, gate: judged[0].gate, ...(winner && { variant: winner.variant }) });
    if (winner) device.add(exposureOf(campaign, winner.variant, occasion, facts.visit.session));
  };
  const launch = (trigger: 'page' | 'manual', now: number) => {
    const { session } = present.facts().visit;
    const exposed = device.past().read(rules.exposed, now, session) as string[];
    // It stays where it is for the whole session.
    if (!exposed.includes(campaign.id)) ask({ now, trigger, campaign: campaign.id }, { dwell: 0 });
  };

  const combinations = createCombinations(rules, device, present, ask);

  for (const event of events) {
    // Over a log of ten thousand events, as robots have, all this takes seconds.
    await breath();
    if (isDerived(event.name) || (event.time >= from && isLeftBehind(event, campaign))) continue;
    const isGoingOn = event.session === present.facts().visit.session;
    for (const moment of pages.upTo(event)) {
      if (launcher) continue;
      if (isGoingOn) combinations.wake(moment.occasion.now);
      ask(moment.occasion, moment.signals);
      combinations.signalled(moment);
    }
    if (isGoingOn && !launcher) combinations.wake(event.time);
    device.add(eventOf(event));
    present.take(event);
    const signals = pages.signalsAt(event);
    if (event.name === AUTOMATIC.pageView) {
      if (launcher) launch(launcher, event.time);
      else ask({ now: event.time, trigger: 'page' }, signals);
    }
    if (!launcher) combinations.viewed(event, signals);
    if (!launcher && rules.lastEvent.has(event.name))
      ask({ now: event.time, trigger: 'event', event }, signals);
  }
}

const isLeftBehind = ({ name, properties = {} }: StoredEvent, { id }: Campaign) =>
  LEFT_BEHIND.includes(name) && properties['campaign'] === id;

const eventOf = ({ name, properties, time, session }: StoredEvent) => ({
  name,
  time,
  session,
  ...(properties && { properties }),
});

/** As the SDK writes it: what caps of groups, tags and the site count it by, and conditions may ask of it. */
function exposureOf(
  { id, version, group, tags, attention }: PublishedCampaign,
  variant: string,
  { now, trigger }: Occasion,
  session: string,
): TrackedEvent & { session: string } {
  const properties: Properties = {
    campaign: id,
    version,
    variant,
    trigger,
    ...(tags && { tags }),
    ...(group && { group }),
    ...(attention !== undefined && { attention }),
  };
  return { name: AUTOMATIC.exposure, time: now, session, properties };
}
