import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { SHAPES } from '../../core/validate/vocabulary.js';
import type { CouponPoolList, CouponUpload } from '../api.js';
import type { Programs } from '../programs.js';
import type { Store } from '../store/storeClient.js';
import { Problem } from './problems.js';
import { changeBy, requireSite, type SiteParams } from './sites.js';

const MOST_CODES = 100_000;
const BODY_BYTES = 8 * 1024 * 1024;
/** Something to be read and typed: no spaces, nothing that cannot be seen. */
const CODE = /^[^\s\p{C}]{1,64}$/u;

const UploadBody = Type.Object({ codes: Type.Array(Type.Unknown()) });

/** Pools of coupon codes: uploaded and counted here, and never read again. */
export function couponRoutes(
  app: FastifyInstance,
  { store, programs }: { store: Store; programs: Programs },
): void {
  app.get<{ Params: SiteParams }>('/api/sites/:site/coupons', async ({ params: { site } }) => {
    requireSite(programs, site);
    return { pools: await store.couponPools(site) } satisfies CouponPoolList;
  });

  app.post<{ Params: SiteParams & { pool: string }; Body: Static<typeof UploadBody> }>(
    '/api/sites/:site/coupons/:pool',
    { schema: { body: UploadBody }, bodyLimit: BODY_BYTES },
    async (request): Promise<CouponUpload> => {
      const change = changeBy(programs, request);
      const { pool } = request.params;
      if (!SHAPES.id.test(pool))
        throw new Problem(
          400,
          `pool: "${pool.slice(0, 64)}" is not an id; use 1 to 64 letters, digits, "-" or "_".`,
        );
      const codes = soundCodes(request.body.codes);
      const result = await store.addCoupons(change, pool, codes);
      if (!('elsewhere' in result)) return result;
      const { elsewhere: at } = result;
      throw new Problem(
        409,
        `codes[${at}]: "${codes[at]}" is in the pool "${result.pool}" already; leave it out: a code is for one person.`,
      );
    },
  );
}

function soundCodes(codes: readonly unknown[]): string[] {
  if (codes.length === 0) throw new Problem(400, 'codes: [] is empty; upload at least one code.');
  if (codes.length > MOST_CODES)
    throw new Problem(
      400,
      `codes: ${codes.length} are more than ${MOST_CODES} at once; upload them in parts, to the same pool.`,
    );
  const wrong = codes.findIndex((code) => typeof code !== 'string' || !CODE.test(code));
  if (wrong >= 0)
    throw new Problem(
      400,
      `codes[${wrong}]: ${JSON.stringify(codes[wrong])?.slice(0, 80)} is not a code; use 1 to 64 visible characters without spaces.`,
    );
  return codes as string[];
}
