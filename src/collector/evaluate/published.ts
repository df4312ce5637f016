import { compileProgram } from '../../core/compile.js';
import type { Program } from '../../core/program.js';
import type { ReportContext } from '../reports/report.js';
import { siteDocuments } from '../store/siteDocuments.js';

/** The program that pages get. Its version is of no account here. */
export async function programOf({ settings, site }: ReportContext): Promise<Program> {
  const { campaigns, segments, ...others } = await siteDocuments(settings, site);
  return compileProgram(site, 1, campaigns, segments, others);
}
