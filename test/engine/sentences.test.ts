import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { FRENCH } from '../../src/engine/sentences/french.js';
import { say, tell, word } from '../../src/engine/sentence.js';

const ENGINE = path.join(__dirname, '../../src/engine');

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) return name === 'sentences' ? [] : filesBelow(file);
    return name.endsWith('.ts') && name !== 'sentence.ts' ? [file] : [];
  });
}

/** The sentences that a source says, as they stand in the tables of other languages. */
function sentencesIn(source: string): readonly string[] {
  const found: string[] = [];
  for (const { index } of source.matchAll(/\bsay`/g)) {
    let [at, sentence, values] = [index + 'say`'.length, '', 0];
    while (source[at] !== '`') {
      if (source.startsWith('${', at)) {
        const from = at + 2;
        let depth = 1;
        for (at = from; depth > 0; at += 1) {
          if (source[at] === '{') depth += 1;
          if (source[at] === '}') depth -= 1;
        }
        sentence += `{${values}}`;
        values += 1;
      } else {
        if (source[at] === '\\') at += 1;
        sentence += source[at] ?? '';
        at += 1;
      }
    }
    if (sentence !== '') found.push(sentence);
  }
  return found;
}

/** Words that `word(…)` may be given: the types of values, by the names that programs have for them. */
const TYPES =
  'text number boolean date texts list map any amount location duration group yes/no'.split(' ');
const SAID = [
  ...new Set([
    ...filesBelow(ENGINE).flatMap((file) => sentencesIn(readFileSync(file, 'utf8'))),
    ...TYPES,
  ]),
];

describe('what authors are told', () => {
  test('is there in French, all of it and nothing else', () => {
    expect(SAID.length).toBeGreaterThan(200);
    expect(Object.keys(FRENCH).sort()).toEqual(SAID.sort());
  });

  test('names the same things in French', () => {
    const valuesOf = (text: string) => [...new Set(text.match(/\{\d+\}/g))].sort();
    const other = Object.entries(FRENCH).filter(
      ([english, french]) => valuesOf(english).join() !== valuesOf(french).join(),
    );
    expect(other).toEqual([]);
  });

  test('is written in French as French is written', () => {
    const outside = (text: string) => text.replaceAll(/`[^`]*`/g, '`');
    const odd = Object.values(FRENCH).filter((french) =>
      /« | »| [;?!](?:\s|$)| :(?:\s|$)|\w'\w/.test(outside(french)),
    );
    expect(odd).toEqual([]);
  });

  test('is put together with sentences within it, in either language', () => {
    const cure = say`did you mean "${'email'}"?`;
    const sentence = say`step "${'hello'}" goes to "${'emial'}", which does not exist; ${cure}`;
    expect(tell(sentence)).toBe(
      'step "hello" goes to "emial", which does not exist; did you mean "email"?',
    );
    expect(tell(sentence, FRENCH)).toBe(
      'l’étape «\u00A0hello\u00A0» mène à «\u00A0emial\u00A0», qui n’existe pas\u202F; vouliez-vous dire «\u00A0email\u00A0»\u202F?',
    );
    expect(tell(say`write a ${word('number')}`, FRENCH)).toBe('écrivez une valeur de type nombre');
  });

  test('keeps what somebody wrote as it is, whatever it looks like', () => {
    expect(tell(say`there is no flow "${'{0} {1} text'}"; ${'number'}`, FRENCH)).toBe(
      'il n’y a pas de parcours «\u00A0{0} {1} text\u00A0»\u202F; number',
    );
    expect(tell(say`nobody translated ${1}`, FRENCH)).toBe('nobody translated 1');
  });
});
