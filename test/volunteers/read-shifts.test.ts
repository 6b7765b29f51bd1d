import { describe, expect, test } from '@jest/globals';
import { formatProblem } from '../../src/engine/problem.js';
import { readShifts } from '../../src/volunteers/read-shifts.js';
import { readCampaign } from '../outreach/messages/sample.js';

const campaign = readCampaign();
const MARKET = `
name: market
title: { fr: Tracts au marché, en: Leaflets at the market }
task: leaflets
place: { name: Place du Lavoir, lat: 48.1113, lon: -1.68 }
starts: 2032-02-21T14:00
ends: 2032-02-21T17:00
capacity: 10
`;
const read = (text: string) => readShifts({ path: 'shift.yaml', text }, campaign);
/** What is told of a file, without the place. */
const told = (text: string): string[] =>
  read(text).problems.map((problem) => formatProblem(problem).replace(/^\S+ error /, ''));

describe('a file of shifts', () => {
  test('says as little as it may, and the rest follows', () => {
    const { shifts, problems } = read(MARKET);
    expect(problems).toEqual([]);
    expect(shifts).toEqual([
      {
        definition: {
          name: 'market',
          title: { fr: 'Tracts au marché', en: 'Leaflets at the market' },
          task: 'leaflets',
          place: { name: 'Place du Lavoir', address: '', lat: 48.1113, lon: -1.68 },
          timezone: 'Europe/Paris',
          starts: new Date('2032-02-21T13:00:00Z'),
          ends: new Date('2032-02-21T16:00:00Z'),
          capacity: 10,
          skills: [],
          languages: [],
          check_in: ['button', 'code', 'location'],
        },
      },
    ]);
  });

  test('may hold several, each on a clock of its own and with all that can be said', () => {
    const far = `
- name: cayenne
  title: { fr: Conduire, en: Lifts }
  task: lifts
  place: { name: Mairie, address: 1 rue de Rémire, postal_code: '97300', lat: 4.93, lon: -52.33 }
  timezone: America/Cayenne
  starts: 2032-02-21T14:00
  ends: 2032-02-21T17:00
  capacity: 3
  skills: [driving]
  languages: [fr, pt]
  leader: telegram:12
  check_in: [code]
`;
    const { shifts, problems } = read(`${far}${far.replace('cayenne', 'kourou')}`);
    expect(problems).toEqual([]);
    expect(shifts?.map(({ definition }) => definition.name)).toEqual(['cayenne', 'kourou']);
    expect(shifts?.[0]).toMatchObject({
      leader: 'telegram:12',
      definition: {
        starts: new Date('2032-02-21T17:00:00Z'),
        skills: ['driving'],
        languages: ['fr', 'pt'],
        check_in: ['code'],
      },
    });
  });

  test('is told all of its mistakes at once, each with its cure', () => {
    const wrong = `
name: Market!
title: { fr: Tracts au marché de la place du Lavoir demain }
task: leaflet
place: { name: Lavoir, lat: 148 }
starts: tomorrow
ends: 2032-02-21T17:00+01:00
capacity: 501
skills: [dancing]
languages: [French]
colour: red
`;
    expect(read(wrong).shifts).toBeUndefined();
    expect(told(wrong)).toEqual([
      'invalid-name  "Market!" cannot be a name; write small letters, digits and dashes, such as market-22-november',
      expect.stringContaining('missing-translation  "title" has no words in en'),
      'label-too-long  it has 45 characters, and stands on a button: shorten it to 34',
      expect.stringContaining('wrong-type  "task" cannot be "leaflet"; did you mean "leaflets"?'),
      expect.stringContaining('missing-key  "place" has no "lon"'),
      'wrong-type  "lat" is between -90 and 90 degrees',
      expect.stringContaining(
        'wrong-type  "starts" must be a day and a time on the shift’s own clock',
      ),
      expect.stringContaining(
        'wrong-type  "ends" must be a day and a time on the shift’s own clock',
      ),
      'wrong-type  "capacity" is 501; 500 is the most; make several shifts',
      expect.stringContaining('wrong-type  "skills" cannot be "dancing"'),
      'wrong-type  write languages by their tags, such as [fr, ar]',
      expect.stringContaining('unknown-key  a shift has no "colour"'),
    ]);
  });

  test('is refused when it says nothing, twice the same, or ends before it starts', () => {
    expect(told('')).toEqual([expect.stringContaining('the file says nothing')]);
    const item = MARKET.trim().replaceAll('\n', '\n  ');
    expect(told(`- ${item}\n- ${item}\n`)).toEqual([
      'duplicate-id  two shifts are called "market"; give one another name',
    ]);
    expect(told(MARKET.replace('T17:00', 'T13:00'))).toEqual([
      'wrong-type  it ends before it starts; correct `ends:`',
    ]);
    expect(told(MARKET.replace('ends: 2032', 'ends: 2033'))).toEqual([
      'wrong-type  it lasts longer than a day; correct `ends:`',
    ]);
    expect(told(MARKET.replace('task', 'timezone: Mars/Olympus\ntask'))).toEqual([
      'wrong-type  "timezone" must be one of IANA’s, such as Europe/Paris',
    ]);
  });

  test('has no campaigning during the silence, but driving voters and watching the poll', () => {
    const sunday = MARKET.replaceAll('02-21', '03-14').replace(
      'lat:',
      "postal_code: '35000', lat:",
    );
    expect(told(sunday)).toEqual([
      expect.stringMatching(
        /^neutral-content {2}"leaflets" campaigns, which .* forbids at that time/,
      ),
    ]);
    for (const task of ['lifts', 'polls']) {
      expect(told(sunday.replace('task: leaflets', `task: ${task}`))).toEqual([]);
    }
    // Overseas they vote on the Saturday, and the silence is a day earlier.
    const friday = MARKET.replaceAll('02-21', '03-12');
    expect(told(friday.replace('lat:', "postal_code: '35000', lat:"))).toEqual([]);
    expect(told(friday.replace('lat:', "postal_code: '97300', lat:"))).toHaveLength(1);
  });

  test('names nobody who stands for election, for its title is repeated in the silence', () => {
    const named = MARKET.replace('Tracts au marché', 'Avec Maëlle Corvisier');
    expect(told(named)).toEqual([expect.stringContaining('has the name of the candidate')]);
  });
});
