import { createClientOf } from './client.js';
import { commandFunction } from './commandFunction.js';
import { VERSION } from './version.js';

declare const __CHUNKS__: { engagement: string; messages: string; survey: string; explain: string; device: string };

const script = document.currentScript as HTMLScriptElement | null;
const { site = '', endpoint, consent, global = 'kikubari' } = script?.dataset ?? {};
const source = script?.src || location.href;

const load = (file: string) => import(new URL(file, source).href);

commandFunction(
  global,
  site,
  (): ReturnType<typeof createClientOf> =>
    createClientOf(
      {
        site,
        endpoint: endpoint || new URL(source).origin,
        consent: consent === 'required' ? 'required' : undefined,
      },
      {
        sdk: VERSION,
        chunks: {
          loadEngagement: () => load(__CHUNKS__.engagement),
          loadMessages: () => load(__CHUNKS__.messages),
          loadSurvey: () => load(__CHUNKS__.survey),
          loadExplain: () => load(__CHUNKS__.explain),
          loadDevice: () => load(__CHUNKS__.device),
        },
      },
    ),
);
