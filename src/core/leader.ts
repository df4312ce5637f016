import { behaviourAtom } from './atoms.js';
import type { World } from './changedWorld.js';
import type { Behaviour } from './conditions.js';
import type { Json } from './events.js';
import { MORE_MEASURES } from './moreMeasures.js';
import { withPublic } from './publicFacts.js';
import type { AtomSet, Rules } from './rules.js';

type AskedIn = Pick<World, 'past' | 'occasion' | 'facts'>;

/** Of a behaviour that measures `most`, which value it is that most events share; undefined if there is none. */
export function leaderOf(
  { list }: AtomSet,
  behaviour: Behaviour,
  { past, occasion, facts }: AskedIn,
): Json | undefined {
  const { key } = behaviourAtom(behaviour, MORE_MEASURES.most);
  const index = list.findIndex((atom) => atom.key == key);
  return index < 0 ? undefined : past.parts(index, occasion.now, facts.visit.session)[0];
}

/** The same of what a finding shows, if it is such a behaviour; there the value of a public fact stands beside its name. */
export function leaderShown({ atoms, program }: Rules, expected: Json, world: AskedIn): Json | undefined {
  const { measure, event } = Object(expected) as Partial<Behaviour>;
  if (measure !== 'most' || event === undefined) return undefined;
  const shown = JSON.parse(JSON.stringify(expected), (_, inner: { public?: unknown; value?: Json } | null) =>
    inner?.public !== undefined && inner.value !== undefined ? inner.value : inner,
  ) as Behaviour;
  return leaderOf(atoms, withPublic(shown, program.facts) as Behaviour, world);
}
