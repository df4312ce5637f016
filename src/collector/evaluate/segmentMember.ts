import { UnknownOperator } from '../../core/unknownOperator.js';
import type { SegmentMember } from '../api.js';
import type { Report } from '../reports/report.js';
import { definitionsOf } from '../store/siteDocuments.js';
import { compileAudience, isIn, wantedBy } from './audience.js';
import { createFound } from './asked.js';
import { own, type Refused } from './segmentSize.js';
import { readVisitor } from './visitorLogs.js';

/** Whether one visitor is in a stored segment, as `segmentSize` counts it. */
export const segmentMember: Report<
  { name: string; visitor: string; at?: number | undefined },
  SegmentMember | Refused
> = async (context, { name, visitor, at }) => {
  const definitions = await definitionsOf(context.settings, context.site);
  const condition = own(definitions.segments, name);
  if (condition === undefined) return undefined;
  const now = at ?? context.nowMs;
  const audience = compileAudience(condition, definitions);
  const log = await readVisitor(context, visitor, wantedBy(audience, now));
  if (!log) return undefined;
  const found = createFound(audience.asked);
  try {
    const { isMember, facts } = isIn(log, audience, now);
    found.note(facts);
    return {
      asOf: context.asOf,
      at: new Date(now).toISOString(),
      visitor: log.visitor,
      in: isMember,
      unknown: found.unknown(),
    };
  } catch (error) {
    if (error instanceof UnknownOperator) return { refused: error.message };
    throw error;
  }
};
