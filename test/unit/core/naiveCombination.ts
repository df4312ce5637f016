/** Brute force for triggers in combination: every choice of events is tried, every event is walked past. Shares nothing with src/core. */
import type { Occasion, PastEvent } from '../../../src/core/decision.js';
import type { Combination, CombinedTrigger } from '../../../src/core/program.js';
import { isInside, matches } from './naive.js';

/** Only the parts the generators make. */
function isPart(part: CombinedTrigger, event: PastEvent): boolean {
  if (part.on === 'event') return matches(event, part.event, part.where);
  if (part.on === 'backForth')
    return event.name === '$signal_back_forth' && (event.properties!.times as number) >= (part.times ?? 1);
  if (part.on !== 'dwell') throw new Error(`no ${part.on} here`);
  return event.name === '$signal_dwell' && event.properties!.seconds === part.seconds;
}

/** Whether some choice of one event for each part ends with this one. */
function isComplete({ on, of, within = 'session' }: Combination, log: PastEvent[], at: number): boolean {
  const last = log[at]!;
  const isNear = (event: PastEvent) => isInside(event, within, last.time, last.session);
  if (on === 'all')
    return (
      of.some((part) => isPart(part, last)) &&
      of.every((part) => log.slice(0, at + 1).some((event) => isPart(part, event) && isNear(event)))
    );
  const reaches = (step: number, place: number): boolean => {
    const event = log[place]!;
    // In its session all of it has to be; of a window only the beginning matters.
    if (!isPart(of[step]!, event) || (within === 'session' && !isNear(event))) return false;
    if (!step) return isNear(event);
    return log.slice(0, place).some((_, before) => reaches(step - 1, before));
  };
  return reaches(of.length - 1, at);
}

const MS: { [delay: string]: number } = { '10m': 600_000, '1h': 3_600_000 };

/** Whether the combination of that campaign makes the occasion, in that session. `log` must be in order. */
export function naiveCombines(
  combination: Combination,
  campaign: string,
  log: PastEvent[],
  { trigger, event, campaign: due }: Occasion,
  session: string,
): boolean {
  const { delay } = combination;
  const isOwn = ({ properties }: PastEvent) => properties!.campaign === campaign;
  let waiting: number | undefined;
  let over: number | undefined;
  let done: PastEvent | undefined;
  log.forEach((past, at) => {
    if (past.session !== session) return;
    const isLate = waiting !== undefined && past.time >= waiting + (MS[delay ?? ''] ?? 0);
    if (past.name === '$signal_delay' && isOwn(past) && isLate) {
      over = past.time;
      waiting = undefined;
    }
    if (past.name === '$exposure' && isOwn(past)) waiting = over = undefined;
    if (!isComplete(combination, log, at)) return;
    done = past;
    waiting ??= past.time;
  });
  if (!event) return false;
  if (delay) return trigger === 'delay' && due === campaign && over === event.time;
  return trigger === 'event' && done?.time === event.time && done.name === event.name;
}
