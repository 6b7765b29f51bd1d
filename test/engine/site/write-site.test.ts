import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { array, assert, constant, constantFrom, property, record, string } from 'fast-check';
import { readSiteContent, type SiteContent } from '../../../src/engine/site/site-content.js';
import { writeSite } from '../../../src/engine/site/write-site.js';

const SAMPLE = readFileSync(join(__dirname, '../../../flows/campaign.yaml'), 'utf8');

function read(text: string): SiteContent {
  const found = readSiteContent({ path: 'flows/campaign.yaml', text }, []);
  if (found === undefined) throw new Error(`not sound:\n${text}`);
  return found.content;
}

const sample = read(SAMPLE);

/** Words as staff write them: quotes, colons, several lines, but never nothing. */
const words = string({ minLength: 1, maxLength: 40 })
  .map((text) => text.replace(/\p{Cc}/gu, '\n').trim())
  .filter((text) => text !== '');
const line = words.map((text) => text.replaceAll('\n', ' '));
const translated = record({ fr: words, en: words });
const titled = record({ title: translated, text: translated });
const colour = constantFrom('#14532d', '#9a3412', '#000000', '#abcdef');
const sites = record(
  {
    headline: translated,
    summary: translated,
    issues: array(titled, { maxLength: 4 }),
    dates: array(
      record(
        {
          on: constantFrom('2032-01-22', '2032-02-29'),
          at: constantFrom('08:00', '19:30'),
          title: translated,
          place: translated,
        },
        { requiredKeys: ['on', 'title'] },
      ),
      { maxLength: 4 },
    ),
    notice: translated,
    notices: array(titled, { maxLength: 2 }),
    controller: record(
      { name: line, address: line, email: constant('a@b.example'), officer: line },
      { requiredKeys: ['name'] },
    ),
    url: constantFrom('https://valbrume.example', 'http://a.example/b'),
    picture: constant('portrait.jpg'),
    pictureText: translated,
    colours: record({ primary: colour, accent: colour }),
  },
  { requiredKeys: ['issues', 'dates', 'notices', 'colours'] },
);

describe('writing the page into campaign.yaml', () => {
  test('changes nothing where nothing is meant to change', () => {
    expect(writeSite(SAMPLE, sample)).toBe(SAMPLE);
  });

  test('writes only the line that differs', () => {
    const [first, ...others] = sample.site.issues;
    if (first === undefined) throw new Error('the sample has issues');
    const title = { ...first.title, en: 'A river to swim in' };
    const site = { ...sample.site, issues: [{ ...first, title }, ...others] };
    const written = writeSite(SAMPLE, { name: 'Valbrume ensemble', site });
    const before = SAMPLE.split('\n');
    const differs = written.split('\n').flatMap((text, at) => (text === before[at] ? [] : [text]));
    expect(differs).toEqual([
      'name: Valbrume ensemble',
      '    - title: { fr: La Brume propre, en: A river to swim in }',
    ]);
  });

  test('is read back as it was meant, and keeps every comment, whatever the page says', () => {
    const comments = SAMPLE.split('\n').flatMap((text) => /^#.*$/.exec(text)?.[0] ?? []);
    expect(comments.length).toBeGreaterThan(4);
    assert(
      property(line, sites, sites, (name, one, other) => {
        const first = writeSite(SAMPLE, { name, site: one });
        expect(read(first)).toEqual({ name, site: one });
        const second = writeSite(first, { site: other });
        expect(read(second)).toEqual({ name, site: other });
        for (const comment of comments) expect(second).toContain(comment);
      }),
      { numRuns: 10 },
    );
  });

  test('begins where a campaign says nothing of its page', () => {
    const bare = 'name: Ensemble\nlanguages: [fr, en] # both\n';
    const written = writeSite(bare, { site: sample.site });
    expect(read(written)).toEqual({ name: 'Ensemble', site: sample.site });
    expect(written).toContain('languages: [fr, en] # both\n');
  });
});
