import { describe, expect, test } from '@jest/globals';
import { advance } from '../../../src/engine/advance.js';
import type { Effect } from '../../../src/engine/effect.js';
import type {
  Condition,
  Expression,
  Flow,
  Library,
  Phrase,
  Step,
} from '../../../src/engine/flow.js';
import { NEW_SESSION, type Frame, type Session } from '../../../src/engine/session.js';
import type { Supporter } from '../../../src/engine/supporter.js';
import { compileFixtures } from '../fixture-library.js';
import { NOON } from '../talk.js';

const { library } = compileFixtures();
const LEA: Supporter = { language: 'fr', profile: {}, consents: {} };
const THROWS: Condition & Expression = {
  source: 'answers.gone',
  test: () => {
    throw new Error('absent');
  },
  evaluate: () => {
    throw new Error('absent');
  },
};
const END = [{ to: { type: 'end' } }] as const;
const PHRASE: Phrase = { arguments: [], render: () => 'Bien.' };

/** A library whose only flow, `odd`, has these steps; every step may say `fine`. */
function libraryOf(steps: readonly Step[], words = new Map([['fine', PHRASE]])): Library {
  const odd: Flow = {
    name: 'odd',
    version: 'v',
    title: '',
    purpose: 'service',
    content: 'neutral',
    triggers: [],
    steps,
    byId: new Map(steps.map((step) => [step.id, step])),
    words: new Map([['fr', words]]),
  };
  return { ...library, flow: (name) => (name === 'odd' ? odd : undefined) };
}

function sayStep(id: string, next: Step['next']): Step {
  return { type: 'say', id, words: 'fine', next, checkpoint: false };
}

function start(made: Library): ReturnType<typeof advance> {
  const event = { type: 'started', flow: 'odd', at: NOON, channel: 'web' } as const;
  return advance(made, { turn: 1, frames: [] }, event, LEA);
}

function say(session: Session, text: string, made = library): ReturnType<typeof advance> {
  return advance(made, session, { type: 'said', text, at: NOON, channel: 'web' }, LEA);
}

function alertsOf(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => (effect.type === 'alert' ? [effect.code] : []));
}

function keysOf(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) =>
    effect.type === 'say' ? [`${effect.flow}.${effect.key}`] : [],
  );
}

function chain(length: number): Library {
  return libraryOf(
    Array.from({ length }, (_, index) => {
      const last = index === length - 1;
      return sayStep(`s${index}`, last ? END : [{ to: { type: 'step', id: `s${index + 1}` } }]);
    }),
  );
}

describe('bounds', () => {
  test('a hundred steps in a turn are taken, one more is not', () => {
    expect(keysOf(start(chain(100)).effects)).toHaveLength(100);
    const over = start(chain(101));
    expect(keysOf(over.effects)).toEqual(['common.apology']);
    expect(alertsOf(over.effects)).toEqual(['bound-hit']);
    expect(over.session.frames).toEqual([]);
  });

  test('an endless loop ends with an apology, and what it did stands', () => {
    const made = libraryOf([
      {
        type: 'action',
        id: 'a',
        action: 'x',
        with: {},
        awaited: false,
        giveUp: { type: 'end' },
        next: [{ to: { type: 'step', id: 'a' } }],
        checkpoint: false,
      },
    ]);
    const { effects } = start(made);
    expect(effects.filter(({ type }) => type === 'act')).toHaveLength(100);
    expect(effects.slice(-2)).toMatchObject([{ key: 'apology' }, { code: 'bound-hit' }]);
  });
});

describe('conditions and expressions', () => {
  test('that cannot be evaluated are false, and staff hear of it', () => {
    const made = libraryOf([
      sayStep('a', [{ when: THROWS, to: { type: 'step', id: 'b' } }, ...END]),
      sayStep('b', END),
    ]);
    const { effects } = start(made);
    expect(keysOf(effects)).toEqual(['odd.fine']);
    expect(alertsOf(effects)).toEqual(['condition-failed']);
  });

  test('leave out what has no value, or a value that JSON cannot carry', () => {
    const infinite: Expression = { source: '1.0 / 0.0', evaluate: () => Infinity };
    const zero: Expression = { source: '-0.0', evaluate: () => -0 };
    const made = libraryOf([
      {
        type: 'set',
        id: 'set',
        values: [
          { path: 'session.a', value: THROWS },
          { path: 'session.b', value: infinite },
          { path: 'session.zero', value: zero },
        ],
        next: [{ to: { type: 'step', id: 'act' } }],
        checkpoint: false,
      },
      {
        type: 'action',
        id: 'act',
        action: 'x',
        with: { gone: THROWS, zero },
        awaited: true,
        giveUp: { type: 'end' },
        next: END,
        checkpoint: false,
      },
    ]);
    const { session, effects } = start(made);
    expect(session.frames[0]?.vars).toEqual({ zero: 0 });
    expect(effects.at(-1)).toMatchObject({ type: 'act', with: { zero: 0 } });
    expect(alertsOf(effects)).toEqual(['condition-failed', 'condition-failed', 'condition-failed']);
  });

  test('a wait for an instant without value does not wait', () => {
    const made = libraryOf([
      {
        type: 'wait',
        id: 'w',
        wait: { type: 'until', instant: THROWS },
        next: [{ to: { type: 'step', id: 's' } }],
        checkpoint: false,
      },
      sayStep('s', END),
    ]);
    expect(keysOf(start(made).effects)).toEqual(['odd.fine']);
  });
});

describe('words', () => {
  test('of options are those of the library at hand', () => {
    const frames = [
      {
        flow: 'welcome',
        version: library.flow('welcome')?.version ?? '',
        step: 'agree',
        answers: {},
        asked: 1,
      },
    ];
    const labels = (made: Library): unknown => {
      const said = say({ turn: 1, frames }, '/start', made).effects.at(-1);
      return said?.type === 'say' ? said.question?.options.map(({ label }) => label) : undefined;
    };
    expect(labels(library)).toEqual(['Reprendre', 'Recommencer']);
    const french = new Map(library.common.get('fr'));
    french.set('resume.options.go_on', { arguments: [], render: () => 'Poursuivre' });
    const renamed = { ...library, common: new Map([['fr', french]]) };
    expect(labels(renamed)).toEqual(['Poursuivre', 'Recommencer']);
  });

  const question: Step = {
    type: 'collect',
    id: 'q',
    name: 'q',
    answer: 'text',
    options: { type: 'none' },
    optional: false,
    giveUp: { type: 'end' },
    next: END,
    checkpoint: false,
  };

  test('that are missing are not said; a question is asked with an apology', () => {
    const made = libraryOf(
      [sayStep('s', [{ to: { type: 'step', id: 'q' } }]), question],
      new Map(),
    );
    const { effects } = start(made);
    expect(keysOf(effects)).toEqual(['common.apology']);
    expect(effects.find((effect) => effect.type === 'say')).toMatchObject({
      question: { turn: 2 },
    });
    expect(alertsOf(effects)).toEqual(['words-missing', 'words-missing']);
  });

  test('that cannot be written count as missing', () => {
    const broken: Phrase = {
      arguments: [],
      render: () => {
        throw new Error('broken');
      },
    };
    const made = libraryOf([sayStep('s', END)], new Map([['fine', broken]]));
    expect(alertsOf(start(made).effects)).toEqual(['words-missing']);
  });

  test('missing in one language are said in another', () => {
    const event = { type: 'opened', at: NOON, channel: 'web' } as const;
    const { effects } = advance(library, NEW_SESSION, event, { ...LEA, language: 'br' });
    expect(effects[0]).toMatchObject({ key: 'hello' });
    expect(effects[1]).toMatchObject({
      question: { options: [{ label: 'Oui' }, { label: 'Non' }] },
    });
  });
});

describe('a session', () => {
  const gone: Frame = { flow: 'gone', version: '0', step: 's', answers: {}, asked: 4 };

  test('on a flow, version or step that vanished ends kindly', () => {
    const known = library.flow('welcome');
    const frames = [
      gone,
      { ...gone, flow: 'welcome' },
      { ...gone, flow: 'welcome', version: known?.version ?? '' },
      { ...gone, flow: 'common' },
    ];
    for (const frame of frames) {
      const { session, effects } = say({ turn: 4, frames: [frame] }, 'oui');
      expect(keysOf(effects)).toEqual(['common.apology']);
      expect(alertsOf(effects)).toEqual(['flow-missing']);
      expect(session).toEqual({ turn: 5, frames: [] });
    }
  });

  test('on a flow that vanished below a digression ends kindly when it comes back', () => {
    const rules = { at: NOON, channel: 'web', type: 'said', text: '' } as const;
    const session = { turn: 4, frames: [gone] };
    const help = advance(library, session, { ...rules, rule: 'help' }, LEA);
    expect(keysOf(help.effects)).toEqual(['help.answer', 'common.apology']);
    expect(help.session.frames).toEqual([]);
    const stop = advance(library, session, { ...rules, rule: 'stop' }, LEA);
    expect(keysOf(stop.effects)).toEqual(['stop.done']);
  });

  test('that is no session is begun anew, and staff hear of it', () => {
    const unsound: Session = JSON.parse('{"turn":7,"frames":[{"flow":3}]}');
    const { session, effects } = say(unsound, 'je ne sais pas');
    expect(session).toEqual({ turn: 8, frames: [] });
    expect(alertsOf(effects)).toEqual(['session-unsound']);
    expect(keysOf(effects)).toEqual(['common.not_understood']);
  });

  test('stays on its version, and moves to the newest at a checkpoint', () => {
    const flow = library.flow('shift');
    const step = (id: string): string =>
      say(
        {
          turn: 4,
          frames: [
            {
              flow: 'shift',
              version: 'old',
              step: id,
              answers: { shifts: { options: ['a'] } },
              asked: 4,
            },
          ],
        },
        'bof',
        withOlder,
      ).session.frames[0]?.version ?? '';
    const withOlder: Library = {
      ...library,
      flow: (name, version) =>
        name === 'shift' && version === 'old' && flow !== undefined
          ? { ...flow, version: 'old' }
          : library.flow(name, version),
    };
    expect(step('coming')).toBe(flow?.version);
    expect(step('shift')).toBe('old');
  });
});

test('an event that is none changes nothing', () => {
  const session: Session = { turn: 3, frames: [] };
  for (const json of [
    '{}',
    '{"type":"said","at":1,"channel":"web"}',
    '{"type":"said","text":"oui","at":1e300,"channel":"web"}',
    '{"type":"chose","turn":1,"values":[1],"at":1,"channel":"web"}',
    '{"type":"returned","effect":"1.1","result":[],"at":1,"channel":"web"}',
    '{"type":"danced","at":1,"channel":"web"}',
  ]) {
    expect(advance(library, session, JSON.parse(json), LEA)).toEqual({ session, effects: [] });
  }
});
