import { behaviourAtom } from './atoms.js';
import type { World } from './changedWorld.js';
import type { Condition } from './conditions.js';
import type { Json } from './events.js';
import { MORE_MEASURES } from './moreMeasures.js';
import { withPublic } from './publicFacts.js';
import type { Rules } from './rules.js';

/** What a finding shows of a public fact is its value beside its name. */
const withShown = (node: unknown) =>
  JSON.parse(JSON.stringify(node), (_, inner: { public?: unknown; value?: Json } | null) =>
    inner?.public !== undefined && inner.value !== undefined ? inner.value : inner,
  ) as Condition;

/** Of a behaviour that measures `most`: which value it is that most events share; undefined if there is none, or of other conditions. */
export function leaderOf(
  { atoms: { list }, program }: Rules,
  node: unknown,
  { past, occasion, facts }: Pick<World, 'past' | 'occasion' | 'facts'>,
): Json | undefined {
  if ((Object(node) as { measure?: unknown }).measure !== 'most') return undefined;
  const behaviour = withPublic(withShown(node), program.facts);
  if (!('event' in behaviour)) return undefined;
  const { key } = behaviourAtom(behaviour, MORE_MEASURES.most);
  const index = list.findIndex((atom) => atom.key == key);
  return index < 0 ? undefined : past.parts(index, occasion.now, facts.visit.session)[0];
}
