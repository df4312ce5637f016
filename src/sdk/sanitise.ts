import { LIMITS } from '../core/events.js';
import type { Json, Properties } from '../core/events.js';
import { keys } from './pristine.js';

const UNSAFE = ['__proto__', 'constructor', 'prototype'];

/**
 * A plain JSON copy of what the host page gave us: own enumerable properties within the wire's limits. What JSON cannot
 * carry is left out; getters that throw, cycles, DOM nodes and windows are survived. The argument is never changed.
 */
export function sanitise(input: unknown): Properties {
  let budget: number = LIMITS.properties;
  const parents: unknown[] = [];

  const copy = (value: unknown): Json | undefined => {
    if (typeof value === 'string') return value.slice(0, LIMITS.stringLength);
    if (typeof value === 'bigint') return `${value}`;
    if (typeof value === 'number') return Number.isFinite(value) ? value : null;
    if (typeof value === 'boolean' || value === null) return value;
    if (typeof value === 'object') return copyObject(value);
    return undefined;
  };

  const copyObject = (value: object): Json | undefined => {
    // Its text, or null where there is none (ECMA-262, 21.4.4.37); pages have been seen to bring their own `toJSON`.
    if (value instanceof Date) return copy(value.toJSON());
    // `window` of any realm is its own `window`; reading on would reach the whole page.
    if (parents.includes(value) || parents.length >= LIMITS.depth || isHostObject(value)) return undefined;
    parents.push(value);
    const result = Array.isArray(value) ? copyArray(value) : copyProperties(value as Record<string, unknown>);
    parents.pop();
    return result;
  };

  const copyArray = (value: unknown[]) => {
    const items: Json[] = [];
    for (let index = 0; index < value.length && items.length < LIMITS.properties && budget > 0; index++)
      items.push(read(value as never, index as never) ?? null);
    return items;
  };

  const copyProperties = (value: Record<string, unknown>) => {
    const result: Properties = {};
    for (const key of keys(value)) {
      if (budget <= 0) break;
      if (key.length > LIMITS.keyLength || UNSAFE.includes(key)) continue;
      // Before what is in it takes its share.
      budget--;
      const item = read(value, key);
      if (item === undefined) budget++;
      else result[key] = item;
    }
    return result;
  };

  const read = (value: Record<string, unknown>, key: string) => {
    try {
      return copy(value[key]);
    } catch {
      return undefined;
    }
  };

  try {
    const result = input && !Array.isArray(input) && copy(input);
    return (result && typeof result === 'object' ? result : {}) as Properties;
  } catch {
    return {};
  }
}

function isHostObject(value: { nodeType?: unknown; nodeName?: unknown; window?: unknown }) {
  return value.window === value || (typeof value.nodeType === 'number' && typeof value.nodeName === 'string');
}
