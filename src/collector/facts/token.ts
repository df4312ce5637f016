import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far ahead a token may expire: who has one can read one user's facts for so long. */
export const LONGEST_SECONDS = 24 * 3600;
/** Clocks of two servers differ. */
const SKEW_SECONDS = 60;
const MAX_LENGTH = 2048;

/** What a token must say (RFC 7519): for which site, about which user, until when (seconds since 1970). */
interface Claims {
  aud: unknown;
  sub: unknown;
  exp: unknown;
}

/**
 * The user a token speaks of; undefined for whatever is not a JWT signed by HMAC-SHA256 with one of the secrets, for this site and
 * not expired. The algorithm is ours to say, never the token's: a header that names another, or asks for anything more, is refused.
 */
export function userOfToken(
  token: unknown,
  site: string,
  secrets: readonly string[],
  nowMs: number,
): string | undefined {
  if (typeof token !== 'string' || token.length > MAX_LENGTH) return undefined;
  const [, signed, header, payload, signature] = /^(([\w-]+)\.([\w-]+))\.([\w-]{43})$/.exec(token) ?? [];
  if (!signed || !header || !payload || !signature) return undefined;
  // All of them: which one it was shall not show in the time it takes.
  const matches = secrets.map((secret) => isSignature(signature, signed, secret));
  if (!matches.includes(true)) return undefined;
  const { alg, crit } = parsePart(header);
  if (alg !== 'HS256' || crit !== undefined) return undefined;
  return userOfClaims(parsePart(payload) as unknown as Claims, site, nowMs / 1000);
}

function isSignature(signature: string, signed: string, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(signed).digest();
  return timingSafeEqual(Buffer.from(signature, 'base64url'), expected);
}

function userOfClaims({ aud, sub, exp }: Claims, site: string, now: number): string | undefined {
  if (aud !== site || typeof sub !== 'string' || sub === '' || sub.length > 255) return undefined;
  if (typeof exp !== 'number' || !(exp > now) || exp > now + LONGEST_SECONDS + SKEW_SECONDS) return undefined;
  return sub;
}

/** An object of a token's part; empty if it is none. */
function parsePart(part: string): { [name: string]: unknown } {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null ? (value as { [name: string]: unknown }) : {};
  } catch {
    return {};
  }
}
