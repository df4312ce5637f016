import { LIMITS, type RejectCode } from '../../core/events.js';
import { eventCheck } from './schema.js';

export interface Refusal {
  code: RejectCode;
  message: string;
}

/**
 * Checks one event's shape and limits; undefined when it is good. `isSmall` says that the whole batch is smaller than one
 * event may be, so that its size need not be measured.
 */
export function refusalOf(event: unknown, isSmall: boolean): Refusal | undefined {
  if (!eventCheck.Check(event)) {
    const shape = eventCheck.Errors(event).First();
    return { code: 'invalid', message: `${shape?.path || '/'}: ${shape?.message}` };
  }
  // Before anything that calls itself for what lies inside, such as JSON.stringify: depth is the attacker's choice.
  const refusal = refusalInside(event, 0, { properties: 0 });
  if (refusal || isSmall) return refusal;
  if (Buffer.byteLength(JSON.stringify(event)) <= LIMITS.eventBytes) return undefined;
  return { code: 'too_large', message: `more than ${LIMITS.eventBytes} bytes` };
}

/** Depth counts containers below the value: an event's properties are 1. */
export function refusalInside(
  value: unknown,
  depth: number,
  count: { properties: number },
): Refusal | undefined {
  if (typeof value === 'string') return value.length > LIMITS.stringLength ? tooLong() : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > LIMITS.depth) return { code: 'too_large', message: `nested deeper than ${LIMITS.depth}` };
  if (Array.isArray(value)) {
    for (const item of value) {
      const refusal = refusalInside(item, depth + 1, count);
      if (refusal) return refusal;
    }
    return undefined;
  }
  const keys = Object.keys(value);
  if (depth > 0) count.properties += keys.length;
  if (count.properties > LIMITS.properties) {
    return { code: 'too_large', message: `more than ${LIMITS.properties} properties` };
  }
  for (const key of keys) {
    const refusal =
      refusalOfKey(key) ?? refusalInside((value as { [key: string]: unknown })[key], depth + 1, count);
    if (refusal) return refusal;
  }
  return undefined;
}

function refusalOfKey(key: string): Refusal | undefined {
  if (key.length > LIMITS.keyLength) {
    return { code: 'too_large', message: `a key longer than ${LIMITS.keyLength} characters` };
  }
  return key === '__proto__' ? { code: 'invalid', message: 'a key named __proto__' } : undefined;
}

function tooLong(): Refusal {
  return { code: 'too_large', message: `a string longer than ${LIMITS.stringLength} characters` };
}
