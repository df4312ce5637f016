import { LIMITS, type RejectCode } from '../../core/events.js';
import { eventCheck } from './schema.js';

export interface Refusal {
  code: RejectCode;
  message: string;
}

/** Checks one event's shape and limits; undefined when it is good. */
export function refusalOf(event: unknown): Refusal | undefined {
  const shape = eventCheck.Errors(event).First();
  if (shape) return { code: 'invalid', message: `${shape.path || '/'}: ${shape.message}` };
  if (Buffer.byteLength(JSON.stringify(event)) > LIMITS.eventBytes) {
    return { code: 'too_large', message: `more than ${LIMITS.eventBytes} bytes` };
  }
  const count = { properties: 0 };
  return refusalInside(event, 0, count);
}

/** Depth counts containers below the event: its properties are 1. */
function refusalInside(value: unknown, depth: number, count: { properties: number }): Refusal | undefined {
  if (typeof value === 'string') return value.length > LIMITS.stringLength ? tooLong() : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > LIMITS.depth) return { code: 'too_large', message: `nested deeper than ${LIMITS.depth}` };
  if (Array.isArray(value)) return firstRefusal(value, depth, count);
  const keys = Object.keys(value);
  if (depth > 0) count.properties += keys.length;
  if (count.properties > LIMITS.properties) {
    return { code: 'too_large', message: `more than ${LIMITS.properties} properties` };
  }
  for (const key of keys) {
    if (key.length > LIMITS.keyLength) {
      return { code: 'too_large', message: `a key longer than ${LIMITS.keyLength} characters` };
    }
    if (key === '__proto__') return { code: 'invalid', message: 'a key named __proto__' };
  }
  return firstRefusal(Object.values(value), depth, count);
}

function firstRefusal(values: unknown[], depth: number, count: { properties: number }): Refusal | undefined {
  for (const value of values) {
    const refusal = refusalInside(value, depth + 1, count);
    if (refusal) return refusal;
  }
  return undefined;
}

function tooLong(): Refusal {
  return { code: 'too_large', message: `a string longer than ${LIMITS.stringLength} characters` };
}
