/** The hosted queue stub: keeps calls, with their own time and page, until the script is there. */
const page = window as unknown as { kikubari?: { (...args: unknown[]): void; q?: unknown[] } };

page.kikubari ??= Object.assign(
  function () {
    // eslint-disable-next-line prefer-rest-params -- the inline stub of the README does the same in one line
    page.kikubari!.q!.push([Date.now(), location.href, document.title, document.referrer, arguments]);
  },
  { q: [] },
);
