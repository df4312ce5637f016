import type { Receipt } from '../core/events.js';
import { parse } from './pristine.js';

/** Below this many characters compression saves nothing worth a stream. */
const MIN_COMPRESSED = 1024;

/** The body, gzipped where the browser can and it is worth it; the collector knows gzip by its first bytes. */
export async function compress(text: string): Promise<string | ArrayBuffer> {
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
export function readReceipt(text: string, events: number): Receipt | undefined {
  const receipt = parse(text) as Receipt;
  return receipt.accepted + receipt.rejected.length === events ? receipt : undefined;
}

/** Whether it is how our collector refuses something; a gateway on the way may answer anything. */
export const isOurProblem = (text: string) => /"by":"kikubari"/.test(text);
