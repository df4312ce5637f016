/** Who hears of errors in what the browser calls. One renderer serves a page, so there is one ear. */
let hear = () => {};

/** From now on `fail` is told of each error. */
export function hearFaults(fail: () => void): void {
  hear = fail;
}

/** The same function for a listener, an observer or a timer: its errors never reach the page (D4). */
export function guarded<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void {
  return (...args) => {
    try {
      const result = run(...args);
      if (result instanceof Promise) result.catch(hear);
    } catch {
      hear();
    }
  };
}
