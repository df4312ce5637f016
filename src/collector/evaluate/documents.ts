import type { Condition } from '../../core/conditions.js';
import { compileProgram } from '../../core/compile.js';
import type { Properties } from '../../core/events.js';
import type { Limits, Program } from '../../core/program.js';
import type { ReportContext } from '../reports/report.js';
import { currentDocuments } from '../store/settings.js';
import { storedCampaigns } from '../store/stops.js';

/** What conditions may name. */
export type Definitions = Pick<Program, 'segments' | 'facts'>;

/** Segments and public facts of a site as they are now. */
export async function definitionsOf({ settings, site }: ReportContext): Promise<Definitions> {
  const documents = await currentDocuments<Condition>(settings, site, 'segment');
  const [facts] = await currentDocuments<Properties>(settings, site, 'facts');
  return {
    segments: Object.fromEntries(documents.map(({ id, body }) => [id, body])),
    ...(facts && { facts: facts.body }),
  };
}

export async function limitsOf({ settings, site }: ReportContext): Promise<Limits | undefined> {
  const [limits] = await currentDocuments<Limits>(settings, site, 'limits');
  return limits?.body;
}

/** The program that pages get. Its version is of no account here. */
export async function programOf(context: ReportContext): Promise<Program> {
  const { segments, facts } = await definitionsOf(context);
  return compileProgram(context.site, 1, await storedCampaigns(context.settings, context.site), segments, {
    limits: await limitsOf(context),
    facts,
  });
}
