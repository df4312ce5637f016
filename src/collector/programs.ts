import { compileProgram } from '../core/compile.js';
import type { Program } from '../core/program.js';
import { etagOf } from './http/etag.js';
import type { FactSecret } from './store/factSecrets.js';
import type { Site } from './store/settings.js';
import { mayBeStopped } from './store/stops.js';
import type { Store } from './store/storeClient.js';
import type { LoadedSite } from './store/storeMethods.js';

/** A site's compiled program, ready to be sent. */
export interface PublishedProgram {
  site: Site;
  version: number;
  json: string;
  etag: string;
  /** Whether that campaign of it gives codes of that pool. */
  gives(campaign: string, pool: string): boolean;
  /** Whether the collector has one of its campaigns to watch: it is to be stopped once something is reached. */
  mayBeStopped: boolean;
  /** Tokens for personal facts are signed with one of them. Here, so that a forged one costs the store nothing. */
  secrets: FactSecret[];
}

/** Compiled programs of all sites, held in memory so that a slow store never delays a page. */
export interface Programs {
  of(siteKey: string): PublishedProgram | undefined;
  sites(): Site[];
  /** Compiles again after a change. */
  reload(): Promise<void>;
}

export async function createPrograms(store: Store): Promise<Programs> {
  let bySite = new Map<string, PublishedProgram>();
  const programs: Programs = {
    of: (siteKey) => bySite.get(siteKey),
    sites: () => [...bySite.values()].map(({ site }) => site),
    async reload() {
      const loaded = await store.loadSites();
      bySite = new Map(loaded.map((documents) => [documents.site.key, published(documents)]));
    },
  };
  await programs.reload();
  return programs;
}

function published({ site, campaigns, segments, secrets, ...shared }: LoadedSite): PublishedProgram {
  const program = compileProgram(site.key, site.program, campaigns, segments, shared);
  const json = JSON.stringify(program);
  const pools = new Set(program.campaigns.flatMap(poolsOf));
  return {
    site,
    version: program.version,
    json,
    etag: etagOf(json),
    gives: (campaign, pool) => pools.has(`${campaign} ${pool}`),
    mayBeStopped: campaigns.some(mayBeStopped),
    secrets,
  };
}

/** Neither ids of campaigns nor those of pools have a space. */
function poolsOf({ id, variants }: Program['campaigns'][number]): string[] {
  const blocks = variants.flatMap(({ content }) => content.cards.flatMap((card) => card.blocks));
  return blocks.flatMap((block) =>
    block.block === 'coupon' && 'pool' in block ? `${id} ${block.pool}` : [],
  );
}
