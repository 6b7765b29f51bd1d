import { readOrientation, writeOrientation } from './orientation.js';
import type { Cleaned } from './clean-picture.js';

const [SOI, EOI, SOS] = [0xd8, 0xd9, 0xda];

/**
 * The segments of a JPEG that draw it (ITU-T T.81, annex B): no Exif but which way is up, no notes, nothing
 * after its end.
 */
export function cleanJpeg(file: Uint8Array): Cleaned | 'other' | 'broken' {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return 'other';
  const kept: Uint8Array[] = [];
  let size: { width: number; height: number } | undefined;
  let orientation = 1;
  let at = 2;
  for (;;) {
    // Any number of fill bytes may stand before a marker.
    if (bytes[at] !== 0xff) return 'broken';
    while (bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (marker === undefined) return 'broken';
    if (marker === EOI) break;
    const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return 'broken';
    const content = bytes.subarray(at + 4, end);
    if (isFrame(marker)) {
      if (content.length < 6) return 'broken';
      size = { height: content.readUInt16BE(1), width: content.readUInt16BE(3) };
    }
    if (marker === 0xe1) orientation = readOrientation(content) ?? orientation;
    const next = marker === SOS ? endOfScan(bytes, end) : end;
    if (next === undefined) return 'broken';
    if (draws(marker, content)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  if (size === undefined || !kept.some((segment) => segment[1] === SOS)) return 'broken';
  const upright = orientation === 1 ? [] : [writeOrientation(orientation)];
  const parts = [Buffer.of(0xff, SOI), ...upright, ...kept, Buffer.of(0xff, EOI)];
  return { bytes: new Uint8Array(Buffer.concat(parts)), ...size };
}

/** Start of a frame: C0 to CF but the tables C4 and CC, and C8, which is nothing yet. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Of what programs add, only what changes colours is kept: JFIF, colour profiles and Adobe's transform. */
function draws(marker: number, content: Buffer): boolean {
  if (marker === 0xfe) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  const name = content.toString('latin1', 0, 12);
  return (
    (marker === 0xe0 && name.startsWith('JFIF\0')) ||
    (marker === 0xe2 && name === 'ICC_PROFILE\0') ||
    (marker === 0xee && name.startsWith('Adobe'))
  );
}

/** Where the coded data of a scan ends: at the first marker that is no restart and no stuffed byte. */
function endOfScan(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return undefined;
    const isData = next === 0 || (next >= 0xd0 && next <= 0xd7) || next === 0xff;
    if (!isData) return at;
  }
  return undefined;
}
