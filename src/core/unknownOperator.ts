/**
 * The program says something this version does not understand: an operator, key, fact, duration or segment.
 * `decide` turns that one campaign off; it is never a reason to stop the SDK (D6).
 */
export class UnknownOperator extends Error {}

/** Throws `UnknownOperator` unless every key of the object is among the space-separated ones. */
export function allowKeys(object: object, keys: string): void {
  for (const key of Object.keys(Object(object))) {
    if (!keys.split(' ').includes(key)) throw new UnknownOperator(key);
  }
}
