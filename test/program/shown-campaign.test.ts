import { expect, test } from '@jest/globals';
import { shownCampaign } from '../../src/program/shown-campaign.js';
import { compileSample } from '../engine/sample-library.js';

test('the page stays as it was while the silence lasts, and follows again afterwards', () => {
  const { campaign } = compileSample().library;
  let current = campaign;
  let now = Date.parse('2032-03-12T12:00Z');
  const shown = shownCampaign(
    () => current,
    () => now,
  );
  expect(shown().name).toBe(campaign.name);
  current = { ...campaign, name: 'Another name' };
  expect(shown().name).toBe('Another name');
  now = Date.parse('2032-03-13T12:00Z');
  current = { ...campaign, name: 'A third name' };
  expect(shown().name).toBe('Another name');
  now = Date.parse('2032-03-14T23:00Z');
  expect(shown().name).toBe('A third name');
});
