/** Waiting for what is expected, never for a time; the time-outs here only end a run that hangs. */

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Polls until `test` answers something true and resolves that; throws, naming `what` (or what it answers), after `guardMs`. */
export async function until(test, what, guardMs = 60_000, pollMs = 20) {
  const startedAt = Date.now();
  for (;;) {
    const result = await test();
    if (result) return result;
    if (Date.now() - startedAt > guardMs)
      throw new Error(`waited ${guardMs} ms in vain: ${typeof what === 'function' ? what() : what}`);
    await sleep(pollMs);
  }
}

/** The promise, or an error naming `what` after `guardMs`. */
export function guarded(promise, what, guardMs) {
  let timer;
  const hang = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`hung for ${guardMs} ms: ${what}`)), guardMs);
  });
  return Promise.race([promise, hang]).finally(() => clearTimeout(timer));
}
