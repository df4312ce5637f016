import { backtest } from '../evaluate/backtest.js';
import { explanation } from '../evaluate/explanation.js';
import { segmentMember } from '../evaluate/segmentMember.js';
import { segmentSize } from '../evaluate/segmentSize.js';
import { campaign } from './campaign.js';
import { campaigns } from './campaigns.js';
import { drops } from './drops.js';
import { funnel } from './funnel.js';
import { overview } from './overview.js';
import type { Report } from './report.js';
import { survey } from './survey.js';
import { timeline } from './timeline.js';
import { visitors } from './visitors.js';

/** Every report by name. */
export const reports = {
  backtest,
  campaign,
  campaigns,
  drops,
  explanation,
  funnel,
  overview,
  segmentMember,
  segmentSize,
  survey,
  timeline,
  visitors,
};

type Reports = typeof reports;
export type ReportName = keyof Reports;
export type ReportParams<Name extends ReportName> =
  Reports[Name] extends Report<infer Params, unknown> ? Params : never;
export type ReportResult<Name extends ReportName> = NonNullable<Awaited<ReturnType<Reports[Name]>>>;
