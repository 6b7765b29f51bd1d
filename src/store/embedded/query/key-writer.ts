/** A growing buffer of bytes. */
export type KeyWriter = {
  clear(): void;
  byte(value: number): void;
  bytes(value: Uint8Array): void;
  /** Text as UTF-8 with its NULs escaped, closed so that no text is a prefix of another. */
  text(value: string): void;
  double(value: number): void;
  /** How much is written. */
  length(): number;
  /** Turns every byte from a position on into its complement, which turns the order round. */
  invertFrom(start: number): void;
  /** A copy of what was written, cut at a limit. */
  take(limit: number): Uint8Array;
};

/** Creates a writer, which serves any number of keys one after the other. */
export function createKeyWriter(): KeyWriter {
  let buffer = Buffer.allocUnsafe(64);
  let end = 0;
  const reserve = (count: number) => {
    if (end + count <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, end + count));
    buffer.copy(larger, 0, 0, end);
    buffer = larger;
  };
  const byte = (value: number) => {
    reserve(1);
    buffer[end++] = value;
  };
  return {
    clear() {
      end = 0;
    },
    byte,
    bytes(value) {
      reserve(value.length);
      buffer.set(value, end);
      end += value.length;
    },
    text(value) {
      // A NUL becomes 00 FF and the end 00 00, so "a" comes before "a\0" and both before "b".
      const escaped = value.includes('\0');
      reserve(value.length * 3 + 2);
      const start = end;
      end += buffer.write(value, end, 'utf8');
      if (escaped) escapeNuls(start);
      byte(0);
      byte(0);
    },
    double(value) {
      reserve(8);
      writeOrderedDouble(buffer, value, end);
      end += 8;
    },
    length: () => end,
    invertFrom(start) {
      for (let i = start; i < end; i++) buffer[i] = ~(buffer[i] ?? 0) & 0xff;
    },
    take(limit) {
      const taken = new Uint8Array(Math.min(end, limit));
      taken.set(buffer.subarray(0, taken.length));
      return taken;
    },
  };

  function escapeNuls(start: number): void {
    const raw = Buffer.from(buffer.subarray(start, end));
    end = start;
    for (const value of raw) {
      byte(value);
      if (value === 0) byte(0xff);
    }
  }
}

/** Writes 8 bytes that order as doubles do: sign bit flipped, negatives complemented. */
function writeOrderedDouble(buffer: Buffer, value: number, at: number): void {
  // NaN gets a pattern below -Infinity; -0 and 0 are one value.
  if (Number.isNaN(value)) {
    buffer.fill(0, at, at + 8);
    return;
  }
  buffer.writeDoubleBE(value === 0 ? 0 : value, at);
  const first = buffer[at] ?? 0;
  if (first < 0x80) buffer[at] = first | 0x80;
  else for (let i = at; i < at + 8; i++) buffer[i] = ~(buffer[i] ?? 0) & 0xff;
}
