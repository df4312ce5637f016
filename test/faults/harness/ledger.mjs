/**
 * Who called what and what was promised, kept in the driver so that it survives every kill. An event is labelled with
 * its run and a number within the run (`r` and `i` in its properties).
 */

export function createLedger() {
  const runs = new Map();

  const ledger = {
    runs,
    /**
     * Opens the book of a run that will make `calls` calls. In an `isExact` run nothing dies, so every call must be
     * accounted for; in an `isAnswered` one a page is left in an orderly way, so every call it has answered, refusals included;
     * otherwise only what was acknowledged. `own` is how many events of the SDK's own may be dropped that no device holds.
     */
    begin(run, { calls, isExact = false, isAnswered = false, own = 0 }) {
      const books = { called: new Set(), acked: new Map(), refused: new Map() };
      /** A page that has called this often gets no further: what is to befall it is on its way. */
      const book = { run, planned: calls, isExact, isAnswered, own, limit: Infinity, ...books };
      runs.set(run, book);
      return book;
    },
    /** What a page tells: calls made, promises resolved. Calls are answered when the page may go on. */
    hear({ called = [], acks = [] }) {
      for (const [run, label] of called) runs.get(run)?.called.add(label);
      const isHeld = called.some(([run]) => runs.get(run)?.called.size > runs.get(run)?.limit);
      for (const [run, label, id, durable, reason] of acks) {
        const book = runs.get(run);
        book?.called.add(label);
        if (durable) book?.acked.set(label, id);
        else book?.refused.set(label, { id, reason });
      }
      return isHeld ? new Promise(() => undefined) : undefined;
    },
  };
  return ledger;
}
