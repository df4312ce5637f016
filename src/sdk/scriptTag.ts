import { createClientOf } from './client.js';
import { commandFunction } from './commandFunction.js';
import { VERSION } from './version.js';

/** The deciding chunk's file beside this script; the build writes it in. */
declare const __ENGAGEMENT__: string;

// A module has no `currentScript`.
const script = (document.currentScript ??
  document.querySelector('script[data-site]')) as HTMLScriptElement | null;
const data: { [attribute: string]: string | undefined } = script?.dataset ?? {};
const { site = '', endpoint, global = 'kikubari' } = data;
const source = script?.src || location.href;

try {
  commandFunction(global, site, () =>
    createClientOf(
      // The other attributes are options as they are.
      { ...(data as object), site, endpoint: endpoint || new URL(source).origin },
      // eslint-disable-next-line no-restricted-syntax -- our own chunk, beside our own script; the build fills in its hashed name
      { sdk: VERSION, loadEngagement: () => import(new URL(__ENGAGEMENT__, source).href) },
    ),
  );
} catch {
  // The host page comes first: whatever it has done to us, it goes on without us.
}
