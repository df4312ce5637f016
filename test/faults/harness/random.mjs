/** Chance that can be repeated: everything a run leaves to chance comes from its seed. */

/** Numbers from a seed (mulberry32): `next` in [0, 1), `between` whole and inclusive. */
export function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
  };
}

/** The seed of one run of one row, so that a single run can be repeated without those before it. */
export function seedOf(seed, row, run) {
  let hash = seed >>> 0;
  for (const character of `${row}#${run}`) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619) >>> 0;
  return hash;
}
