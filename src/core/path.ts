import type { Json } from './events.js';

const FORBIDDEN = /^(__proto__|constructor|prototype)$/;

/**
 * The values at a property path: dots go down, `name[]` takes every element, `items.0.x` one of them.
 * Own properties only (S6). Empty if there is nothing; `null` is a value.
 */
export function readPath(value: unknown, path: string): Json[] {
  let found: unknown[] = [value];
  for (const step of path.split('.')) {
    const each = step.endsWith('[]');
    const key = each ? step.slice(0, -2) : step;
    found = found.flatMap((holder) => {
      if (FORBIDDEN.test(key) || !holder || typeof holder != 'object' || !Object.hasOwn(holder, key))
        return [];
      const inner = (holder as { [key: string]: unknown })[key];
      // flatMap spreads one level: an array of elements for `[]`, else the value itself in a wrapper.
      return each ? (Array.isArray(inner) ? (inner as unknown[]) : []) : [inner];
    });
  }
  return found.filter((item) => item !== undefined) as Json[];
}
