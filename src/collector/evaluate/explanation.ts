import type { AskedFacts } from '../../core/asked.js';
import { isCombination } from '../../core/combination.js';
import type { Facts, Occasion } from '../../core/decision.js';
import { explain } from '../../core/explain.js';
import { AUTOMATIC } from '../../core/automatic.js';
import type { Program, Trigger } from '../../core/program.js';
import { compileRules, type Rules } from '../../core/rules.js';
import { lastOccasion, signalsWith } from '../../core/lastOccasion.js';
import { sentences } from '../../core/sentences.js';
import type { CampaignExplanation } from '../api.js';
import type { Report } from '../reports/report.js';
import { addCampaign, createFound } from './asked.js';
import { concernsOf, stateOf, wantedBy } from './audience.js';
import { programOf } from './published.js';
import { LOG_KINDS } from './untold.js';
import { readVisitor, type VisitorLog } from './visitorLogs.js';

/** What happens, as far as the asker says so; the rest is what the campaign's first trigger waits for. */
export type AskedOccasion = Partial<Occasion>;

export interface ExplanationParams {
  campaign: string;
  visitor: string;
  occasion?: AskedOccasion;
  at?: number | undefined;
}

/** The rules of a program with what they need of the logs. */
export interface ProgramRules {
  rules: Rules;
  asked: AskedFacts;
  concerns: Set<string>;
}

export function compileForLogs(program: Program): ProgramRules {
  const rules = compileRules(program, LOG_KINDS);
  const asked: AskedFacts = new Set();
  for (const campaign of program.campaigns) addCampaign(asked, campaign, program);
  const concerns = concernsOf(rules.atoms, asked);
  // Whether the visitor allows it, on which page, and who it is: every decision asks for that.
  for (const name of [AUTOMATIC.consent, AUTOMATIC.pageView, AUTOMATIC.identify]) concerns.add(name);
  return { rules, asked, concerns };
}

/**
 * Why a campaign was, or was not, shown to a visitor, by the code that decides on the device, over the visitor's log up to a
 * moment: as if that occasion came on the last page the visitor was on.
 */
export const explanation: Report<ExplanationParams, CampaignExplanation> = async (context, params) => {
  const { campaign, visitor, occasion = {} } = params;
  const now = params.at ?? context.nowMs;
  const program = compileForLogs(await programOf(context));
  const log = await readVisitor(context, visitor, wantedBy(program, now));
  if (!log) return undefined;
  const found = createFound(askedBy(program, campaign));
  const { past, facts } = stateOf(log, program.rules.atoms);
  found.note(facts);
  return {
    asOf: context.asOf,
    at: new Date(now).toISOString(),
    visitor: log.visitor,
    ...explainOver(program, { past, facts }, campaign, { now, ...occasion, campaign }),
    unknown: found.unknown(),
  };
};

function askedBy({ rules: { program } }: ProgramRules, id: string): AskedFacts {
  const asked: AskedFacts = new Set();
  for (const campaign of program.campaigns) if (campaign.id === id) addCampaign(asked, campaign, program);
  return asked;
}

/** Explains a campaign of the program over a log. `given` are facts that are taken instead of those of the log. */
export function explainLog(
  program: ProgramRules,
  log: VisitorLog,
  campaign: string,
  occasion: AskedOccasion & Pick<Occasion, 'now'>,
  given?: Facts,
) {
  const { past, facts } = stateOf(log, program.rules.atoms);
  return explainOver(program, { past, facts: given ?? facts }, campaign, occasion);
}

type State = ReturnType<typeof stateOf>;

function explainOver(
  { rules }: ProgramRules,
  { past, facts }: State,
  id: string,
  asked: AskedOccasion & Pick<Occasion, 'now'>,
) {
  const { triggers = [] } = rules.program.campaigns.find((one) => one.id === id) ?? {};
  const trigger = asked.trigger ? triggers.find(({ on }) => on === asked.trigger) : triggers[0];
  const made = lastOccasion(rules, id, trigger, { past, now: asked.now }, facts.visit.session);
  const occasion = occasionOf(trigger, asked, made);
  const explained = explain(
    rules,
    past,
    withSignals(facts, trigger, asked.trigger !== undefined),
    occasion,
    id,
  );
  return { ...explained, sentences: { en: sentences(explained, 'en'), ja: sentences(explained, 'ja') } };
}

/** What the asker says of it, and the rest as the trigger has made it. */
function occasionOf(trigger: Trigger | undefined, asked: AskedOccasion, made: Occasion): Occasion {
  const { trigger: on } = asked;
  if (!on) return trigger && isCombination(trigger) ? made : { ...made, ...asked };
  const { now, event, seconds, percent } = made;
  return {
    now,
    ...(on === 'event' && event && { event }),
    ...(seconds !== undefined && { seconds }),
    ...(percent !== undefined && { percent }),
    ...asked,
    trigger: on,
  };
}

/**
 * What the trigger waits for may be assumed, as in the page: that one stayed so long, or scrolled so far. `isGiven`: the asker says what
 * happened, and only of a page that is left, where it is not known, that much is assumed.
 */
function withSignals(facts: Facts, trigger: Trigger | undefined, isGiven: boolean): Facts {
  const known = Object.entries(facts.signals).filter(([, value]) => (value as unknown) !== undefined);
  const signals = trigger ? signalsWith(trigger, facts.signals) : facts.signals;
  return { ...facts, signals: { ...signals, ...(isGiven && Object.fromEntries(known)) } };
}
