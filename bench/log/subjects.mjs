/** What is measured, in the order of a round. */
export const SUBJECTS = ['empty', 'refIdb', 'kikubari'];

/** Opens a page at `address` and starts `subject` on it, to be found as `window.bench`. */
export async function openSubject(context, subject, address, endpoint) {
  const page = await context.newPage();
  await page.goto(address);
  await page.evaluate(
    async ([subject, endpoint]) => {
      const { start } = await import(`/bench/log/page/${subject}.mjs`);
      window.bench = start(endpoint);
    },
    [subject, endpoint],
  );
  return page;
}

/** Ready, with its first events delivered and the chunk that comes after 3 s loaded. */
export const SETTLED_MS = 4000;
