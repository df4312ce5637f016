import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Programs } from '../programs.js';
import type { ReportName, ReportParams, ReportResult } from '../reports/index.js';
import type { Store } from '../store/storeClient.js';
import { Problem } from './problems.js';
import { changeBy, requireSite, type SiteParams } from './sites.js';

const SHOP_STEPS = 'view_item,add_to_cart,begin_checkout,purchase';

const FunnelQuery = Type.Object({
  steps: Type.String({ default: SHOP_STEPS, minLength: 1, maxLength: 650 }),
  days: Type.Integer({ default: 30, minimum: 1, maximum: 400 }),
  window: Type.Integer({ default: 7, minimum: 1, maximum: 90 }),
});
const VisitorsQuery = Type.Object({
  limit: Type.Integer({ default: 50, minimum: 1, maximum: 200 }),
  q: Type.Optional(Type.String({ maxLength: 255 })),
});
const StatusBody = Type.Object({
  status: Type.Union([
    Type.Literal('draft'),
    Type.Literal('live'),
    Type.Literal('paused'),
    Type.Literal('ended'),
  ]),
});

/** Asks the store for a report of a site that is there; 404 if there is nothing it could be about. */
export function reporter({ store, programs }: { store: Store; programs: Programs }) {
  return async <Name extends ReportName>(
    name: Name,
    site: string,
    params: ReportParams<Name>,
  ): Promise<ReportResult<Name>> => {
    requireSite(programs, site);
    const result = await store.report(name, site, params);
    if (result === 'busy')
      throw new Problem(503, 'Too many questions that take long wait already; ask again later.', {
        'retry-after': '30',
      });
    if (result === undefined) throw new Problem(404, 'There is nothing with this id.');
    return result;
  };
}

/** Reports; shapes in `api.ts`. */
export function reportRoutes(
  app: FastifyInstance,
  { store, programs }: { store: Store; programs: Programs },
): void {
  const report = reporter({ store, programs });

  app.get<{ Params: SiteParams }>('/api/sites/:site/overview', ({ params }) =>
    report('overview', params.site, {}),
  );

  app.get<{ Params: SiteParams }>('/api/sites/:site/drops', ({ params }) => report('drops', params.site, {}));

  app.get<{ Params: SiteParams; Querystring: Static<typeof FunnelQuery> }>(
    '/api/sites/:site/funnel',
    { schema: { querystring: FunnelQuery } },
    ({ params, query }) =>
      report('funnel', params.site, {
        steps: stepsOf(query.steps),
        days: query.days,
        windowDays: query.window,
      }),
  );

  app.get<{ Params: SiteParams }>('/api/sites/:site/campaigns', ({ params }) =>
    report('campaigns', params.site, {}),
  );

  app.get<{ Params: SiteParams & { id: string } }>('/api/sites/:site/campaigns/:id', ({ params }) =>
    report('campaign', params.site, { id: params.id }),
  );

  app.get<{ Params: SiteParams & { campaign: string } }>('/api/sites/:site/surveys/:campaign', ({ params }) =>
    report('survey', params.site, { campaign: params.campaign }),
  );

  app.get<{ Params: SiteParams; Querystring: Static<typeof VisitorsQuery> }>(
    '/api/sites/:site/visitors',
    { schema: { querystring: VisitorsQuery } },
    ({ params, query }) => report('visitors', params.site, query),
  );

  app.get<{ Params: SiteParams & { visitor: string } }>('/api/sites/:site/visitors/:visitor', ({ params }) =>
    report('timeline', params.site, { visitor: params.visitor }),
  );
}

/** The campaign switch: publishes at once. */
export function campaignStatusRoute(
  app: FastifyInstance,
  { store, programs }: { store: Store; programs: Programs },
): void {
  app.put<{ Params: SiteParams & { id: string }; Body: Static<typeof StatusBody> }>(
    '/api/sites/:site/campaigns/:id/status',
    { schema: { body: StatusBody } },
    async (request) => {
      const { params, body } = request;
      const result = await store.setCampaignStatus(changeBy(programs, request), params.id, body.status);
      if (!result) throw new Problem(404, 'There is no campaign with this id.');
      await programs.reload();
      return result;
    },
  );
}

function stepsOf(text: string): string[] {
  const steps = text.split(',').map((step) => step.trim());
  if (steps.length > 10 || steps.some((step) => step === '' || step.length > 64)) {
    throw new Problem(
      400,
      'A funnel has 1 to 10 steps of 1 to 64 characters each, with commas between them.',
    );
  }
  return steps;
}
