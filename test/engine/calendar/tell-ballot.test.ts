import { describe, expect, test } from '@jest/globals';
import { tellBallot } from '../../../src/engine/calendar/tell-ballot.js';
import { CAMPAIGN_YAML, readCampaign } from '../../outreach/messages/sample.js';

const campaign = readCampaign();
const town = readCampaign(
  CAMPAIGN_YAML.replace('  territories: all\n', "  closes: '20:30'\n").replace(
    '  second_round: 2032-03-21\n',
    '',
  ),
);

describe('the ballot as it is told', () => {
  test.each([
    ['metropole', '2032-03-01', 'dimanche 14 mars 2032'],
    ['guadeloupe', '2032-03-01', 'samedi 13 mars 2032'],
    ['polynesie', '2032-03-01', 'samedi 13 mars 2032'],
    ['reunion', '2032-03-01', 'dimanche 14 mars 2032'],
    ['guadeloupe', '2032-03-15', 'samedi 20 mars 2032'],
    ['metropole', '2032-03-15', 'dimanche 21 mars 2032'],
  ])('is that of %s on %s', (territory, day, told) => {
    expect(tellBallot(campaign, { territory }, Date.parse(`${day}T12:00Z`), 'fr')).toMatchObject({
      ballotDay: told,
      opens: '8 h',
    });
  });

  test('is found by the postal code, and is the campaign’s own while nobody knows where', () => {
    const at = Date.parse('2032-03-01T12:00Z');
    expect(tellBallot(campaign, { postal_code: '97110' }, at, 'en')?.ballotDay).toBe(
      'Saturday, March 13, 2032',
    );
    expect(tellBallot(campaign, {}, at, 'fr')?.ballotDay).toBe('dimanche 14 mars 2032');
  });

  test('tells hours as people say them', () => {
    const at = Date.parse('2032-03-01T12:00Z');
    expect(tellBallot(town, {}, at, 'fr')).toMatchObject({ opens: '8 h', closes: '20 h 30' });
    expect(tellBallot(town, {}, at, 'en')).toMatchObject({ opens: '8 am', closes: '8:30 pm' });
  });

  test('is nothing without an election', () => {
    const { election: _, ...none } = campaign;
    expect(tellBallot(none, {}, 0, 'fr')).toBeUndefined();
  });
});
