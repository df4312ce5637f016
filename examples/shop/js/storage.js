/** Reads a JSON value of the shop's own; `undefined` when there is none, it is damaged, or storage is refused. */
export function readStored(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a JSON value; a browser that refuses storage keeps nothing and the page goes on. */
export function writeStored(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private modes may refuse: the cart then lasts as long as the page.
  }
}
