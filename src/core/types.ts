import { allowKeys, UnknownOperator } from './unknownOperator.js';

/**
 * What an object may say: by the types of a value the keys that may have one, between spaces. Of types each has a letter: `+`, `0` and `-`
 * are numbers above, at and below zero, `s` a text, `b` true or false, `[` a list, `o` an object, `u` what is left out; `*` is all of them.
 */
export interface Says {
  [types: string]: string;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return '[';
  // What has no end is no number, and null no object.
  if (Number.isFinite(value)) return (value as number) > 0 ? '+' : value ? '-' : '0';
  return value === null ? '?' : (typeof value)[0]!;
}

/** Throws `UnknownOperator`, which names `what`, for a value of none of the types. */
export function checkType(value: unknown, types: string, what: string): void {
  if (types != '*' && !types.includes(typeOf(value))) throw new UnknownOperator(what);
}

/** Throws `UnknownOperator` for what is no object, has other keys, or other values: half-understood things are not guessed at. */
export function checkSays(object: unknown, says: Says): void {
  if (typeOf(object) != 'o') throw new UnknownOperator(JSON.stringify(object));
  allowKeys(object as object, Object.values(says).join(' '));
  for (const [types, keys] of Object.entries(says))
    for (const key of keys.split(' ')) checkType((object as { [key: string]: unknown })[key], types, key);
}
