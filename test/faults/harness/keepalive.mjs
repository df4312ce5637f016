/** Our keepalive requests, told from others on the wire, while the collector takes its time. */
import { holdUntil } from './actions.mjs';
import { sleep } from './waiting.mjs';

const MARK = '?keepalive';
/** So that nothing of ours has come to an end when the next request begins. */
const LATE_MS = 1500;

/** In the page, before the SDK takes `fetch`: says on the wire which requests are keepalive. Beacons are refused. */
export function markKeepalive() {
  const { fetch } = globalThis;
  globalThis.fetch = (url, init) =>
    fetch(init?.keepalive && String(url).endsWith('/v1/batch') ? `${url}?keepalive` : url, init);
  navigator.sendBeacon = () => {
    sessionStorage.beacons = Number(sessionStorage.beacons ?? 0) + 1;
    return false;
  };
}

/** Bytes of our keepalive requests that have come, are not answered and not cut, at most: the browser's count, page or no page. */
export function weighKeepalive(proxy) {
  let inFlight = 0;
  let peak = 0;
  proxy.rule = ({ url, bytes }) => {
    const hold = holdUntil(sleep(LATE_MS));
    if (!url.endsWith(MARK)) return hold;
    return (exchange) => {
      inFlight += bytes;
      peak = Math.max(peak, inFlight);
      exchange.outgoing.once('close', () => (inFlight -= bytes));
      return hold(exchange);
    };
  };
  return { peak: () => peak };
}
