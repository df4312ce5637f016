/**
 * A row's id: UUIDv7 (RFC 9562, 5.7) of the wall clock in ms, with the last 16 bits zero, where `eventId` puts an
 * event's index. `random`: at least 10 bytes from a cryptographic source.
 */
export function uuidv7(nowMs: number, random: Uint8Array): string {
  const hex = (from: number, to: number) =>
    Array.from(random.subarray(from, to), (byte) => (byte | 256).toString(16).slice(1)).join('');
  const time = Math.max(0, Math.floor(nowMs)).toString(16).padStart(12, '0');
  const variant = ((random[2]! & 63) | 128).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(0, 2).slice(1)}-${variant}${hex(3, 4)}-${hex(4, 8)}0000`;
}

/** The wall clock in ms that a UUIDv7 carries; NaN if it is no UUIDv7. */
export function uuidTimeMs(id: string): number {
  return /^[\da-f]{8}-[\da-f]{4}-7/i.test(id) ? parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : NaN;
}
