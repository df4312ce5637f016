import type { Between, Condition } from '../../conditions.js';
import type { Report } from '../report.js';
import { oneOf } from '../report.js';
import { DEVICE_TYPES } from '../vocabulary.js';
import { childrenOf, conflict, flatten, type Search } from './impossible.js';
import { DEVICE_TYPE } from './subjects.js';
import { canHold } from './values.js';

/**
 * Warns of what can never hold in a condition, at the innermost place where that is so; true if the whole cannot. Under `not` it is
 * what always holds that makes the rest pointless.
 */
export function warnOfImpossible(
  shared: Search,
  condition: Condition,
  path: string,
  report: Report,
): boolean {
  // Steps of its own: others that take many do not keep it from being looked at.
  const search = { ...shared };
  const visit = (node: Condition, at: string, isNegated: boolean): boolean => {
    if ('not' in node) return visit(node.not, `${at}.not`, !isNegated);
    const children = childrenOf(node, at);
    const isWarned = children?.list.map(([inner, place]) => visit(inner, place, isNegated)) ?? [];
    const isAlternative = children && children.isAny !== isNegated;
    // What is said of a part need not be said again of the whole.
    if (isAlternative ? isWarned.length > 0 && isWarned.every(Boolean) : isWarned.some(Boolean)) return true;
    const found = conflict(search, flatten(search, node, isNegated, at));
    if (!found) return false;
    const warning = `${found.path} ${found.problem}`;
    // What is said of a segment need not be said again for each that names it.
    if (!search.told.has(warning)) report(found.path, found.value, found.problem, 'warning');
    search.told.add(warning);
    return true;
  };
  return visit(condition, path, false);
}

/** Warns of windows that have not begun: until then no event lies in them. */
export function warnOfFuture(condition: Condition, path: string, now: number, report: Report): void {
  if ('not' in condition) return warnOfFuture(condition.not, `${path}.not`, now, report);
  for (const [inner, at] of childrenOf(condition, path)?.list ?? []) warnOfFuture(inner, at, now, report);
  if (!('within' in condition) || typeof condition.within !== 'object') return;
  const { from } = condition.within as Between;
  if (from !== undefined && Date.parse(from) > now)
    report(
      `${path}.within.from`,
      from,
      'is in the future, and until then no event counts; choose an earlier moment, or keep it if that is meant',
      'warning',
    );
}

/** Warns of types that no device has, where the test may hold all the same: else it was warned of already. */
export function warnOfDevices(condition: Condition, path: string, report: Report, isNegated = false): void {
  if ('not' in condition) return warnOfDevices(condition.not, `${path}.not`, report, !isNegated);
  for (const [inner, at] of childrenOf(condition, path)?.list ?? [])
    warnOfDevices(inner, at, report, isNegated);
  if (!('device' in condition) || condition.device !== 'type') return;
  const { is } = condition;
  if (!canHold([{ test: is, isNegated }], DEVICE_TYPE)) return;
  for (const operator of ['eq', 'ne', 'in', 'nin'] as const)
    for (const named of [is[operator]].flat())
      if (named !== undefined && !DEVICE_TYPES.includes(named as string))
        report(
          `${path}.is.${operator}`,
          named,
          `is the type of no device; use ${oneOf(DEVICE_TYPES)}`,
          'warning',
        );
}
