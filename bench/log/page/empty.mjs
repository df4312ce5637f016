/** What the page costs by itself. */
export const start = () => ({ track: () => undefined, durable: () => undefined, flush: () => undefined });
