import type { PersonalFacts } from '../core/decision.js';
import type { Environment } from './environment.js';
import { isOurProblem } from './exchange.js';
import { parse } from './pristine.js';
import type { ClientOptions } from './types.js';

/** No answer of ours is longer: facts and lists of one user have limits. */
const MAX_LENGTH = 65_536;
const MAX_TOKEN = 2048;

/** What of a token's claims (RFC 7519) matters here; whether it is genuine only the collector can tell. */
export interface Claims {
  sub: string;
  /** Seconds since 1970. */
  exp: number;
}

/** The claims of a token, undefined if it is none. */
export function readToken(token: unknown): Claims | undefined {
  if (typeof token !== 'string' || token.length > MAX_TOKEN) return undefined;
  try {
    const payload = atob(token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(payload, (letter) => letter.charCodeAt(0));
    const { sub, exp } = parse(new TextDecoder().decode(bytes)) as Claims;
    return typeof sub === 'string' && typeof exp === 'number' ? { sub, exp } : undefined;
  } catch {
    return undefined;
  }
}

export interface Answer {
  personal?: PersonalFacts;
  /** 0: refused, cut off, too late, or not from our collector. */
  status: number;
  retryAfterMs: number;
}

const REQUEST_MS = 15_000;

/** Asks the collector what it was told of the token's user. */
export async function fetchFacts(
  { env, options, signal }: { env: Environment; options: ClientOptions; signal: AbortSignal },
  token: string,
): Promise<Answer> {
  const stopper = new AbortController();
  const stop = () => stopper.abort();
  signal.addEventListener('abort', stop);
  const patience = env.later(stop, REQUEST_MS);
  try {
    const path = `/v1/facts/${encodeURIComponent(options.site)}?token=${encodeURIComponent(token)}`;
    const response = await env.fetch(options.endpoint + path, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: stopper.signal,
    });
    const text = await response.text();
    const { ok, status, headers } = response;
    const retryAfterMs = Number(headers.get('retry-after')) * 1000 || 0;
    // A captive portal answers 200 as well, and a gateway refuses what our collector would not.
    const isRefused = !ok && isOurProblem(text);
    return { personal: ok ? readFacts(text) : undefined, status: isRefused ? status : 0, retryAfterMs };
  } catch {
    return { status: 0, retryAfterMs: 0 };
  } finally {
    env.cancel(patience);
    signal.removeEventListener('abort', stop);
  }
}

/** Throws for what is not JSON. */
function readFacts(text: string): PersonalFacts | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const { facts, lists } = Object(parse(text)) as PersonalFacts;
  const isSound =
    facts &&
    typeof facts === 'object' &&
    !Array.isArray(facts) &&
    Array.isArray(lists) &&
    lists.every((name) => typeof name === 'string');
  return isSound ? { facts, lists } : undefined;
}
