import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Condition } from '../../core/conditions.js';
import type { Properties } from '../../core/events.js';
import type { Campaign, Program } from '../../core/program.js';
import {
  validateCampaign,
  validateCondition,
  type Known,
  type Problem as Fault,
} from '../../core/validate/campaignFile.js';
import { TRIGGER_KEYS } from '../../core/validate/vocabulary.js';
import type { Programs } from '../programs.js';
import { DAY_MS } from '../reports/report.js';
import type { Store } from '../store/storeClient.js';
import { reporter } from './apiRoutes.js';
import { Problem } from './problems.js';
import { requireSite, type SiteParams } from './sites.js';

const Moment = Type.Optional(Type.String({ maxLength: 40 }));
const SizeQuery = Type.Object({ at: Moment, sample: Type.Optional(Type.Literal('1')) });
const MemberQuery = Type.Object({ at: Moment });
const SizeBody = Type.Object({
  condition: Type.Unknown(),
  at: Moment,
  sample: Type.Optional(Type.Boolean()),
});
const TRIGGERS = Object.keys(TRIGGER_KEYS) as (keyof typeof TRIGGER_KEYS)[];
const OccasionBody = Type.Object({
  trigger: Type.Union(TRIGGERS.map((on) => Type.Literal(on))),
  event: Type.Optional(
    Type.Object({
      name: Type.String({ minLength: 1, maxLength: 64 }),
      properties: Type.Optional(Type.Object({})),
    }),
  ),
  selector: Type.Optional(Type.String({ maxLength: 1000 })),
});
const ExplainBody = Type.Object({
  campaign: Type.String({ minLength: 1, maxLength: 64 }),
  visitor: Type.String({ maxLength: 64 }),
  at: Moment,
  occasion: Type.Optional(OccasionBody),
});

const BacktestBody = Type.Object({
  campaign: Type.Unknown(),
  from: Moment,
  until: Moment,
  sample: Type.Optional(Type.Boolean()),
});

/** What is found out by asking conditions and campaigns of stored logs; shapes in `api.ts`. */
export function evaluationRoutes(app: FastifyInstance, deps: { store: Store; programs: Programs }): void {
  const report = reporter(deps);

  app.get<{ Params: SiteParams & { name: string }; Querystring: Static<typeof SizeQuery> }>(
    '/api/sites/:site/segments/:name/size',
    { schema: { querystring: SizeQuery } },
    async ({ params, query }) =>
      understood(
        await report('segmentSize', params.site, {
          name: params.name,
          at: momentOf(query.at, 'at'),
          sample: query.sample !== undefined,
        }),
      ),
  );

  app.post<{ Params: SiteParams; Body: Static<typeof SizeBody> }>(
    '/api/sites/:site/segments/size',
    { schema: { body: SizeBody } },
    async ({ params, body: { condition, at, sample = false } }) => {
      requireValid(validateCondition(condition, knownOf(deps.programs, params.site)).problems);
      const asked = { condition: condition as Condition, at: momentOf(at, 'at'), sample };
      return understood(await report('segmentSize', params.site, asked));
    },
  );

  app.get<{
    Params: SiteParams & { name: string; visitor: string };
    Querystring: Static<typeof MemberQuery>;
  }>(
    '/api/sites/:site/segments/:name/members/:visitor',
    { schema: { querystring: MemberQuery } },
    async ({ params: { site, name, visitor }, query }) =>
      understood(await report('segmentMember', site, { name, visitor, at: momentOf(query.at, 'at') })),
  );

  app.post<{ Params: SiteParams; Body: Static<typeof ExplainBody> }>(
    '/api/sites/:site/explain',
    { schema: { body: ExplainBody } },
    async ({ params, body: { campaign, visitor, occasion, ...body } }) => {
      const at = momentOf(body.at, 'at');
      return report('explanation', params.site, {
        campaign,
        visitor,
        at,
        ...(occasion && { occasion: occasionOf(occasion, at ?? Date.now()) }),
      });
    },
  );
}

/** Replays a campaign over what is stored. */
export function backtestRoute(app: FastifyInstance, deps: { store: Store; programs: Programs }): void {
  const report = reporter(deps);
  app.post<{ Params: SiteParams; Body: Static<typeof BacktestBody> }>(
    '/api/sites/:site/backtest',
    { schema: { body: BacktestBody } },
    async ({ params, body: { campaign, sample = false, ...dates } }) => {
      requireValid(validateCampaign(campaign, knownOf(deps.programs, params.site)).problems);
      const until = Math.min(Date.now(), momentOf(dates.until, 'until') ?? Infinity);
      const from = momentOf(dates.from, 'from') ?? until - DEFAULT_DAYS * DAY_MS;
      if (from >= until)
        throw new Problem(
          400,
          `from: "${dates.from}" is not before "until" and now; choose an earlier moment.`,
        );
      if (until - from > MAX_DAYS * DAY_MS)
        throw new Problem(
          400,
          `from: "${dates.from}" is more than ${MAX_DAYS} days before the end; choose a later moment.`,
        );
      return report('backtest', params.site, { campaign: campaign as Campaign, from, until, sample });
    },
  );
}

const DEFAULT_DAYS = 30;
const MAX_DAYS = 92;

function knownOf(programs: Programs, site: string): Known {
  const { segments, facts, limits, theme } = JSON.parse(requireSite(programs, site).json) as Program;
  return { segments: Object.keys(segments), facts, allowsContacts: !!limits?.contacts, theme };
}

/** Events have a time; without one of its own it is the occasion's. */
function occasionOf({ trigger, event, selector }: Static<typeof OccasionBody>, time: number) {
  const properties = event?.properties as Properties | undefined;
  return {
    trigger: trigger,
    ...(event && { event: { name: event.name, time, ...(properties && { properties }) } }),
    ...(selector !== undefined && { selector }),
  };
}

/** ms since 1970; a text that is no ISO moment with its zone is the asker's mistake. */
function momentOf(text: string | undefined, path: string): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : NaN;
  if (ms >= 0) return ms;
  throw new Problem(
    400,
    `${path}: ${JSON.stringify(text)} is not a moment; write for example "2026-05-01" or "2026-05-01T09:00:00+09:00".`,
  );
}

/** Warnings are no reason to refuse. */
function requireValid(problems: readonly Fault[]): void {
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  if (errors.length > 0) throw new Problem(400, errors.slice(0, 10).join('\n'));
}

function understood<Answer extends object>(answer: Answer | { refused: string }): Answer {
  if ('refused' in answer)
    throw new Problem(422, `This version does not understand ${answer.refused} in the condition.`);
  return answer;
}
