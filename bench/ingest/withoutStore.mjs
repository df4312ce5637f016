/** An applier that leaves the journal as it is: HTTP and journal alone. */
export function createApplier() {
  return { advance: () => undefined, flush: async () => Date.now(), stop: async () => undefined };
}
