import type { CampaignFile } from '../program.js';
import { checkCampaign } from './campaign.js';
import { checkLimits } from './caps.js';
import { checkCondition } from './condition.js';
import { checkTheme } from './content/theme.js';
import { warnOfContradictions } from './contradictions.js';
import { checkPublicFacts } from './publicFacts.js';
import type { Fields, Problem, Report } from './report.js';
import { checkReferences } from './segments.js';
import { checkStop } from './stop.js';
import { fieldsAt, isFields, listAt, quoted } from './report.js';
import { MOST } from './vocabulary.js';

export type { Problem } from './report.js';

/** More problems than this help nobody; the rest is left out. */
const MAX_PROBLEMS = 200;

/** What there is beside a document, to which it may refer. */
export interface Known {
  /** Names of segments. */
  segments: readonly string[];
  /** What those of other files say: only through them, which may name this one's too, can a circle close. */
  conditions?: Fields;
  /** Public facts. */
  facts?: Fields | undefined;
  /** There may be more facts than these, so that one which is missing here is only warned of. */
  mayHaveMoreFacts?: boolean;
  /** Whether messages may ask for personal data; a file says so itself. */
  allowsContacts?: boolean;
  /** The site's theme, if the file has none. */
  theme?: unknown;
}

/**
 * Checks a parsed campaign file. No errors means that it can be published and that every SDK of this version
 * understands all of it; then there are warnings of what can never come true. `now`: ms since 1970, if what is past or to come is to be
 * warned of. Never throws.
 */
export function validateCampaignFile(
  value: unknown,
  known: Known = { segments: [] },
  now?: number,
): { problems: Problem[] } {
  const own = isFields(value) && isFields(value.segments) ? value.segments : {};
  // A file that has some replaces all of the site's.
  const ownFacts = isFields(value) && isFields(value.facts) ? value.facts : undefined;
  const all: Known = {
    ...known,
    segments: [...new Set([...known.segments, ...Object.keys(own)])],
    ...(ownFacts && { facts: ownFacts, mayHaveMoreFacts: false }),
  };
  const ownLimits = isFields(value) && isFields(value.limits) ? value.limits : undefined;
  if (ownLimits) all.allowsContacts = ownLimits.contacts === true;
  if (isFields(value) && isFields(value.theme)) all.theme = value.theme;
  return problemsOf(value, all, (report, isSound) => {
    checkFile(value, own, known.conditions ?? {}, report);
    if (isSound()) warnOfContradictions(value as CampaignFile, now, report);
  });
}

/** Checks one condition; paths begin with `condition`. Never throws. */
export function validateCondition(value: unknown, known: Known): { problems: Problem[] } {
  return problemsOf(value, known, (report) => checkCondition(value, 'condition', report));
}

/** Checks one campaign; paths begin with `campaign`. Never throws. */
export function validateCampaign(value: unknown, known: Known): { problems: Problem[] } {
  return problemsOf(value, known, (report) => checkCampaign(value, 'campaign', new Set(), report));
}

/** Checks stop conditions for a campaign that may have a goal; paths begin with `stop`. Never throws. */
export function validateStop(value: unknown, hasGoal: boolean): { problems: Problem[] } {
  return problemsOf(value, { segments: [] }, (report) => checkStop(value, 'stop', hasGoal, report));
}

/** Checks public facts that come alone; paths begin with `facts`. Never throws. */
export function validateFacts(value: unknown): { problems: Problem[] } {
  return problemsOf(value, { segments: [] }, (report) => checkPublicFacts(value, 'facts', report));
}

function problemsOf(
  value: unknown,
  { segments, facts = {}, mayHaveMoreFacts = false, allowsContacts = false, theme }: Known,
  check: (report: Report, isSound: () => boolean) => void,
): { problems: Problem[] } {
  const problems: Problem[] = [];
  const report: Report = Object.assign(
    (path: string, found: unknown, problem: string, severity: Problem['severity'] = 'error') => {
      if (problems.length < MAX_PROBLEMS)
        problems.push({ path, severity, message: `${path || 'the file'}: ${quoted(found)} ${problem}` });
    },
    { segments: new Set(segments), facts, mayHaveMoreFacts, allowsContacts, theme },
  );
  if (nesting(value) > MAX_NESTING)
    report('', '…', `is nested deeper than ${MAX_NESTING} levels; simplify it`);
  else check(report, () => problems.every(({ severity }) => severity !== 'error'));
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

function checkFile(value: unknown, segments: Fields, others: Fields, report: Report): void {
  const known = ['$schema', 'kikubari', 'segments', 'limits', 'facts', 'theme', 'campaigns'];
  const file = fieldsAt(value, '', known, report);
  if (!file) return;
  if (file.$schema !== undefined && typeof file.$schema !== 'string')
    report('$schema', file.$schema, 'is not an address; write that of the schema, or remove it');
  if (file.kikubari !== 1)
    report('kikubari', file.kikubari, 'is not a version of this format; write "kikubari": 1');
  if (file.segments !== undefined && !isFields(file.segments))
    report('segments', file.segments, 'is not an object; write {"name": condition}');
  if (file.facts !== undefined) checkPublicFacts(file.facts, 'facts', report);
  if (file.theme !== undefined) checkTheme(file.theme, 'theme', report);
  for (const [name, condition] of Object.entries(segments))
    checkCondition(condition, `segments.${name}`, report);
  checkReferences(segments, { ...others, ...segments }, report);
  const ids = new Set<unknown>();
  const campaigns = listAt(file.campaigns, 'campaigns', report, '{…}', {
    most: MOST.campaigns,
    what: 'campaigns',
  });
  campaigns.forEach((campaign, index) => checkCampaign(campaign, `campaigns[${index}]`, ids, report));
  const tags = campaigns.flatMap((campaign) => (isFields(campaign) ? (campaign.tags as string[]) : []));
  if (file.limits !== undefined) checkLimits(file.limits, 'limits', new Set(tags), report);
}
