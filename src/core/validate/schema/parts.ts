/** What schemas are put together from. `SchemaOf` ties each object to its type: a key more or less does not compile. */
import { SHAPES } from '../vocabulary.js';

export interface Schema {
  [keyword: string]: unknown;
}

/** The schema of every key of a type. */
export type Properties<Type> = { [Key in keyof Required<Type>]: Schema };

/** The definitions a schema refers to by name. */
export interface Definitions {
  [name: string]: Schema;
}

export const refer = (name: string, description?: string): Schema => ({
  $ref: `#/$defs/${name}`,
  ...(description && { description }),
});

/** An object with these keys and no others. */
export const record = <Type>(
  title: string,
  description: string,
  properties: Properties<Type>,
  required: (keyof Type & string)[],
  more: Schema = {},
): Schema => ({
  title,
  description,
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  ...more,
});

export const listOf = (items: Schema, description: string, more: Schema = {}): Schema => ({
  description,
  type: 'array',
  items,
  ...more,
});

export const word = (words: readonly string[], description: string, more: Schema = {}): Schema => ({
  description,
  enum: words,
  ...more,
});

export const fixed = (value: string, description: string): Schema => ({ description, const: value });

export const flag = (description: string): Schema => ({ description, type: 'boolean' });

export const number = (
  [minimum, maximum]: readonly [low: number, high: number],
  description: string,
  more: Schema = {},
): Schema => ({ description, type: 'number', minimum, maximum, ...more });

export const counting = (description: string, maximum?: number): Schema => ({
  description,
  type: 'integer',
  minimum: 1,
  ...(maximum !== undefined && { maximum }),
});

/** A text in which the expression is found. */
export const shaped = (expression: RegExp, description: string, more: Schema = {}): Schema => ({
  description,
  type: 'string',
  pattern: expression.source,
  ...more,
});

export const anyText = (description: string): Schema => ({ description, type: 'string' });
/** Of a value; a step that is never read (S6) is none. */
export const path = (description: string): Schema =>
  text(description, { not: { pattern: SHAPES.forbiddenPath.source } });
export const text = (description: string, more: Schema = {}): Schema =>
  shaped(SHAPES.text, description, more);
