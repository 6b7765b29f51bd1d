import { expect, test } from '@jest/globals';
import { advance } from '../../../src/engine/advance.js';
import { spokenLanguage } from '../../../src/engine/advance/spoken-language.js';
import { NEW_SESSION } from '../../../src/engine/session.js';
import { compileFixtures } from '../fixture-library.js';
import { NOON } from '../talk.js';

const { library } = compileFixtures();

test.each([
  ['fr', 'fr'],
  ['en', 'en'],
  ['en-GB', 'en'],
  ['EN-us', 'en'],
  ['de', 'fr'],
  ['f&0r', 'fr'],
  ['', 'fr'],
])('somebody who speaks "%s" is spoken to in %s', (wanted, spoken) => {
  expect(spokenLanguage(library, wanted)).toBe(spoken);
});

test('a language that no calendar knows still has lists, dates and words', () => {
  const supporter = { language: '!!', profile: {}, consents: {} };
  const opened = { type: 'opened', at: NOON, channel: 'web' } as const;
  const { effects } = advance(library, NEW_SESSION, opened, supporter);
  expect(effects.map((effect) => effect.type === 'say' && effect.text)).toContain(
    library
      .flow('welcome')
      ?.words.get('fr')
      ?.get('hello')
      ?.render({ campaign: library.campaign.name }),
  );
});
