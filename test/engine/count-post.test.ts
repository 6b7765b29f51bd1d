import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countText, findLinks, type PostNetworkName } from '../../src/engine/count-post.js';

const limits = { mastodon: 500, hasPicture: false };
const count = (network: PostNetworkName, text: string): number =>
  countText(network, text, limits).count;

describe('the length of a text', () => {
  test('on X weighs scripts, emoji and links as twitter-text does', () => {
    expect(countText('x', 'a'.repeat(280), limits)).toEqual({ count: 280, most: 280 });
    expect(count('x', 'Élections à Valbrume — « ensemble »…')).toBe(37);
    expect(count('x', '投票')).toBe(4);
    expect(count('x', '👍')).toBe(2);
    expect(count('x', '👨‍👩‍👧‍👦')).toBe(2);
    expect(count('x', '🇫🇷')).toBe(2);
    expect(count('x', '❤️')).toBe(2);
    expect(count('x', 'e\u0301')).toBe(1);
    expect(count('x', 'Voir https://valbrume.example/programme/ecole/cantine?x=1.')).toBe(
      5 + 23 + 1,
    );
    expect(count('x', 'https://a.fr')).toBe(23);
    expect(count('x', 'Voir valbrume.fr')).toBe(5 + 23);
  });

  test('on Mastodon counts graphemes, short links and the names of others without their server', () => {
    expect(count('mastodon', '👨‍👩‍👧‍👦é')).toBe(2);
    expect(count('mastodon', `Voir https://valbrume.example/${'x'.repeat(90)}`)).toBe(5 + 23);
    expect(count('mastodon', 'Merci @zoe@mastodon.social !')).toBe(12);
    expect(countText('mastodon', 'a', { ...limits, mastodon: 11_000 }).most).toBe(11_000);
  });

  test('on Bluesky counts graphemes, and links whole', () => {
    expect(count('bluesky', '👨‍👩‍👧‍👦é')).toBe(2);
    expect(count('bluesky', 'https://a.fr')).toBe(12);
  });

  test('on Telegram is shorter beside a picture', () => {
    expect(countText('telegram', '👍', limits)).toEqual({ count: 2, most: 4_096 });
    expect(countText('telegram', '', { ...limits, hasPicture: true }).most).toBe(1_024);
  });

  test('never shrinks when something is written after it', () => {
    const words = fc.array(
      fc.constantFrom('vote', 'é', '👍', '投票', 'https://valbrume.example/a', 'a.fr', '@zoe@m.fr'),
    );
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [start, end] = [one.join(' '), other.join(' ')];
        for (const network of ['x', 'mastodon', 'bluesky', 'telegram'] as const) {
          expect(count(network, `${start} ${end}`)).toBe(
            count(network, start) + 1 + count(network, end),
          );
        }
      }),
    );
  });

  test('knows where links end', () => {
    expect(findLinks('(voir https://a.fr/b). Et https://c.fr/d_(e) !')).toEqual([
      { from: 6, url: 'https://a.fr/b' },
      { from: 26, url: 'https://c.fr/d_(e)' },
    ]);
  });
});
