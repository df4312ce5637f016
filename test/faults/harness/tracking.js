/** In the page: calls `track()` as a row asks for and tells the driver's ledger what was called and what resolved. */
globalThis.faults = (() => {
  // Where a row has put a clock of its own into the page, the harness keeps to the real one.
  const later = (globalThis.realSetTimeout ?? globalThis.setTimeout).bind(globalThis);
  const pause = (ms) => new Promise((resolve) => later(resolve, ms));
  let acks = [];
  let telling = [];

  /** Acknowledgements of one turn go out together. */
  function acknowledge(run, label, { id, durable, reason }) {
    if (acks.push([run, label, id ?? null, durable, reason ?? null]) > 1) return;
    later(() => {
      const told = acks;
      acks = [];
      telling.push(globalThis.ledger({ acks: told }));
    }, 0);
  }

  /** One call, labelled with run and number. */
  function call(run, label, properties) {
    const result = globalThis.kikubari('track', 'step', { r: run, i: label, ...properties });
    return result.then((answer) => acknowledge(run, label, answer));
  }

  /** `count` calls from label `from`, `perTurn` in a turn; resolves when all have been answered. */
  async function track({ run, from = 0, count, perTurn = 10, pauseMs = 1, properties }) {
    const answers = [];
    for (let label = from; label < from + count;) {
      const called = [];
      for (let turn = 0; turn < perTurn && label < from + count; turn += 1) {
        answers.push(call(run, label, properties));
        called.push([run, label]);
        label += 1;
      }
      // In step with the driver, so that a fault it means to cause half-way comes half-way on a busy machine too.
      await globalThis.ledger({ called });
      await pause(pauseMs);
    }
    await Promise.all(answers);
    // The last acknowledgements are told in a turn of their own.
    await pause(0);
    await pause(0);
    // The driver may hear of the end by another way.
    await Promise.all(telling);
    telling = [];
  }

  return { track, call };
})();
