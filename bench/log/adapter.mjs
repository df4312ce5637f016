/** The SDK in the peers' harness: an entry as its `adapters` have them. `bench/log/peers.mjs` writes the place of the build into the copy. */
export default {
  name: 'kikubari',
  label: 'kikubari',
  pkg: null,
  imports: `import { createClient } from 'BUILT_SDK'`,
  init: `S.c = createClient({ site: 'shop', endpoint: E })`,
  track: `S.c.track(n, p)`,
  flush: `S.c.flush()`,
};
