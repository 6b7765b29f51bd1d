import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readAs } from '../../src/cli/understand-as.js';
import { ANSWER_TYPES } from '../../src/engine/flow.js';
import { isObject } from '../../src/engine/json.js';
import { contextIn } from '../engine/answers/reader.js';

const REFUSED = 'refused';

const answersSchema = z
  .strictObject({ at: z.iso.datetime(), timezone: z.string(), country: z.enum(['fr', 'us']) })
  .extend({
    answers: z.partialRecord(
      z.enum(ANSWER_TYPES),
      z.strictObject({
        options: z.array(z.string()).optional(),
        texts: z.record(z.string(), z.json()),
      }),
    ),
  });

describe.each(['fr', 'en'])('answers as people give them, in %s', (language) => {
  const source = readFileSync(join(__dirname, `answers.${language}.yaml`), 'utf8');
  const { at, timezone, country, answers } = answersSchema.parse(parse(source));

  describe.each(Object.entries(answers))('as %s', (name, { options = [], texts }) => {
    const type = z.enum(ANSWER_TYPES).parse(name);
    const asked = {
      type,
      labels: options,
      language,
      words: contextIn(language).words,
      campaign: { country, timezone },
      at: Date.parse(at),
    };

    test.each(Object.entries(texts))('%j is %j', (text, expected) => {
      expect(readAs([text], asked).map(outcomeOf)).toEqual([expected]);
    });
  });
});

/** What was read, of an address all but its text; or `refused`. */
function outcomeOf(answer: ReturnType<typeof readAs>[number]): unknown {
  if (!('value' in answer)) return REFUSED;
  if (!isObject(answer.value)) return answer.value;
  const { text: _text, ...parts } = answer.value;
  return parts;
}
