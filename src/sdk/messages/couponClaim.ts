import type { Block, Content, PooledCoupon } from '../../core/content.js';
import type { MessageRequest } from './contract.js';
import { isShown } from './shownContent.js';
import type { View } from './view.js';

/** A message waits so long, ms, for its code, and nobody has seen anything of it yet. */
const WAIT_MS = 2000;
/** Before the second try, and twice as long before each that follows. */
const AGAIN_MS = 400;

const isPooled = (block: Block): block is PooledCoupon =>
  block.block == 'coupon' && (block as Partial<PooledCoupon>).pool !== undefined;

/**
 * The content with this person's code in the place of its pool; where there is none, as the author wants it then. Rejects if it is not
 * to be shown.
 */
export async function withCode({ content, request }: Pick<View, 'content' | 'request'>): Promise<Content> {
  const pooled = content.cards.flatMap(({ blocks }) => blocks).find(isPooled);
  if (!pooled) return content;
  const code = await claim(request, pooled.pool);
  const { label, exhausted } = pooled;
  const coupon: Block | undefined = code ? { block: 'coupon', code, label } : undefined;
  const first = coupon || exhausted == 'omit' ? 0 : cardAt(content, exhausted);
  const cards = content.cards.slice(first).map((card) => ({
    ...card,
    blocks: card.blocks.flatMap((block) => (isPooled(block) ? (coupon ?? []) : block)),
  }));
  // Nothing is worse than a message that says nothing.
  if (first < 0 || !cards.some(isShown)) throw new Error('no code');
  return { ...content, cards };
}

/** -1 if the message is not to be shown; also for what this version does not know. */
function cardAt({ cards }: Content, exhausted: PooledCoupon['exhausted']): number {
  return cards.findIndex(({ id }) => id == (exhausted as { card?: string } | undefined)?.card);
}

/** Asked again where it may help: the collector gives a person the same code each time. */
async function claim({ campaign, asking }: MessageRequest, pool: string): Promise<string | undefined> {
  const { env, options, visitor } = asking;
  const { visitor: id, user } = visitor.who();
  const aborter = new AbortController();
  const { signal } = aborter;
  const timer = env.later(() => aborter.abort(), WAIT_MS);
  const body = JSON.stringify({ site: options.site, campaign, pool, visitor: id, user });
  const ask = async () => {
    try {
      const response = await env.fetch(options.endpoint + '/v1/coupon', {
        method: 'POST',
        body,
        credentials: 'omit',
        signal,
      });
      const { code, by } = (await response.json()) as { code?: unknown; by?: unknown };
      if (response.ok && typeof code == 'string') return code || null;
      // None is left, there never was one, or this is one question too many; a portal or gateway on the way may answer anything.
      if (code === null || (by == 'kikubari' && response.status <= 429)) return null;
    } catch {
      // No network, or the wait is over.
    }
    return undefined;
  };
  let code = await ask();
  let pauseMs = AGAIN_MS;
  while (code === undefined && !signal.aborted) {
    await new Promise<unknown>((resolve) => {
      signal.addEventListener('abort', resolve);
      env.later(() => resolve(0), pauseMs);
    });
    pauseMs *= 2;
    code = signal.aborted ? null : await ask();
  }
  env.cancel(timer);
  return code ?? undefined;
}
