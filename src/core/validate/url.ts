/** Control characters and spaces, which browsers drop or trim before they read a scheme (WHATWG URL 4.4). */
// eslint-disable-next-line no-control-regex -- these are what is looked for
export const INVISIBLE = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202f\u2060\u3000\ufeff]/;

/**
 * Why a link must not be published, or null (S3): https:, mailto:, tel: and addresses relative to the site are allowed.
 * Anything a browser might read as another host or scheme is refused.
 */
export function urlProblem(href: unknown): string | null {
  if (typeof href !== 'string' || href === '')
    return 'is not an address; use https://… or a path such as "/cart"';
  if (INVISIBLE.test(href))
    return 'contains spaces or invisible characters; remove them, or write a space as %20';
  if (href.includes('\\')) return 'contains a backslash, which browsers read as "/"; use "/"';
  if (href.startsWith('//')) return 'leads to another host; write https://… if that is meant';
  const [scheme] = /^[^/?#]*?:/.exec(href) ?? [];
  if (!scheme) return null;
  if (/^https:$/i.test(scheme))
    return /^https:\/\/[^/?#@]+(?:[/?#]|$)/i.test(href)
      ? null
      : 'is not a whole address; write https://host/path';
  if (/^(mailto|tel):$/i.test(scheme)) return null;
  return 'has a scheme that is not allowed; use https:, mailto:, tel: or a path of the site';
}
