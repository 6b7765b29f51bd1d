import { describe, expect, test } from '@jest/globals';
import { assert, constantFrom, nat, property, uint8Array } from 'fast-check';
import {
  cleanPicture,
  MOST_PICTURE_BYTES,
  pictureType,
  type SitePicture,
} from '../../../../src/conversation/publish/site/picture/clean-picture.js';
import { makeJpeg, makePng, makeWebp, segment } from './pictures.js';

function clean(file: Uint8Array): SitePicture {
  const found = cleanPicture(file);
  if ('fault' in found) throw new Error(found.fault);
  return found;
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const EXIF_TURNED = `Exif\0\0MM\0*\0\0\0\b\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88%\0\x04\0\0\0\x01\0\0\0\0SECRET-GPS`;

describe('a picture for the page', () => {
  test('keeps what draws it, and nothing that is hidden in it', () => {
    const png = clean(
      makePng(300, 200, [
        ['tEXt', 'Author\0SECRET'],
        ['gAMA', '\0\0\xb1\x8f'],
      ]),
    );
    expect([png.width, png.height]).toEqual([300, 200]);
    expect(textOf(png.bytes)).toContain('gAMA');
    expect(textOf(png.bytes)).not.toMatch(/SECRET|tEXt/);

    const jpeg = clean(
      makeJpeg(640, 480, [
        segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'),
        segment(0xe1, EXIF_TURNED),
        segment(0xed, 'Photoshop SECRET'),
        segment(0xe2, 'ICC_PROFILE\0\x01\x01colours'),
        segment(0xfe, 'SECRET note'),
      ]),
    );
    expect([jpeg.width, jpeg.height]).toEqual([640, 480]);
    expect(textOf(jpeg.bytes)).toContain('ICC_PROFILE');
    expect(textOf(jpeg.bytes)).toContain('JFIF');
    expect(textOf(jpeg.bytes)).not.toContain('SECRET');
    // It was taken on its side, and stays so.
    expect(textOf(jpeg.bytes)).toContain('\x01\x12\0\x03\0\0\0\x01\0\x06');
    expect(clean(jpeg.bytes).name).toBe(jpeg.name);

    const webp = clean(
      makeWebp(500, 250, [
        ['EXIF', 'SECRET'],
        ['XMP ', 'SECRET!'],
      ]),
    );
    expect([webp.width, webp.height]).toEqual([500, 250]);
    expect(textOf(webp.bytes)).not.toContain('SECRET');
    expect(webp.bytes[20]).toBe(0);
    expect(clean(webp.bytes).name).toBe(webp.name);
  });

  test('drops what is written after its end', () => {
    for (const file of [makePng(200, 200), makeJpeg(200, 200), makeWebp(200, 200)]) {
      const more = Buffer.concat([file, Buffer.from('<script>SECRET</script>')]);
      expect(clean(more).name).toBe(clean(file).name);
    }
  });

  test('is named by what it shows, with the ending of what it is', () => {
    const names = [makePng(200, 200), makeJpeg(200, 200), makeWebp(200, 200)].map(
      (file) => clean(file).name,
    );
    expect(names.map(pictureType)).toEqual(['image/png', 'image/jpeg', 'image/webp']);
    expect(clean(makePng(201, 200)).name).not.toBe(names[0]);
    expect(pictureType('../../secret.png')).toBeUndefined();
    expect(pictureType('portrait.svg')).toBeUndefined();
  });

  test('is refused where it is no picture, damaged, or of no use', () => {
    const fault = (file: Uint8Array) => cleanPicture(file);
    expect(fault(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual({
      fault: 'unknown_kind',
    });
    expect(fault(Buffer.from('GIF89a'))).toEqual({ fault: 'unknown_kind' });
    expect(fault(makePng(40, 400))).toEqual({ fault: 'too_small' });
    expect(fault(makePng(5_001, 120))).toEqual({ fault: 'too_large' });
    expect(fault(Buffer.alloc(MOST_PICTURE_BYTES + 1))).toEqual({ fault: 'too_heavy' });
    const damaged = makePng(200, 200);
    damaged[40] = (damaged[40] ?? 0) ^ 1;
    expect(fault(damaged)).toEqual({ fault: 'broken' });
  });

  test('never throws, and gives nothing but a sound picture, whatever is sent', () => {
    const whole = [makePng(200, 200), makeJpeg(200, 200), makeWebp(200, 200)];
    assert(
      property(
        constantFrom(...whole),
        nat(400),
        uint8Array({ maxLength: 12 }),
        (file, at, noise) => {
          const bent = Buffer.from(file);
          bent.set(noise, Math.min(at, bent.length - noise.length));
          for (const sent of [bent, bent.subarray(0, at), Buffer.from(noise)]) {
            const found = cleanPicture(sent);
            if (!('fault' in found)) expect(clean(found.bytes).name).toBe(found.name);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
