const SLOTS = 4096;
const LONGEST = 40;
const names: (string | undefined)[] = Array.from({ length: SLOTS });

/**
 * Reads a field name between two positions. The same names come in every document, so they are kept:
 * a kept string is found by its bytes without making another.
 */
export function readName(buffer: Buffer, start: number, end: number): string {
  const length = end - start;
  if (length > LONGEST) return buffer.toString('utf8', start, end);
  let hash = length;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (buffer[i] ?? 0)) | 0;
  const slot = hash & (SLOTS - 1);
  const kept = names[slot];
  if (kept !== undefined && isWritten(kept, buffer, start, length)) return kept;
  const name = buffer.toString('utf8', start, end);
  // Only of ASCII names is the text comparable with the bytes one by one.
  if (name.length === length) names[slot] = name;
  return name;
}

function isWritten(name: string, buffer: Buffer, start: number, length: number): boolean {
  if (name.length !== length) return false;
  for (let i = 0; i < length; i++) if (name.charCodeAt(i) !== buffer[start + i]) return false;
  return true;
}
