import type { Receipt } from '../core/events.js';

/** Below this many characters compression saves nothing worth a stream. */
const MIN_COMPRESSED = 1024;

/** The body, gzipped where the browser can and it is worth it; the collector knows gzip by its first bytes. */
export async function compress(text: string): Promise<string | ArrayBuffer> {
  if (text.length < MIN_COMPRESSED || typeof CompressionStream === 'undefined') return text;
  try {
    return await new Response(
      new Response(text).body!.pipeThrough(new CompressionStream('gzip')),
    ).arrayBuffer();
  } catch {
    return text;
  }
}

/** Only our own receipt is an acknowledgement: a captive portal answers 200 as well. */
export function readReceipt(text: string): Receipt | undefined {
  try {
    const receipt = JSON.parse(text) as Receipt;
    return typeof receipt.accepted === 'number' && Array.isArray(receipt.rejected) ? receipt : undefined;
  } catch {
    return undefined;
  }
}
