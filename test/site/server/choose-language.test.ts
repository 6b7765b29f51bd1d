import { expect, test } from '@jest/globals';
import { chooseLanguage, pageLanguages } from '../../../src/site/server/choose-language.js';

test('the page is offered in the campaign’s languages that the site speaks', () => {
  expect(pageLanguages(['fr', 'br', 'en-US', 'en'])).toEqual(['fr', 'en']);
  expect(pageLanguages(['br'])).toEqual(['en']);
});

test('the address decides, then the browser, then the campaign', () => {
  expect(chooseLanguage(['fr', 'en'], 'en', ['fr'])).toBe('en');
  expect(chooseLanguage(['fr', 'en'], undefined, ['de', 'en-GB', 'fr'])).toBe('en');
  expect(chooseLanguage(['fr', 'en'], 'de', ['*'])).toBe('fr');
  expect(chooseLanguage(['fr'], 'en', ['en'])).toBe('fr');
});
