import type { Condition } from '../../core/conditions.js';
import { compileProgram } from '../../core/compile.js';
import type { Limits, Program } from '../../core/program.js';
import type { ReportContext } from '../reports/report.js';
import { currentDocuments } from '../store/settings.js';
import { storedCampaigns } from '../store/stops.js';

/** The segments of a site as they are now. */
export async function segmentsOf({ settings, site }: ReportContext): Promise<Program['segments']> {
  const documents = await currentDocuments<Condition>(settings, site, 'segment');
  return Object.fromEntries(documents.map(({ id, body }) => [id, body]));
}

export async function limitsOf({ settings, site }: ReportContext): Promise<Limits | undefined> {
  const [limits] = await currentDocuments<Limits>(settings, site, 'limits');
  return limits?.body;
}

/** The program that pages get. Its version is of no account here. */
export async function programOf(context: ReportContext): Promise<Program> {
  return compileProgram(
    context.site,
    1,
    await storedCampaigns(context.settings, context.site),
    await segmentsOf(context),
    { limits: await limitsOf(context) },
  );
}
