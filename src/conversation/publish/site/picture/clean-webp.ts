import type { Cleaned } from './clean-picture.js';

/** Of the flags of an extended WebP, those of Exif and XMP. */
const HIDDEN = 0x0c;
const ANIMATED = 0x02;

/** The chunks of a still WebP that draw it (RFC 9649); no Exif, no XMP, nothing after its end. */
export function cleanWebp(file: Uint8Array): Cleaned | 'other' | 'broken' {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const mark = bytes.toString('latin1', 0, 12);
  if (!mark.startsWith('RIFF') || !mark.endsWith('WEBP')) return 'other';
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) return 'broken';
  const kept: Buffer[] = [];
  let size: { width: number; height: number } | undefined;
  let draws = false;
  for (let at = 12; at + 8 <= end;) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    if (next > end) return 'broken';
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'VP8X') {
      if (length < 10 || ((content[0] ?? 0) & ANIMATED) !== 0) return 'broken';
      const chunk = Buffer.from(bytes.subarray(at, next));
      chunk[8] = (chunk[8] ?? 0) & ~HIDDEN;
      kept.push(chunk);
      size = { width: content.readUIntLE(4, 3) + 1, height: content.readUIntLE(7, 3) + 1 };
    } else if (type === 'VP8 ' || type === 'VP8L') {
      const drawn = type === 'VP8 ' ? lossySize(content) : losslessSize(content);
      if (drawn === undefined || draws) return 'broken';
      size ??= drawn;
      draws = true;
      kept.push(bytes.subarray(at, next));
    } else if (type === 'ALPH' || type === 'ICCP') kept.push(bytes.subarray(at, next));
    at = next;
  }
  if (size === undefined || !draws) return 'broken';
  const body = Buffer.concat([Buffer.from('WEBP'), ...kept]);
  const head = Buffer.alloc(8);
  head.write('RIFF', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return { bytes: new Uint8Array(Buffer.concat([head, body])), ...size };
}

/** RFC 6386, 9.1: a key frame begins with its start code and two sides of 14 bits. */
function lossySize(content: Buffer): { width: number; height: number } | undefined {
  if (content.length < 10 || content.toString('hex', 3, 6) !== '9d012a') return undefined;
  return { width: content.readUInt16LE(6) & 0x3fff, height: content.readUInt16LE(8) & 0x3fff };
}

/** RFC 9649, 3.4: two sides of 14 bits, less one, after a byte of signature. */
function losslessSize(content: Buffer): { width: number; height: number } | undefined {
  if (content.length < 5 || content[0] !== 0x2f) return undefined;
  const bits = content.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
