import { AUTOMATIC } from '../../core/automatic.js';
import { launcherTrigger } from '../../core/launcher.js';
import type { Campaign, Program } from '../../core/program.js';
import { pinsOf } from '../../core/retention.js';
import type { Backtest } from '../api.js';
import type { Report, ReportContext } from '../reports/report.js';
import { createFound } from './asked.js';
import { programOf } from './published.js';
import { compileForLogs, type ProgramRules } from './explanation.js';
import { partsOf } from './occasions.js';
import { replayVisitor, RESPONSES, type Outcome, type Replay } from './replay.js';
import { createTally } from './tally.js';
import { wantedBy } from './audience.js';
import { longLogs, readVisitor } from './visitorLogs.js';
import { oneAtATime, walk } from './walk.js';

export interface BacktestParams {
  /** Checked. */
  campaign: Campaign;
  /** ms. */
  from: number;
  until: number;
  sample: boolean;
  /** After this the persons replayed are taken for a sample. */
  maxMs?: number;
}

const SAMPLE_SHARE = 0.1;
const MAX_MS = 30_000;
/** A log of fewer events fits on the device; of a longer one all must be known to know what the device would have kept. */
const SHORT_LOG = 1500;

/** What a campaign would have done; see `Backtest`. */
export const backtest: Report<BacktestParams, Backtest> = (context, params) =>
  oneAtATime(() => replayed(context, params));

async function replayed(
  context: ReportContext,
  { campaign, from, until, sample, maxMs = MAX_MS }: BacktestParams,
): Promise<Backtest> {
  const published = await programOf(context);
  const program = compileForLogs(aloneIn(published, campaign));
  for (const name of [AUTOMATIC.pageLeave, AUTOMATIC.set]) program.concerns.add(name);
  const others = published.campaigns.filter(({ id }) => id !== campaign.id);
  const isPinned = pinsOf({ campaigns: [...others, ...program.rules.program.campaigns] });
  const [alone] = program.rules.program.campaigns;
  const replay: Replay = { program, campaign: alone!, from, until, isPinned };
  const long = await longLogs(context, SHORT_LOG);
  const found = createFound(program.asked);
  const tally = createTally();
  const wanted = wantedBy(program, until);
  const extent = { share: sample ? SAMPLE_SHARE : 1, maxMs };
  const { share } = await walk(context, wanted, extent, async (log, breath) => {
    tally.person(log.person);
    const whole = long.has(log.visitor)
      ? await readVisitor(context, log.visitor, { ...wanted, concerns: undefined })
      : undefined;
    const note = (outcome: Outcome) => {
      found.note(outcome.facts);
      tally.outcome(outcome);
    };
    await replayVisitor(whole ?? log, replay, note, breath);
  });
  return {
    asOf: context.asOf,
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    sample: share === 1 ? null : { share },
    ...tally.sum(from, until),
    unknown: [...found.unknown(), ...neverKnown(campaign, program)].sort(),
  };
}

/** The campaign as if it were live, by itself, under what holds for the site; in the version that is published, if it is. */
function aloneIn(published: Program, campaign: Campaign): Program {
  const { version = 1 } = published.campaigns.find(({ id }) => id === campaign.id) ?? {};
  return { ...published, campaigns: [{ ...campaign, status: 'live', version }] };
}

/** What no log tells: occasions that leave no trace, and what would have come of messages that were not shown. */
function neverKnown(campaign: Campaign, { concerns }: ProgramRules): string[] {
  const launcher = launcherTrigger(campaign);
  const triggers = campaign.triggers.flatMap(partsOf).map(({ on }) => on);
  const unseen = (['visible', 'idle', 'hesitation', 'manual'] as const).filter(
    (on) => on !== launcher && triggers.includes(on),
  );
  const responses = RESPONSES.filter((name) => concerns.has(name) || concerns.has(`${name} ${campaign.id}`));
  return [
    ...unseen.map((on) => `trigger.${on}`),
    ...responses.map((name) => `event.${name} of ${campaign.id}`),
  ];
}
