/**
 * The program says something this version does not understand: an operator, key, fact, duration or segment.
 * `decide` turns that one campaign off; it is never a reason to stop the SDK (D6).
 */
export class UnknownOperator extends Error {
  /** `part`: what is not understood. */
  constructor(part: string) {
    // An error without words would be no answer.
    super(String(part) || '""');
  }
}

/** Throws `UnknownOperator` if the object is a text or has a key that is not among the space-separated ones. */
export function allowKeys(object: object | undefined, keys: string): void {
  const allowed = keys.split(' ');
  // A long text would have as many keys.
  if (typeof object == 'string') throw new UnknownOperator('text');
  for (const key of Object.keys(object ?? {})) {
    if (!allowed.includes(key)) throw new UnknownOperator(key);
  }
}
