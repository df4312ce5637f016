/**
 * A row's id: UUIDv7 (RFC 9562, 5.7) of the wall clock in ms, with the last 16 bits zero, where `eventId` puts an
 * event's index. `random`: at least 10 bytes from a cryptographic source.
 */
export function uuidv7(nowMs: number, random: Uint8Array): string {
  let hex = '';
  for (const byte of random) hex += (byte | 256).toString(16).slice(1);
  const time = Math.floor(nowMs).toString(16).padStart(12, '0');
  // The two bits after the RFC's variant `10` come from the last byte, which nothing else uses.
  const variant = '89ab'[random[9]! & 3];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(3, 6)}-${hex.slice(6, 14)}0000`;
}

/** The wall clock in ms that a UUIDv7 carries; NaN if the text does not start with hexadecimal digits. */
export function uuidTimeMs(id: string): number {
  // Without its first hyphen the text starts with the 48 bits of the time, and parseInt stops at the next.
  return parseInt(id.replace('-', ''), 16);
}
