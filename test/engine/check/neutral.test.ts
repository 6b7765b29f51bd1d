import { describe, expect, test } from '@jest/globals';
import { compile } from '../../../src/engine/compile.js';
import { ACTIONS, COMMON, sourcesOf } from '../sources.js';

const CAMPAIGN = `name: Valbrume
candidate: Maëlle de La Tour
languages: [en]
site:
  headline: { en: The river first! }
  url: https://www.valbrume.example/programme
`;

/** What is told of a neutral flow that says some words, and of the words that all flows share. */
function toldOf(
  words: string,
  more: { steps?: string; head?: string; common?: string; flows?: Record<string, string> } = {},
): readonly string[] {
  const { steps = '  - say: a\n    next: end\n', head = '', common = '', flows = {} } = more;
  const { problems } = compile(
    sourcesOf({
      campaign: CAMPAIGN,
      flows: {
        main: `title: M\npurpose: ${head === '' ? 'service' : head}\ncontent: neutral\nstarts_on: [{ command: start }]\nsteps:\n${steps}`,
        ...flows,
      },
      locales: {
        'en/main': `a: ${JSON.stringify(words)}\n`,
        'en/common': COMMON.replace(/^apology: .*$/m, (line) => common || line),
      },
    }),
    ACTIONS,
  );
  return problems
    .filter(({ code }) => code === 'neutral-content')
    .map(({ file, message }) => `${file} ${message.split(';')[0] ?? ''}`);
}

describe('a neutral flow', () => {
  test.each([
    ['Polling stations open at 8.', []],
    ['Ask the {candidate}', ['the {candidate}']],
    ['Vote MAELLE DE LA TOUR!', ['the name of the candidate']],
    ['Vote de La Tour!', ['the name of the candidate']],
    ['The tour of the stations', []],
    ['The River first', ['the slogan']],
    ['See https://valbrume.example/vote', ['a link to the campaign’s site']],
    ['{candidate}: the river first!', ['the slogan', 'the {candidate}']],
  ])('that says "%s" carries %j', (words, found) => {
    expect(toldOf(words)).toEqual(
      found.map((what) => `locales/en/main.yaml "a" has ${what} in a neutral flow`),
    );
  });

  const GIFT = {
    gift: 'title: G\npurpose: donation\nsteps:\n  - wait: 1d\n    next: end\n',
    way: 'title: W\npurpose: service\ncontent: neutral\nsteps:\n  - link: gift\n',
  };

  test.each(['call', 'link'])('cannot %s one that is marked campaign', (kind) => {
    const next = kind === 'call' ? '    next: end\n' : '';
    expect(
      toldOf('Hello', { steps: `  - say: a\n  - ${kind}: gift\n${next}`, flows: GIFT }),
    ).toEqual([
      'flows/main.yaml a neutral flow cannot go to "gift", which is marked campaign',
      'flows/way.yaml a neutral flow cannot go to "gift", which is marked campaign',
    ]);
  });

  test('that goes there through another neutral flow is told where that one does', () => {
    expect(toldOf('Hello', { steps: '  - say: a\n  - link: way\n', flows: GIFT })).toEqual([
      'flows/way.yaml a neutral flow cannot go to "gift", which is marked campaign',
    ]);
  });

  test('asks for no donation', () => {
    const steps =
      '  - say: a\n  - action: donation.prompt\n    id: gift\n    with: { amount: "2000" }\n    give_up: end\n    next: end\n';
    expect(toldOf('Hello', { steps })).toEqual([
      'flows/main.yaml a neutral flow cannot do donation.prompt',
    ]);
    expect(toldOf('Hello', { head: 'donation' })).toEqual([
      'flows/main.yaml a flow that asks for donations is never neutral',
    ]);
  });

  test('says the words that all flows share, which carry no campaign either', () => {
    expect(toldOf('Hello', { common: 'apology: "Vote de La Tour"' })).toEqual([
      'locales/en/common.yaml "apology" has the name of the candidate and neutral flows say it too',
    ]);
  });
});
