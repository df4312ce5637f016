import type { Receipt } from '../core/events.js';
import { parse } from './pristine.js';

/** Below this many characters compression saves nothing worth a stream. */
const MIN_COMPRESSED = 1024;

/** The body, gzipped where the browser can and it is worth it; the collector knows gzip by its first bytes. */
export async function compress(text: string): Promise<string | ArrayBuffer> {
  if (text.length < MIN_COMPRESSED || !globalThis.CompressionStream) return text;
  return new Response(new Response(text).body!.pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
}

/** Only our own receipt is an acknowledgement: a captive portal answers 200 as well. Throws for what is not JSON. */
export function readReceipt(text: string): Receipt | undefined {
  const receipt = parse(text) as Receipt;
  return receipt.accepted >= 0 && Array.isArray(receipt.rejected) ? receipt : undefined;
}
