/** Writes a positive integer of 32 bits so that byte order is number order, before `rest`. */
export function prefixed(id: number, ...rest: Uint8Array[]): Buffer {
  let length = 4;
  for (const part of rest) length += part.length;
  const key = Buffer.allocUnsafe(length);
  key.writeUInt32BE(id, 0);
  let at = 4;
  for (const part of rest) {
    key.set(part, at);
    at += part.length;
  }
  return key;
}

/** A string with one character a byte, to use bytes as the key of a Map. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** Whether two byte strings are the same, both missing included. */
export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Buffer.compare(a, b) === 0;
}
