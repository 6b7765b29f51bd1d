import { describe, expect, test } from '@jest/globals';
import { CAMPAIGN, compileSteps } from '../sources.js';

const TEXT = '  - collect: a\n    type: text\n    next: end\n';
const YES_NO = '  - collect: a\n    type: yes_no\n    next: end\n';
const x = (count: number): string => 'x'.repeat(count);

/** A question with so many options, each with a label of so many characters, `o1` and so on. */
function choice(count: number, length: number): { steps: string; words: string } {
  const names = Array.from({ length: count }, (_, index) => `o${index + 1}`);
  const labels = names.map((name) => `${name}: ${name.padEnd(length, 'x')}`).join(', ');
  return {
    steps: `  - collect: a\n    type: choice\n    options: [${names.join(', ')}]\n    next: end\n`,
    words: `a: { ask: A?, options: { ${labels} } }\n`,
  };
}

function toldOf(channel: string, steps: string, words: string): readonly string[] {
  const compiled = compileSteps(steps, words, { campaign: `${CAMPAIGN}channels: [${channel}]\n` });
  return compiled.problems.map(({ code, message }) => `${code} ${message.split(';')[0] ?? ''}`);
}

describe('what is written fits the channels that are enabled', () => {
  test.each([
    ['web', 4000, 'web chat'],
    ['telegram', 4096, 'Telegram'],
    ['whatsapp', 4096, 'WhatsApp'],
    ['botframework', 2000, 'the Bot Framework'],
  ])('a text on %s has %d characters at most', (channel, most, name) => {
    expect(toldOf(channel, TEXT, `a: { ask: ${x(most)} }\n`)).toEqual([]);
    expect(toldOf(channel, TEXT, `a: { ask: ${x(most + 1)} }\n`)).toEqual([
      `text-too-long "a.ask" has up to ${most + 1} characters, and ${name} shows ${most} in such a message`,
    ]);
  });

  test('a question with buttons is shorter on WhatsApp', () => {
    expect(toldOf('whatsapp', YES_NO, `a: { ask: ${x(1024)} }\n`)).toEqual([]);
    expect(toldOf('whatsapp', YES_NO, `a: { ask: ${x(1025)} }\n`)).toHaveLength(1);
  });

  test('the longest branch counts, with the names that campaign.yaml gives', () => {
    const words = (count: number): string =>
      `a: { ask: "{campaign} {firstName, select, none {} other {${x(count)}}}" }\n`;
    expect(toldOf('telegram', TEXT, words(4091))).toEqual([]);
    expect(toldOf('telegram', TEXT, words(4092))).toHaveLength(1);
  });

  test('what is said for one reason counts too', () => {
    expect(toldOf('web', TEXT, `a: { ask: A?, retry.too_long: ${x(4001)} }\n`)).toHaveLength(1);
  });

  test.each([
    ['web', 2, 80, 'web chat'],
    ['telegram', 2, 64, 'Telegram'],
    ['whatsapp', 3, 20, 'WhatsApp'],
    ['whatsapp', 4, 24, 'WhatsApp'],
    ['whatsapp', 10, 24, 'WhatsApp'],
    ['botframework', 13, 20, 'the Bot Framework'],
  ])('on %s each of %d choices has %d characters at most', (channel, count, most, name) => {
    const fine = choice(count, most);
    expect(toldOf(channel, fine.steps, fine.words)).toEqual([]);
    const long = choice(count, most + 1);
    expect(toldOf(channel, long.steps, long.words)).toContain(
      `label-too-long "a.options.o1" has ${most + 1} characters, and ${name} shows ${most} of a choice here`,
    );
  });

  test('choices that no list of WhatsApp holds are numbered in the text, and have to fit there', () => {
    const eleven = choice(11, 200);
    expect(toldOf('whatsapp', eleven.steps, eleven.words)).toEqual([]);
    const twenty = choice(20, 200);
    expect(toldOf('whatsapp', twenty.steps, twenty.words)).toHaveLength(1);
  });
});
