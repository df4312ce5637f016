import type { Batch, Receipt } from '../core/events.js';
import type { Environment } from './environment.js';
import { parse, toJson } from './pristine.js';
import { wireRow } from './row.js';
import type { Drops, StoredRow } from './store.js';
import type { ClientOptions } from './types.js';

/** What a batch says besides its rows, and who is told that it leaves. */
export interface Exchange {
  env: Environment;
  stream: string;
  options: ClientOptions;
  sdk: string;
  origin: string;
  program: () => number;
  /** A batch leaves; what is written from now on waits for the next. */
  onSend: () => void;
}

export type Answer = { receipt?: Receipt; status: number; isOurs?: boolean; retryAfterMs?: number };

/** Below this many characters compression saves nothing worth a stream. */
const MIN_COMPRESSED = 1024;

/** The body, gzipped where the browser can and it is worth it; the collector knows gzip by its first bytes. */
async function compress(text: string): Promise<string | ArrayBuffer> {
  if (text.length < MIN_COMPRESSED) return text;
  try {
    const gzip = new Response(text).body!.pipeThrough(new CompressionStream('gzip'));
    return await new Response(gzip).arrayBuffer();
  } catch {
    // Old browsers have none, and what a page puts in its place may not work.
    return text;
  }
}

/**
 * Only our own receipt, for as many events as were sent, is an acknowledgement: a captive portal answers 200 as well. Throws for what
 * is not JSON, or not alike.
 */
function readReceipt(text: string, events: number): Receipt | undefined {
  const receipt = parse(text) as Receipt;
  return receipt.accepted + receipt.rejected.length === events ? receipt : undefined;
}

/** Whether it is how our collector refuses something; a gateway on the way may answer anything. */
export const isOurProblem = (text: string) => /"by":"kikubari"/.test(text);

/** Sends rows of one visitor; never rejects. */
export async function post(
  deps: Exchange,
  rows: StoredRow[],
  dropped: Drops,
  signal?: AbortSignal,
): Promise<Answer> {
  const { env, options, sdk, origin } = deps;
  // Without a signal it is the last request of a page that may be going away.
  const keepalive = !signal;
  try {
    const { visitor, user } = rows[0]!;
    deps.onSend();
    const envelope: Omit<Batch, 'rows'> = {
      site: options.site,
      sdk,
      program: deps.program(),
      visitor,
      user,
      zone: new Date().getTimezoneOffset(),
      clock: [env.now(), env.sinceStart()],
      origin,
      dropped,
    };
    const text = `${toJson(envelope).slice(0, -1)},"rows":[${rows.map((row) => wireRow(row, deps.stream)).join()}]}`;
    const response = await env.fetch(options.endpoint + '/v1/batch', {
      method: 'POST',
      // Compressing takes a turn, which a page that is going away does not have.
      body: keepalive ? text : await compress(text),
      keepalive,
      credentials: 'omit',
      // CORS-simple: no preflight, which an unloading page could not wait for.
      headers: { 'content-type': 'text/plain' },
      signal,
    });
    // An unread body keeps its share of the page's keepalive quota, the host's included.
    const answer = await response.text();
    const { ok, status, headers } = response;
    const after = headers.get('retry-after');
    // Seconds or a date (RFC 9110, 10.2.3).
    const retryAfterMs = +after! * 1000 || Date.parse(after!) - env.now() || 0;
    const isOurs = isOurProblem(answer);
    return {
      status,
      isOurs,
      receipt: ok ? readReceipt(answer, rows.flatMap(({ events }) => events).length) : undefined,
      retryAfterMs,
    };
  } catch {
    // Refused, cut off, too late, or answered by somebody who is not our collector.
    return { status: 0 };
  }
}
