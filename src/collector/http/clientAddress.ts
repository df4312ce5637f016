import { isIP } from 'node:net';

/** The address cut to /24 (IPv4) or /48 (IPv6): what may be logged, counted by and stored (S16). */
export function truncateAddress(address: string): string {
  const ordinary = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(address);
  if (ordinary && isIP(address) === 4) return `${ordinary[1]}.0`;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIP(plain) === 4) return plain.split('.').slice(0, 3).join('.') + '.0';
  if (isIP(plain) !== 6) return 'unknown';
  return `${expand(plain).slice(0, 3).join(':')}::`;
}

/** The eight groups of an IPv6 address. */
function expand(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...after].map((group) =>
    group.toLowerCase().replace(/^0+(?=.)/, ''),
  );
}
