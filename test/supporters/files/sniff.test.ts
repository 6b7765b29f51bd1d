import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { safeName } from '../../../src/supporters/files/safe-name.js';
import { sniff } from '../../../src/supporters/files/sniff.js';

const bytes = (latin1: string): Uint8Array => new Uint8Array(Buffer.from(latin1, 'latin1'));

describe('what a file is', () => {
  test.each([
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
    ['GIF89a', 'image/gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['\0\0\0\x18ftypheic', 'image/heic'],
    ['%PDF-1.7', 'application/pdf'],
    ['OggS\0', 'audio/ogg'],
    ['ID3\x03', 'audio/mpeg'],
    ['RIFF\0\0\0\0WAVEfmt ', 'audio/wav'],
    ['\0\0\0\x20ftypM4A ', 'audio/mp4'],
    ['\0\0\0\x20ftypisom', 'video/mp4'],
    ['\0\0\0\x14ftypqt  ', 'video/quicktime'],
    ['\x1a\x45\xdf\xa3', 'video/webm'],
  ])('%j is told by its bytes', (head, contentType) => {
    expect(sniff(bytes(`${head}…`))).toMatchObject({ contentType });
  });

  test.each([
    '<svg xmlns="http://www.w3.org/2000/svg">',
    '<!doctype html><script>',
    'PK\x03\x04word/',
    'MZ\x90\0',
    '#!/bin/sh',
    'RIFF\0\0\0\0AVI ',
    '\0\0\0\x18ftypevil',
    '',
    '\xff\xd8',
  ])('%j is nothing that is kept', (head) => {
    expect(sniff(bytes(head))).toBeUndefined();
  });
});

describe('the name a file is saved under', () => {
  test.each([
    ['rue des Saules.jpeg', 'rue-des-Saules.jpg'],
    ['../../etc/passwd', 'passwd.jpg'],
    ['C:\\Users\\Léa\\photo.png', 'photo.jpg'],
    ['été à la mer.HEIC', 'été-à-la-mer.jpg'],
    ['.bashrc', 'photo-1.jpg'],
    ['con.jpg', 'photo-1.jpg'],
    ['$(rm -rf ~).jpg', 'rm--rf.jpg'],
    ['', 'photo-1.jpg'],
    [undefined, 'photo-1.jpg'],
  ])('%j becomes %j', (given, expected) => {
    expect(safeName(given, 'jpg', 'photo-1')).toBe(expected);
  });

  test('is never a path, an option, hidden, or longer than a file system takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
        const name = safeName(given, 'jpg', 'photo-1');
        expect(name).toMatch(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.-]*\.jpg$/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      }),
    );
  });
});
