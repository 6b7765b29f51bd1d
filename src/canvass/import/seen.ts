/** Which ids came already; 8 bytes for each, for files of millions of rows. */
export type Seen = {
  /** Whether the id is new. */
  add(id: string): boolean;
  has(id: string): boolean;
};

/**
 * Makes a set of ids that keeps 64 bits of each: of a million different ids, two are taken for one with a
 * chance of one in forty million.
 */
export function createSeen(capacity = 4_096): Seen {
  let slots = new Uint32Array(capacity * 2);
  let used = 0;

  function place(table: Uint32Array, high: number, low: number, isKept = true): boolean {
    const count = table.length / 2;
    for (let at = low % count; ; at = (at + 1) % count) {
      const [one = 0, other = 0] = [table[at * 2], table[at * 2 + 1]];
      if (one === high && other === low) return false;
      if (one === 0 && other === 0) {
        if (isKept) [table[at * 2], table[at * 2 + 1]] = [high, low];
        return true;
      }
    }
  }

  function grow(): void {
    const larger = new Uint32Array(slots.length * 2);
    for (let at = 0; at < slots.length; at += 2) {
      const [high = 0, low = 0] = [slots[at], slots[at + 1]];
      if (high !== 0 || low !== 0) place(larger, high, low);
    }
    slots = larger;
  }

  return {
    add(id) {
      const [high, low] = hash(id);
      const isNew = place(slots, high, low);
      if (isNew) used += 1;
      if (used > slots.length / 4) grow();
      return isNew;
    },
    has: (id) => !place(slots, ...hash(id), false),
  };
}

/** Two mixed 32-bit hashes (FNV-1a with two bases, then murmur's finish); never both 0. */
function hash(text: string): readonly [number, number] {
  let [one, other] = [0x811c9dc5, 0x1234567];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x85ebca6b);
    other = (other << 13) | (other >>> 19);
  }
  return [finish(one ^ text.length), finish(other) || 1];
}

function finish(hashed: number): number {
  let mixed = hashed ^ (hashed >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
