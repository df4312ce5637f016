/** The SDK as an npm user has it. */
import { createClient } from 'kikubari';

export function start(endpoint) {
  const client = createClient({ site: 'shop', endpoint });
  return {
    track: client.track,
    /** When what this call recorded is on disk. */
    durable: (result) => result,
    flush: client.flush,
  };
}
