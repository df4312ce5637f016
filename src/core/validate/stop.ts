import type { Campaign } from '../program.js';
import type { Report } from './report.js';
import { checkFlag, fieldsAt } from './report.js';
import { STOPS } from './vocabulary.js';

/** Checks what is to stop a campaign; `hasGoal` says whether there is one that may be counted. */
export function checkStop(value: unknown, path: string, hasGoal: boolean, report: Report): void {
  const stop = fieldsAt(value, path, STOPS, report);
  if (!stop) return;
  if (!Object.keys(stop).length)
    report(path, stop, 'is empty, so nothing stops it; write for example {"responses": 500}, or remove it');
  for (const key of ['goals', 'responses']) {
    const count = stop[key];
    if (count !== undefined && !(Number.isSafeInteger(count) && (count as number) > 0))
      report(`${path}.${key}`, count, 'is not a number of persons; use a whole number of 1 or more');
  }
  checkFlag(stop.harm, `${path}.harm`, report);
  for (const key of ['goals', 'harm'])
    if (stop[key] && !hasGoal)
      report(`${path}.${key}`, stop[key], 'is told by a goal the campaign does not have; add "goal"');
}

/** Warns of what cannot stop it. */
export function warnOfStop({ stop, control = 0, variants }: Campaign, path: string, report: Report): void {
  if (!stop) return;
  const asks = variants.some(({ content }) =>
    content.cards.some(({ blocks }) => blocks.some(({ block }) => block === 'question')),
  );
  if (stop.responses !== undefined && !asks)
    report(
      `${path}.stop.responses`,
      stop.responses,
      'is never reached, since the campaign asks nothing; add a question, or remove it',
      'warning',
    );
  if (stop.harm && control === 0)
    report(
      `${path}.stop.harm`,
      stop.harm,
      'is never proven without a control group; add "control": 0.1, or remove it',
      'warning',
    );
}
