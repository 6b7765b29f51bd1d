import { describe, expect, test } from '@jest/globals';
import { assert, property, string } from 'fast-check';
import { readRichText, type Span } from '../../../src/site/widget/client/rich-text.js';

const spans = (text: string): readonly Span[] => readRichText(text).flat(2);

const linksIn = (text: string): string[] =>
  spans(text)
    .filter(({ type }) => type === 'link')
    .map((span) => span.text);

describe('rich text', () => {
  test('keeps paragraphs and lines apart', () => {
    const shape = readRichText('one\ntwo\r\n\r\n\nthree').map((lines) => lines.length);
    expect(shape).toEqual([2, 1]);
  });

  test('reads bold words', () => {
    expect(spans('a **b c** d')).toEqual([
      { type: 'text', text: 'a ' },
      { type: 'bold', text: 'b c' },
      { type: 'text', text: ' d' },
    ]);
    expect(spans('2 ** 3 ** 4')).toEqual([{ type: 'text', text: '2 ** 3 ** 4' }]);
  });

  test('reads addresses without the punctuation around them', () => {
    expect(linksIn('Voir https://a.example/x?y=1#z. Merci')).toEqual(['https://a.example/x?y=1#z']);
    expect(linksIn('(https://a.example/b)')).toEqual(['https://a.example/b']);
    expect(linksIn('https://a.example/b_(c)')).toEqual(['https://a.example/b_(c)']);
    expect(linksIn('« http://a.example »')).toEqual(['http://a.example']);
  });

  test('makes a link of nothing else', () => {
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'https://']) {
      expect(spans(text)).toEqual([{ type: 'text', text }]);
    }
  });

  test('loses no character of a line', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        const line = text.replace(/[\r\n]/g, ' ');
        const shown = spans(`${line} **b** https://a.example`)
          .map((span) => (span.type === 'bold' ? `**${span.text}**` : span.text))
          .join('');
        expect(shown).toBe(`${line} **b** https://a.example`);
        for (const span of spans(line)) {
          if (span.type === 'link') expect(span.href).toMatch(/^https?:\/\//);
        }
      }),
    );
  });
});
