import { crc32, deflateSync } from 'node:zlib';

/** A PNG of one colour, with whatever chunks besides. */
export function makePng(
  width: number,
  height: number,
  more: readonly (readonly [type: string, content: string])[] = [],
): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits of grey.
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 0);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    ...more.map(([type, content]) => chunk(type, Buffer.from(content, 'latin1'))),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(content.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc32(named), named.length + 4);
  return out;
}

/** The structure of a JPEG: segments, a scan, its end. Nothing that a decoder would draw. */
export function makeJpeg(width: number, height: number, segments: readonly Buffer[] = []): Buffer {
  const frame = Buffer.from('ffc0000b08000000000101110000', 'hex').subarray(0, 13);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    ...segments,
    frame,
    Buffer.from('ffda0008010100003f00', 'hex'),
    // A stuffed byte and a restart are data of the scan.
    Buffer.from('12ff003456ffd07889', 'hex'),
    Buffer.from('ffd9', 'hex'),
  ]);
}

export function segment(marker: number, content: string): Buffer {
  const body = Buffer.from(content, 'latin1');
  const head = Buffer.of(0xff, marker, 0, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** The structure of a WebP, without loss and extended, with whatever chunks besides. */
export function makeWebp(
  width: number,
  height: number,
  more: readonly (readonly [type: string, content: string])[] = [],
): Buffer {
  const extended = Buffer.alloc(10);
  extended[0] = 0x0c;
  extended.writeUIntLE(width - 1, 4, 3);
  extended.writeUIntLE(height - 1, 7, 3);
  const drawn = Buffer.alloc(6);
  drawn[0] = 0x2f;
  drawn.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 1);
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    riffChunk('VP8X', extended),
    riffChunk('VP8L', drawn),
    ...more.map(([type, content]) => riffChunk(type, Buffer.from(content, 'latin1'))),
  ]);
  const head = Buffer.alloc(8);
  head.write('RIFF', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

function riffChunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}
