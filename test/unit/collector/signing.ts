/** Makes tokens as a site's server does. */
import { createHmac } from 'node:crypto';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT over these claims; `header` and `hash` for those that ought not to be accepted. */
export function sign(
  claims: object,
  secret: string,
  header: object = { alg: 'HS256', typ: 'JWT' },
  hash = 'sha256',
): string {
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
}

/** Claims of one user for an hour. */
export const claimsOf = (sub: string, aud = 'shop', seconds = 3600) => ({
  sub,
  aud,
  exp: Math.floor(Date.now() / 1000) + seconds,
});
