import { crc32 } from 'node:zlib';
import type { Cleaned } from './clean-picture.js';

const SIGNATURE = '89504e470d0a1a0a';
/** Chunks that draw a still picture (PNG 1.2); no text, time, Exif or animation. */
const DRAWING = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP']);

/** The chunks of a PNG that draw it, each with the sum that it says; nothing after its end. */
export function cleanPng(file: Uint8Array): Cleaned | 'other' | 'broken' {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.toString('hex', 0, 8) !== SIGNATURE) return 'other';
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  let size: { width: number; height: number } | undefined;
  let hasData = false;
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return 'broken';
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return 'broken';
    if (type === 'IHDR' && end - at === 25) {
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    }
    if (size === undefined) return 'broken';
    hasData ||= type === 'IDAT';
    if (DRAWING.has(type)) kept.push(bytes.subarray(at, end));
    at = end;
    if (type !== 'IEND') continue;
    return hasData ? { bytes: new Uint8Array(Buffer.concat(kept)), ...size } : 'broken';
  }
  return 'broken';
}
