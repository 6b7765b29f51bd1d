import { expect, test } from '@jest/globals';
import { primaryLanguage } from '../../../src/channels/webchat/locale.js';

test.each([
  [['fr'], 'fr'],
  [['fr-CA'], 'fr'],
  [['EN_us'], 'en'],
  [['fr-FR,fr;q=0.9,en;q=0.8'], 'fr'],
  [['*', 'en'], 'en'],
  [[undefined, null, '', 'en-GB'], 'en'],
  [['english', 'br'], 'br'],
  [['{"$gt":""}'], undefined],
  [[], undefined],
])('%j is %s', (tags, language) => {
  expect(primaryLanguage(...tags)).toBe(language);
});
