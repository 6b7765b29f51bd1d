import { describe, expect, test } from '@jest/globals';
import { formatProblem } from '../../../src/engine/problem.js';
import { readPost } from '../../../src/outreach/posts/read-post.js';
import { readCampaign } from '../messages/sample.js';

const campaign = readCampaign();
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
const read = (text: string) =>
  readPost(
    { path: 'post.yaml', text },
    {
      campaign,
      on: new Set(['telegram', 'x', 'bluesky']),
      mastodonLimit: 500,
      picture: (file) =>
        file === 'market.jpg' ? JPEG : file === 'notes.txt' ? new Uint8Array([1]) : undefined,
    },
  );
const told = (text: string): string[] => read(text).problems.map((one) => formatProblem(one));

describe('the file of a post', () => {
  test('becomes a post when it is whole', () => {
    const text = `name: Market
at: 2032-02-01T09:00+01:00
networks: [telegram, x, bluesky]
text: Au marché ce matin !
texts: { x: Au marché }
picture: { file: market.jpg, alt: Le marché de Valbrume }
`;
    expect(told(text)).toEqual([]);
    expect(read(text)).toMatchObject({
      bytes: JPEG,
      post: {
        name: 'Market',
        content: 'campaign',
        at: { type: 'instant', at: Date.UTC(2032, 1, 1, 8) },
        language: 'fr',
        texts: {
          telegram: 'Au marché ce matin !',
          x: 'Au marché',
          bluesky: 'Au marché ce matin !',
        },
        picture: { type: 'image/jpeg', alt: 'Le marché de Valbrume' },
      },
    });
    expect(read(text).post?.picture).not.toHaveProperty('bytes');
  });

  test('is told all its mistakes at once, each with its place and cure', () => {
    const text = `content: neutral
at: soon
language: de
networks: [x, mastodon, facebook]
texts:
  x: "Votez Maëlle Corvisier ! ${'a'.repeat(300)}"
  telegramme: y
picture: { file: notes.txt }
`;
    const lines = told(text);
    expect(lines.map((line) => line.replace(/^post.yaml:/, '').slice(0, 80)))
      .toMatchInlineSnapshot(`
      [
        "1:1 error missing-key  the post has no "name"; add \`name:\`, by which staff know ",
        "1:1 error missing-key  the post says nothing on mastodon; add \`text:\` for all ne",
        "2:5 error wrong-type  "at" must be an instant with its offset, such as 2032-03-1",
        "3:11 error wrong-type  "language" cannot be "de"; choose one of: fr, en",
        "4:15 error unknown-field  mastodon is not set up; see its settings in README.md,",
        "4:25 error wrong-type  "networks" cannot be "facebook"; choose one of: telegram,",
        "6:6 error neutral-content  "x" has the name of the candidate in a neutral post; ",
        "6:6 error text-too-long  it counts 325 on x, which takes 280; shorten it, or wri",
        "7:3 error unknown-key  "texts" has no "telegramme"; choose one of: x, mastodon",
        "8:10 error missing-key  "picture" has no "alt"; add \`alt:\` with what the picture",
        "8:18 error wrong-type  a picture is a JPEG or a PNG; save it as one",
      ]
    `);
    expect(read(text).post).toBeUndefined();
  });
});
