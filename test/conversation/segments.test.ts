import { describe, expect, test } from '@jest/globals';
import { takeTurn, type SegmentsOf } from '../../src/conversation/take-turn.js';
import type { Limits } from '../../src/channels/channel.js';
import { createLibrary } from '../../src/engine/library.js';
import { newSupporter } from '../../src/supporters/record.js';
import { compileSteps } from '../engine/sources.js';

const at = Date.UTC(2030, 0, 1, 12);
const reach = { channel: 'web', address: 'c1' };
const stranger = newSupporter('s1', 'en', reach, new Date(at));
const limits: Limits = {
  text: 4_000,
  buttons: 100,
  buttonLabel: 100,
  listRows: 0,
  listLabel: 0,
  oneMessageATurn: false,
};

/** What is said to somebody who opens the chat of a flow of these steps. */
function saidBy(steps: string, segmentsOf?: SegmentsOf): unknown {
  const compiled = compileSteps(steps, 'thanks: Thanks\nask: Please\n');
  expect(compiled.problems).toEqual([]);
  const library = createLibrary({ ...compiled, flows: compiled.flows.values() });
  const incoming = { reach, event: { type: 'opened', at, channel: 'web' } } as const;
  const turn = takeTurn(library, stranger, incoming, limits, undefined, segmentsOf);
  if (turn.type !== 'taken') throw new Error('The turn was not taken.');
  expect(turn.alerts).toEqual([]);
  return turn.items.flatMap((item) =>
    item.type === 'send' && item.message.type === 'text' ? [item.message.text] : [],
  );
}

const BY_SEGMENT = `  - branch: true
    id: known
    next:
      - if: '"donors" in supporter.segments && !("french" in supporter.segments)'
        then: thanks
      - else: ask
  - say: thanks
    next: end
  - say: ask
    next: end
`;

describe('a condition that asks for segments', () => {
  test('goes by those the supporter is in, at the instant of the turn', () => {
    const asked: unknown[] = [];
    const donors: SegmentsOf = (names, record, when) => {
      asked.push([names, record._id, when]);
      return ['donors'];
    };
    expect(saidBy(BY_SEGMENT, donors)).toEqual(['Thanks']);
    expect(asked).toEqual([[['donors', 'french'], 's1', new Date(at)]]);
    expect(saidBy(BY_SEGMENT, () => ['donors', 'french'])).toEqual(['Please']);
    expect(saidBy(BY_SEGMENT)).toEqual(['Please']);
  });

  test('is the only thing that has anybody looked up', () => {
    const never: SegmentsOf = () => {
      throw new Error('Nobody asked.');
    };
    expect(saidBy('  - say: ask\n  - say: thanks\n    next: end\n', never)).toHaveLength(2);
  });
});
