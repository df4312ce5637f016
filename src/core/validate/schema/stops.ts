/** What stops campaigns, and that they were stopped (`program.ts`), as JSON Schema. */
import type { Stop, Stopped } from '../../program.js';
import { SHAPES, STOPS } from '../vocabulary.js';
import { instant } from './conditions.js';
import { counting, flag, record, shaped, word } from './parts.js';

export const stop = record<Stop>(
  'Stop',
  'When the collector stops the campaign for everybody by itself: whichever comes first.',
  {
    goals: counting('So many exposed persons, of all arms, reached the goal'),
    responses: counting('So many persons answered a question of it'),
    harm: flag(
      "It is proven that a variant's persons reach the goal less often than those of the control group",
    ),
  },
  [],
  { minProperties: 1 },
);

/** Only programs have it. */
export const stopped = record<Stopped>(
  'Stopped',
  'Why nobody sees it any more.',
  {
    by: word(STOPS, 'What stopped it'),
    limit: counting('The number that was reached'),
    variant: shaped(SHAPES.id, 'The variant that does harm'),
    at: instant('When'),
  },
  ['by', 'at'],
);

/** Without a goal these say nothing. */
export const toldByGoal = { properties: { goals: false, harm: { const: false } } };
