/** The published JSON Schemas: of campaign files, as editors use it, and of the programs compiled from them. */
import type { CampaignFile, Program } from '../../program.js';
import { PUBLIC_LIMITS } from '../publicFacts.js';
import { MOST, SHAPES } from '../vocabulary.js';
import { campaign, campaignDefinitions, publishedCampaign } from './campaigns.js';
import { conditionDefinitions } from './conditions.js';
import { contentDefinitions } from './content.js';
import type { Schema } from './parts.js';
import { anyText, counting, listOf, record, refer } from './parts.js';
import { stopped } from './stops.js';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

const segments: Schema = {
  description: 'Conditions by the names under which others refer to them',
  type: 'object',
  additionalProperties: refer('condition'),
};

/** As `checkPublicFacts` has them: objects so deep in each other, of values and lists of values. */
function factsOf(depth: number): Schema {
  const value: Schema = { type: ['number', 'string', 'boolean', 'null'] };
  return {
    description:
      'Values that are the same for all visitors; conditions compare with them by {"public": PATH}',
    type: 'object',
    propertyNames: { pattern: SHAPES.factName.source },
    additionalProperties: {
      anyOf: [value, { type: 'array', items: value }, ...(depth > 1 ? [factsOf(depth - 1)] : [])],
    },
  };
}

const facts = factsOf(PUBLIC_LIMITS.depth);

const definitions = {
  ...conditionDefinitions,
  ...contentDefinitions,
  ...campaignDefinitions,
};

/** Of a campaign file. */
export const campaignsSchema: Schema = {
  $schema: DIALECT,
  $id: 'urn:kikubari:schema:campaigns:1',
  ...record<CampaignFile>(
    'Kikubari campaign file',
    'Segments, limits and campaigns of a site. "kikubari validate FILE" checks what a schema cannot say.',
    {
      $schema: anyText('Where editors find this schema'),
      kikubari: { description: 'Version of this format', const: 1 },
      segments,
      limits: refer('limits'),
      facts,
      theme: refer('theme', 'How messages look that do not say it themselves'),
      campaigns: listOf(refer('campaign'), 'The campaigns', { maxItems: MOST.campaigns }),
    },
    ['kikubari', 'campaigns'],
  ),
  $defs: { campaign, ...definitions },
};

/** Of what `GET /v1/program/:siteKey` answers. */
export const programSchema: Schema = {
  $schema: DIALECT,
  $id: 'urn:kikubari:schema:program:1',
  ...record<Program>(
    'Kikubari program',
    'The published campaigns of one site, as the SDK gets them.',
    {
      schema: { description: 'Version of this format', const: 1 },
      site: anyText('Key of the site'),
      version: counting('Grows with each publication'),
      segments,
      limits: refer('limits'),
      facts,
      campaigns: listOf(refer('campaign'), 'Live ones, by id'),
      theme: refer('theme'),
    },
    ['schema', 'site', 'version', 'segments', 'campaigns'],
  ),
  $defs: { campaign: publishedCampaign, stopped, ...definitions },
};

/** By the names of their files. */
export const SCHEMAS: { [file: string]: Schema } = {
  'campaigns.json': campaignsSchema,
  'program.json': programSchema,
};
