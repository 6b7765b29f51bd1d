import { describe, expect, test } from '@jest/globals';
import { createTalk, known, NOON, type Talk } from '../talk.js';

const DAY = 86_400_000;
const OPENS = Date.UTC(2030, 2, 17, 7);

function offerShifts(talk: Talk): void {
  talk.say('/shift');
  const effect = talk.session.frames.at(-1)?.awaits ?? '';
  talk.happen({
    type: 'returned',
    effect,
    result: { options: [{ value: 's1', label: 'Samedi' }, 'dimanche', { value: 3 }, 4] },
  });
}

/** Signed up for a shift, waiting for election day. */
function signUp(talk: Talk): void {
  offerShifts(talk);
  talk.say('samedi');
  talk.say('34');
  const effect = talk.session.frames.at(-1)?.awaits ?? '';
  talk.happen({ type: 'returned', effect, result: { place: 'Mairie' } });
}

/** Asked on election day whether they are coming. */
function askComing(): Talk {
  const talk = createTalk(known);
  signUp(talk);
  talk.pass(OPENS - NOON);
  return talk;
}

describe('actions', () => {
  test('without a result go on at once; the id names turn and number', () => {
    const talk = createTalk();
    for (const text of ['bonjour', 'oui', 'Léa']) talk.say(text);
    const { effects } = talk.say('lea@exemple.org');
    expect(effects).toContainEqual({
      type: 'act',
      id: '4.1',
      action: 'email.confirm',
      with: {},
      awaited: false,
    });
  });

  test('with a result stop the turn, ask for patience, and go on when it comes', () => {
    const talk = createTalk(known);
    expect(talk.say('/shift').keys).toEqual([]);
    expect(talk.say('alors ?').keys).toEqual(['common.busy']);
    expect(talk.say('/start').keys).toEqual(['common.busy']);
    const result = { options: [{ value: 's1', label: 'Samedi' }] };
    expect(talk.happen({ type: 'returned', effect: '2.1', result }).keys).toEqual([
      'shift.shift.ask',
    ]);
    expect(talk.happen({ type: 'returned', effect: '2.1', result }).effects).toEqual([]);
  });

  test('offer what they returned; an item without a value is left out', () => {
    const talk = createTalk(known);
    offerShifts(talk);
    const { question } = talk.say('que sais-je');
    expect(question?.options).toEqual([
      { value: 's1', label: 'Samedi' },
      { value: 'dimanche', label: 'dimanche' },
    ]);
  });

  test('that fail give up', () => {
    const talk = createTalk(known);
    talk.say('/shift');
    expect(talk.happen({ type: 'returned', effect: '2.1' }).keys).toEqual(['shift.none_left']);
    expect(talk.session.frames).toEqual([]);
  });

  test('that are silent for 30 s give up; a late result changes nothing', () => {
    const talk = createTalk(known);
    talk.say('/shift');
    expect(talk.pass(29_999).effects).toEqual([]);
    expect(talk.pass(1).keys).toEqual(['shift.none_left']);
    expect(talk.happen({ type: 'returned', effect: '2.1', result: {} }).effects).toEqual([]);
  });

  test('may return while a digression lies over them', () => {
    const talk = createTalk(known);
    talk.say('/shift');
    expect(talk.say('langue').keys).toEqual(['language.tongue.ask']);
    const result = { options: ['lundi'] };
    expect(talk.happen({ type: 'returned', effect: '2.1', result }).effects).toEqual([]);
    expect(talk.say('français').keys).toEqual(['language.chosen', 'shift.shift.ask']);
  });

  test('get their arguments, and words get their results as id_field', () => {
    const talk = createTalk(known);
    offerShifts(talk);
    talk.say('samedi');
    expect(talk.say('34').effects).toContainEqual(
      expect.objectContaining({ action: 'volunteer.sign_up', with: { shift: 's1' } }),
    );
    const effect = talk.session.frames.at(-1)?.awaits ?? '';
    const { effects } = talk.happen({ type: 'returned', effect, result: { place: 'Mairie' } });
    expect(effects).toEqual([
      {
        type: 'say',
        flow: 'shift',
        key: 'signed',
        text: 'C’est noté : Samedi, au Mairie.',
      },
    ]);
  });
});

describe('calls and links', () => {
  test('a called flow has its own answers, and comes back', () => {
    const talk = createTalk(known);
    offerShifts(talk);
    expect(talk.say('dimanche').keys).toEqual(['age.age.ask']);
    expect(talk.session.frames.map(({ flow, over }) => [flow, over])).toEqual([
      ['shift', undefined],
      ['age', 'call'],
    ]);
    talk.say('34');
    expect(Object.keys(talk.session.frames[0]?.answers ?? {})).toEqual(['shifts', 'shift']);
    expect(talk.simulation.supporter.profile).toMatchObject({ fields: { age: 34, visits: 1 } });
  });

  test('a refused answer names its reason; giving up goes on without one', () => {
    const talk = createTalk(known);
    offerShifts(talk);
    talk.say('dimanche');
    expect(talk.say('12').keys).toEqual(['age.age.retry.too_small']);
    expect(talk.say('beaucoup').effects).toContainEqual(
      expect.objectContaining({ action: 'volunteer.sign_up' }),
    );
  });

  test('a link does not come back', () => {
    const talk = createTalk(known);
    signUp(talk);
    talk.pass(OPENS - NOON);
    expect(talk.say('oui').keys).toEqual(['help.answer']);
    expect(talk.session.frames).toEqual([]);
  });

  test('ten calls lie on each other at most: then an apology, and an alert', () => {
    const talk = createTalk(known);
    talk.say('/deep');
    for (let calls = 1; calls <= 10; calls += 1) {
      expect(talk.say('oui').keys).toEqual(['deep.deeper.ask']);
    }
    expect(talk.say('oui').effects).toMatchObject([
      { type: 'say', flow: 'common', key: 'apology' },
      { type: 'alert', code: 'bound-hit', flow: 'deep', step: 'down' },
    ]);
    expect(talk.session.frames).toEqual([]);
  });

  test('called flows that end come back through all of them', () => {
    const talk = createTalk(known);
    for (const text of ['/deep', 'oui', 'oui', 'oui']) talk.say(text);
    expect(talk.session.frames).toHaveLength(4);
    expect(talk.say('non').effects).toEqual([]);
    expect(talk.session.frames).toEqual([]);
  });
});

describe('set and branch', () => {
  test('loop over a value of the session, and count a field of the profile', () => {
    const talk = createTalk(known);
    for (const _ of [1, 2]) {
      signUp(talk);
      expect(talk.session.frames[0]?.vars).toEqual({ round: 2 });
      talk.say('stop');
    }
    expect(talk.simulation.supporter.profile).toMatchObject({ fields: { visits: 2 } });
  });
});

describe('waits', () => {
  test('last a span, then until an instant', () => {
    const talk = createTalk(known);
    signUp(talk);
    expect(talk.session.frames[0]?.until).toBe(NOON + 2 * DAY);
    talk.pass(2 * DAY);
    expect(talk.session.frames[0]?.until).toBe(OPENS);
    expect(talk.pass(OPENS - NOON - 2 * DAY - 1).effects).toEqual([]);
    expect(talk.pass(1).keys).toEqual(['shift.coming.ask']);
  });

  test('leave the supporter free to talk, and go on afterwards', () => {
    const talk = createTalk(known);
    signUp(talk);
    expect(talk.say('il pleut').keys).toEqual(['common.not_understood']);
    expect(talk.say('aide').keys).toEqual(['help.answer']);
    expect(talk.say('bonjour').keys).toEqual(['welcome.hello', 'welcome.agree.ask']);
    expect(talk.say('non').keys).toEqual(['welcome.goodbye']);
    expect(talk.session.frames.map(({ flow }) => flow)).toEqual(['shift']);
  });

  test('of a flow that is asked for again begin it again', () => {
    const talk = createTalk(known);
    signUp(talk);
    talk.say('/shift');
    expect(talk.session.frames).toHaveLength(1);
    expect(talk.session.frames[0]?.step).toBe('shifts');
  });

  test('end a digression that is left unanswered for ten minutes past them', () => {
    const talk = createTalk(known);
    signUp(talk);
    talk.pass(2 * DAY);
    talk.say('langue');
    expect(talk.pass(OPENS + 599_999 - NOON - 2 * DAY).effects).toEqual([]);
    expect(talk.pass(1).keys).toEqual(['shift.coming.ask']);
    expect(talk.session.frames).toHaveLength(1);
  });
});

describe('timers of a question', () => {
  test('remind once', () => {
    const talk = askComing();
    expect(talk.pass(DAY - 1).effects).toEqual([]);
    const { keys, question } = talk.pass(1);
    expect(keys).toEqual(['shift.coming.ask']);
    expect(question?.turn).toBe(talk.session.frames[0]?.asked);
    expect(talk.pass(5 * DAY).effects).toEqual([]);
  });

  test('begin anew with each attempt', () => {
    const talk = askComing();
    talk.pass(DAY - 1);
    expect(talk.say('peut-être').keys).toEqual(['shift.coming.retry.unread']);
    expect(talk.pass(DAY - 1).effects).toEqual([]);
    expect(talk.pass(1).keys).toEqual(['shift.coming.ask']);
  });

  test('expire in silence; the next message is offered to resume', () => {
    const talk = askComing();
    talk.pass(DAY);
    expect(talk.pass(7 * DAY).effects).toEqual([]);
    expect(talk.session.frames).toEqual([]);
    expect(talk.say('me revoilà').keys).toEqual(['common.resume.ask']);
    expect(talk.say('reprendre').keys).toEqual(['shift.coming.ask']);
    expect(talk.session.expired).toBeUndefined();
  });

  test('expire so long after the question, whether a reminder came or not', () => {
    const talk = askComing();
    expect(talk.pass(7 * DAY - 1).keys).toEqual(['shift.coming.ask']);
    expect(talk.session.frames).toHaveLength(1);
    expect(talk.pass(1).effects).toEqual([]);
    expect(talk.session.frames).toEqual([]);
  });

  test('expire by the clock of the message when the timer is late', () => {
    const talk = askComing();
    const late = { ...talk.simulation, now: talk.simulation.now + 8 * DAY };
    const again = createTalk(() => late);
    expect(again.say('oui').keys).toEqual(['common.resume.ask']);
    expect(again.choose(['begin_again']).keys).toEqual(['welcome.hello', 'welcome.agree.ask']);
  });

  test('leave STOP its effect after they expired', () => {
    const talk = askComing();
    talk.pass(8 * DAY);
    expect(talk.say('stop').keys).toEqual(['stop.done']);
    expect(talk.session).toMatchObject({ frames: [] });
    expect(talk.session.expired).toBeUndefined();
  });
});
