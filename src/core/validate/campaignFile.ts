import { checkCampaign } from './campaign.js';
import { checkLimits } from './caps.js';
import { checkCondition, checkCycles } from './condition.js';
import { checkPublicFacts } from './publicFacts.js';
import type { Fields, Problem, Report } from './report.js';
import { fieldsAt, isFields, listAt, quoted } from './report.js';

export type { Problem } from './report.js';

/** More problems than this help nobody; the rest is left out. */
const MAX_PROBLEMS = 200;

/**
 * Checks a parsed campaign file. No errors means that it can be published and that every SDK of this version
 * understands all of it. `segments` and `facts`: what the site already has, to which the file may refer. Never throws.
 */
export function validateCampaignFile(
  value: unknown,
  siteSegments: readonly string[] = [],
  siteFacts: Fields = {},
): { problems: Problem[] } {
  const problems: Problem[] = [];
  const own = isFields(value) && isFields(value.segments) ? value.segments : {};
  const report: Report = Object.assign(
    (path: string, found: unknown, problem: string, severity: Problem['severity'] = 'error') => {
      if (problems.length < MAX_PROBLEMS)
        problems.push({ path, severity, message: `${path || 'the file'}: ${quoted(found)} ${problem}` });
    },
    {
      segments: new Set([...siteSegments, ...Object.keys(own)]),
      // A file that has some replaces all of the site's.
      facts: isFields(value) && isFields(value.facts) ? value.facts : siteFacts,
    },
  );
  if (nesting(value) > MAX_NESTING)
    report('', '…', `is nested deeper than ${MAX_NESTING} levels; simplify it`);
  else checkFile(value, own, report);
  return { problems };
}

/** Deep enough for every valid file, shallow enough that no check runs out of stack. */
const MAX_NESTING = 60;

function nesting(root: unknown): number {
  let level = [root];
  let depth = 0;
  while (level.length && depth <= MAX_NESTING) {
    depth++;
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? (Object.values(item) as unknown[]) : [],
    );
  }
  return depth;
}

function checkFile(value: unknown, segments: { [name: string]: unknown }, report: Report): void {
  const file = fieldsAt(value, '', ['kikubari', 'segments', 'limits', 'facts', 'campaigns'], report);
  if (!file) return;
  if (file.kikubari !== 1)
    report('kikubari', file.kikubari, 'is not a version of this format; write "kikubari": 1');
  if (file.segments !== undefined && !isFields(file.segments))
    report('segments', file.segments, 'is not an object; write {"name": condition}');
  if (file.facts !== undefined) checkPublicFacts(file.facts, 'facts', report);
  for (const [name, condition] of Object.entries(segments))
    checkCondition(condition, `segments.${name}`, report);
  checkCycles(segments, report);
  const ids = new Set<unknown>();
  const campaigns = listAt(file.campaigns, 'campaigns', report, '{…}');
  campaigns.forEach((campaign, index) => checkCampaign(campaign, `campaigns[${index}]`, ids, report));
  const tags = campaigns.flatMap((campaign) => (isFields(campaign) ? (campaign.tags as string[]) : []));
  if (file.limits !== undefined) checkLimits(file.limits, 'limits', new Set(tags), report);
}
