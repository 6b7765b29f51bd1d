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

test('a day that is over leaves the page at midnight there, and none leaves during the silence', () => {
  const { campaign } = compileSample().library;
  const days = ['2032-03-11', '2032-03-12', '2032-03-13'];
  const dates = days.map((on) => ({ on, title: { fr: on, en: on } }));
  const dated = { ...campaign, site: { ...campaign.site, dates } };
  let now = Date.parse('2032-03-11T22:59Z');
  const shown = shownCampaign(
    () => dated,
    () => now,
  );
  const left = (): readonly string[] => shown().site.dates.map(({ on }) => on);
  expect(left()).toEqual(days);
  expect(shown()).toBe(shown());
  now = Date.parse('2032-03-11T23:01Z');
  expect(left()).toEqual(days.slice(1));
  now = Date.parse('2032-03-13T23:30Z');
  expect(left()).toEqual(days.slice(1));
  now = Date.parse('2032-03-14T23:30Z');
  expect(left()).toEqual([]);
});
