import { createClientOf } from './client.js';
import type { Client } from './client.js';
import type { ClientOptions } from './types.js';
import { VERSION } from './version.js';

/** A client for one site; several can live on one page. Browser only: call it where there is a `document`. */
export function createClient(options: ClientOptions): Client {
  const { replay: _replay, missed: _missed, ...client } = createClientOf(options, {
    sdk: VERSION,
    chunks: {
      loadEngagement: () => import('./engagement.js'),
      loadMessages: () => import('./messages/mount.js'),
      loadSurvey: () => import('./messages/survey.js') as never,
      loadExplain: () => import('./explainCampaign.js'),
      loadDevice: () => import('./device.js'),
    },
  });
  return client;
}
