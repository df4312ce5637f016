/** True if an element may point there, judged after the browser's own parsing (S3): https, or the page's own origin. */
function isHttpsOrSameOrigin({ protocol, origin }: URL): boolean {
  return protocol == 'https:' || (protocol == 'http:' && origin == location.origin);
}

/** Two slashes, in all that a browser takes for them: another host without its scheme, which authors may not write either. */
const OF_ANY_SCHEME = /^[\0- ]*[\\/]\s*[\\/]/;

function parse(address: unknown): URL | undefined {
  const text = String(address);
  try {
    return OF_ANY_SCHEME.test(text) ? undefined : new URL(text, document.baseURI);
  } catch {
    return undefined;
  }
}

/** The address a link may have (https:, mailto:, tel: or same origin), else undefined: the button is then left out. */
export function safeLink(address: unknown): string | undefined {
  const url = parse(address);
  return url && (/^(mailto|tel):$/.test(url.protocol) || isHttpsOrSameOrigin(url)) ? url.href : undefined;
}

/** The address an image may have (https: or same origin), else undefined. */
export function safeImage(address: unknown): string | undefined {
  const url = parse(address);
  return url && isHttpsOrSameOrigin(url) ? url.href : undefined;
}
