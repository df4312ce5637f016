import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Stop } from '../../core/program.js';
import type { Programs } from '../programs.js';
import type { StopFound } from '../store/stops.js';
import type { Store } from '../store/storeClient.js';
import { Problem } from './problems.js';
import { changeBy, type SiteParams } from './sites.js';

const StopBody = Type.Object({ stop: Type.Unknown() });

/** Other stop conditions of a campaign; with them one that was stopped goes on. Publishes at once. */
export function stopRoute(
  app: FastifyInstance,
  { store, programs }: { store: Store; programs: Programs },
): void {
  app.put<{ Params: SiteParams & { id: string }; Body: Static<typeof StopBody> }>(
    '/api/sites/:site/campaigns/:id/stop',
    { schema: { body: StopBody } },
    async (request) => {
      const { params, body } = request;
      const result = await store.setStop(changeBy(programs, request), params.id, body.stop as Stop | null);
      if (!result) throw new Problem(404, 'There is no campaign with this id.');
      if ('refused' in result) throw new Problem(400, result.refused);
      if ('passed' in result) throw new Problem(409, passedAlready(result.passed));
      await programs.reload();
      return result;
    },
  );
}

function passedAlready({ by, limit, found, variant, difference }: StopFound): string {
  if (by !== 'harm')
    return `stop.${by}: ${limit} is reached already, by ${found} persons; give more than ${found}, or remove it.`;
  const share = (value: number) => `${(value * 100).toFixed(1)} %`;
  const { low, high } = difference!;
  return `stop.harm: variant "${variant}" is proven to do harm (${share(low)} to ${share(high)}); change its weight to 0, or remove "harm" to go on all the same.`;
}
