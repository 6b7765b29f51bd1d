import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FlowTexts } from '../../../src/engine/edit/flow-texts.js';
import { mergeTexts } from '../../../src/engine/edit/merge-texts.js';

function texts(flow: readonly string[], words = ''): FlowTexts {
  return {
    flow: { path: 'flows/a.yaml', text: flow.map((line) => `${line}\n`).join('') },
    words: words === '' ? [] : [{ path: 'locales/fr/a.yaml', text: words }],
  };
}

describe('the work of two people on one flow', () => {
  const base = texts(['one', 'two', 'three', 'four', 'five']);

  test('is one where they changed other lines', () => {
    const mine = texts(['one', 'two!', 'three', 'four', 'five']);
    const theirs = texts(['one', 'two', 'three', 'four', 'new', 'five']);
    const both = texts(['one', 'two!', 'three', 'four', 'new', 'five']);
    expect(mergeTexts(base, mine, theirs)).toEqual(both);
    expect(mergeTexts(base, theirs, mine)).toEqual(both);
  });

  test('is one where they changed other files, one of which is new', () => {
    const mine = texts(['one', 'two', 'three', 'four', 'five'], "hello: 'Salut'\n");
    const theirs = texts(['ONE', 'two', 'three', 'four', 'five']);
    const both = texts(['ONE', 'two', 'three', 'four', 'five'], "hello: 'Salut'\n");
    expect(mergeTexts(base, mine, theirs)).toEqual(both);
    expect(mergeTexts(base, theirs, mine)).toEqual(both);
  });

  test('has to be chosen between where both changed a line, or its neighbour', () => {
    const mine = texts(['one', 'two!', 'three', 'four', 'five']);
    expect(mergeTexts(base, mine, texts(['one', 'two?', 'three', 'four', 'five']))).toBeUndefined();
    expect(mergeTexts(base, mine, texts(['one', 'two', 'three?', 'four', 'five']))).toBeUndefined();
    expect(mergeTexts(base, mine, mine)).toEqual(mine);
  });

  test('keeps every line that one of them wrote and neither took away, whoever saves first', () => {
    const line = fc.integer({ min: 0, max: 9 });
    const edits = fc.record({ at: line, write: fc.constantFrom([], ['new'], ['more', 'lines']) });
    fc.assert(
      fc.property(edits, edits, (one, other) => {
        const lines = Array.from({ length: 10 }, (_, n) => `line ${n}`);
        const made = ({ at, write }: typeof one, name: string): FlowTexts =>
          texts(lines.toSpliced(at, 1, ...write.map((word) => `${word} of ${name}`)));
        const [from, mine, theirs] = [texts(lines), made(one, 'me'), made(other, 'them')];
        const merged = mergeTexts(from, mine, theirs);
        expect(mergeTexts(from, theirs, mine)).toEqual(merged);
        if (Math.abs(one.at - other.at) > 2) {
          const kept = lines.filter((_, n) => n !== one.at && n !== other.at);
          const written = [
            ...one.write.map((word) => `${word} of me`),
            ...other.write.map((word) => `${word} of them`),
          ];
          expect(merged?.flow.text.trimEnd().split('\n').sort()).toEqual(
            [...kept, ...written].sort(),
          );
        }
      }),
    );
  });
});
