/** A site's program with as many campaigns as are asked for: the examples again and again, none of them due on a first page. */
import { readFileSync } from 'node:fs';

const FILES = ['welcome-banner', 'cart-saver', 'nps-after-purchase'];

export function programOf(count) {
  const documents = FILES.map((name) =>
    JSON.parse(readFileSync(new URL(`../../examples/campaigns/${name}.json`, import.meta.url), 'utf8')),
  );
  const campaigns = Array.from({ length: count }, (_, index) => {
    const [campaign] = documents[index % documents.length].campaigns;
    return { ...campaign, id: `${campaign.id}-${index}`, status: 'live', version: 1 };
  });
  const segments = Object.assign({}, ...documents.map((document) => document.segments));
  return { schema: 1, site: 'shop', version: 1, segments, campaigns };
}
