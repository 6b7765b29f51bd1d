import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { facetsOf } from '../../../src/outreach/posts/facets.js';

test('links and hashtags are told in bytes', () => {
  expect(facetsOf('Été 👍 https://a.fr/#x #Valbrume.')).toEqual([
    {
      index: { byteStart: 11, byteEnd: 26 },
      features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://a.fr/#x' }],
    },
    {
      index: { byteStart: 27, byteEnd: 36 },
      features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'Valbrume' }],
    },
  ]);
});

test('what a facet covers is what it means, whatever stands around it', () => {
  const around = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(around, around, (before, after) => {
      const text = `${before} https://valbrume.example/a ${after}`;
      const bytes = Buffer.from(text);
      const covered = facetsOf(text).map(({ index: { byteStart, byteEnd }, features }) => ({
        shown: bytes.subarray(byteStart, byteEnd).toString(),
        features,
      }));
      expect(covered).toContainEqual({
        shown: 'https://valbrume.example/a',
        features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://valbrume.example/a' }],
      });
    }),
  );
});
