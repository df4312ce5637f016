import { Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { LIMITS } from '../../core/events.js';
import { LAST_TIME_MS, UUID } from './shapes.js';

/** UUIDv7 whose last 16 bits are free for the event's index. */
const ROW_ID = '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{8}0000$';
const shortText = Type.String({ minLength: 1, maxLength: 128 });
const finite = Type.Number({ minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE });

/** What must hold for the request as a whole; anything else is 400. Fields it does not name are kept. */
export const EnvelopeSchema = Type.Object({
  site: Type.String({ minLength: 1, maxLength: 64 }),
  sdk: Type.String({ minLength: 1, maxLength: 32 }),
  program: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  visitor: Type.String({ pattern: UUID }),
  user: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  zone: Type.Number({ minimum: -1440, maximum: 1440 }),
  clock: Type.Tuple([Type.Number({ minimum: 0, maximum: LAST_TIME_MS }), finite]),
  origin: Type.String({ maxLength: 128 }),
  // Without additionalProperties a key that the pattern does not match would have a value nobody looks at.
  dropped: Type.Record(
    Type.String({ pattern: '^[a-z][a-z0-9_]{0,31}$' }),
    Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    { maxProperties: 32, additionalProperties: false },
  ),
  rows: Type.Array(
    Type.Object({
      id: Type.String({ pattern: UUID }),
      events: Type.Array(Type.Unknown()),
    }),
    { maxItems: LIMITS.events },
  ),
});

/** What must hold for a row; if not, its events are rejected one by one. */
export const RowSchema = Type.Object({
  id: Type.String({ pattern: ROW_ID }),
  key: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  stream: shortText,
  page: shortText,
  session: shortText,
  monotonic: finite,
  origin: Type.String({ maxLength: 128 }),
});

/** What must hold for one event. */
export const EventSchema = Type.Object({
  name: Type.String({ minLength: 1, maxLength: LIMITS.nameLength }),
  // What is inside is looked at by `refusalInside`; a Record would match every key against a pattern.
  properties: Type.Optional(Type.Object({})),
  time: Type.Number({ minimum: 0, maximum: LAST_TIME_MS }),
  purposes: Type.Optional(
    Type.Array(
      Type.Union([
        Type.Literal('measure'),
        Type.Literal('personalise'),
        Type.Literal('survey'),
        Type.Literal('identify'),
      ]),
      { maxItems: 8 },
    ),
  ),
});

export const envelopeCheck = TypeCompiler.Compile(EnvelopeSchema);
export const rowCheck = TypeCompiler.Compile(RowSchema);
export const streamCheck = TypeCompiler.Compile(RowSchema.properties.stream);
export const eventCheck = TypeCompiler.Compile(EventSchema);
