import type { Report } from './report.js';
import { funnel } from './funnel.js';
import { overview } from './overview.js';

/** Every report by name. */
export const reports = { funnel, overview };

type Reports = typeof reports;
export type ReportName = keyof Reports;
export type ReportParams<Name extends ReportName> =
  Reports[Name] extends Report<infer Params, infer _> ? Params : never;
export type ReportResult<Name extends ReportName> =
  Reports[Name] extends Report<infer _, infer Result> ? Result : never;
