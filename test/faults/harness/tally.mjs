/** What the proxy saw: requests, and how often each row of a device's log reached the collector. */

export function createTally() {
  const sends = new Map();
  const labels = new Map();
  const tally = {
    /** Batches that arrived from pages, whatever became of them. */
    requests: 0,
    /** Events of batches that reached the collector although it had them already. */
    redundant: 0,
    /** Events that reached the collector, repeats not counted. */
    distinct: 0,
    /** Largest inflated body of any request, bytes. */
    largestBytes: 0,
    /** Any request came, a batch or not. */
    came({ bytes }) {
      tally.largestBytes = Math.max(tally.largestBytes, bytes);
    },
    arrived(request) {
      tally.requests += 1;
      return request;
    },
    forwarded({ batch }, { status }) {
      if (status !== 200) return;
      for (const { id, events } of batch.rows) {
        const before = sends.get(id) ?? 0;
        sends.set(id, before + 1);
        if (before > 0) tally.redundant += events.length;
        else tally.distinct += events.length;
        for (const { properties } of events) noteLabel(labels, properties);
      }
    },
    /** Labels of the run that have reached the collector so far. */
    labelsOf: (run) => labels.get(run) ?? new Set(),
  };
  return tally;
}

function noteLabel(labels, properties) {
  if (properties?.r === undefined) return;
  const { r: run, i: label } = properties;
  (labels.get(run) ?? labels.set(run, new Set()).get(run)).add(label);
}
