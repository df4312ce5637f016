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
      const inner = FORBIDDEN.test(key) ? undefined : own(holder, key);
      // flatMap spreads one level: an array of elements for `[]`, else the value itself in a wrapper.
      return each ? (Array.isArray(inner) ? (inner as unknown[]) : []) : [inner];
    });
  }
  return found.filter((item) => item !== undefined) as Json[];
}

/** Reads the one value at a path without `[]`; undefined if there is nothing. */
export function valueReader(path: string): (value: unknown) => Json | undefined {
  const steps = path.split('.');
  if (steps.some((step) => FORBIDDEN.test(step))) return () => undefined;
  // Most paths are one name: no loop for those.
  if (steps.length == 1) return (value) => own(value, path) as Json | undefined;
  return (value) => {
    for (const step of steps) value = own(value, step);
    return value as Json | undefined;
  };
}

function own(holder: unknown, key: string): unknown {
  return holder && typeof holder == 'object' && Object.hasOwn(holder, key)
    ? (holder as { [key: string]: unknown })[key]
    : undefined;
}
