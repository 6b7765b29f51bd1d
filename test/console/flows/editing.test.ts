import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ACTIONS as DECLARED } from '../../../src/actions.js';
import { boxesOf, drawCards } from '../../../src/console/pages/flows/canvas/draw-steps.js';
import { shortPhrase } from '../../../src/console/pages/flows/canvas/short-phrase.js';
import { wayKey, wayOf } from '../../../src/console/pages/flows/canvas/way-key.js';
import { createEngineAtWork } from '../../../src/console/pages/flows/checking/engine-at-work.js';
import type { Move, Opening } from '../../../src/console/pages/flows/checking/protocol.js';
import { beginEditing, edited, type Deed } from '../../../src/console/pages/flows/editing.js';
import { newFlow } from '../../../src/console/pages/flows/new-flow.js';
import { diffLines } from '../../../src/console/pages/flows/publishing/diff-lines.js';
import { tracePath } from '../../../src/console/pages/flows/simulator/trace-path.js';
import { storedOf, textsOf } from '../../../src/console/pages/flows/texts-of.js';
import { readFlowGraph } from '../../../src/engine/edit/flow-graph.js';
import { phrasesOf } from '../../../src/engine/edit/words.js';
import { readTranscript } from '../../../src/engine/transcript.js';
import type { FlowSurroundings } from '../../../src/staff/api.js';
import { readSources } from '../../engine/sources.js';

const root = path.join(__dirname, '../../..');
const ACTIONS = new Map(DECLARED.map((action) => [action.name, action]));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const WELCOME = textsOf('welcome', {
  flow: read('flows/welcome.yaml'),
  words: { fr: read('locales/fr/welcome.yaml'), en: read('locales/en/welcome.yaml') },
});

function surroundings(): FlowSurroundings {
  const { campaign, flows, locales } = readSources(root);
  return {
    ...(campaign === undefined ? {} : { campaign }),
    flows,
    locales,
    shipped: [],
    segments: [],
    actions: DECLARED,
    languages: ['fr', 'en'],
    channels: ['web'],
  };
}

describe('editing in the console', () => {
  test('looks at what was made, and follows what is called otherwise', () => {
    const on = { step: 'hello', way: { type: 'next' } } as const;
    const deeds: readonly Deed[] = [
      { type: 'operate', operation: { type: 'add_step', kind: 'say', name: 'more', on } },
      { type: 'operate', operation: { type: 'rename_step', step: 'more', to: 'again' } },
      { type: 'operate', operation: { type: 'rename_step', step: 'agree', to: 'hello' } },
    ];
    const now = deeds.reduce(
      (before, deed) => edited(before, deed, ACTIONS),
      beginEditing(WELCOME),
    );
    expect(now.selected).toBe('again');
    expect(now.refusal).toEqual({ reason: 'name_taken', at: 1 });
    expect(now.history.done).toHaveLength(2);
    const back = [1, 2, 3].reduce((before) => edited(before, { type: 'undo' }, ACTIONS), now);
    expect(back.texts).toEqual(WELCOME);
  });

  test('keeps one history for the diagram and the text', () => {
    const typed = edited(
      beginEditing(WELCOME),
      { type: 'type', path: WELCOME.flow.path, text: `${WELCOME.flow.text}# noted\n` },
      ACTIONS,
    );
    const changed = edited(
      typed,
      {
        type: 'operate',
        operation: { type: 'set_words', language: 'de', key: 'hello', text: 'Hallo' },
      },
      ACTIONS,
    );
    expect(storedOf(changed.texts).words['de']).toBe("hello: 'Hallo'\n");
    const once = edited(changed, { type: 'undo' }, ACTIONS);
    expect(once.texts.flow.text).toContain('# noted');
    expect(edited(once, { type: 'undo' }, ACTIONS).texts.flow).toEqual(WELCOME.flow);
    expect(edited(once, { type: 'redo' }, ACTIONS).texts).toEqual(changed.texts);
  });

  test('draws a card anew only where it shows something else', () => {
    const graph = readFlowGraph(WELCOME.flow, ACTIONS);
    const phrases = phrasesOf(WELCOME.words[0]?.text ?? '');
    const cards = drawCards(graph, phrases, new Map(), []);
    const other = new Map(phrases).set('thanks', 'Ciao {topics, select, none {} other {x}} !');
    const again = drawCards(readFlowGraph(WELCOME.flow, ACTIONS), other, new Map(), cards);
    expect(again.filter((card) => !cards.includes(card)).map(({ excerpt }) => excerpt)).toEqual([
      'Ciao {topics} !',
    ]);
    const text = `# One more line above.\n${WELCOME.flow.text}`;
    const lower = readFlowGraph({ ...WELCOME.flow, text }, ACTIONS);
    expect(drawCards(lower, other, new Map(), again)).toBe(again);
    expect(boxesOf(cards)[1]).toMatchObject({ id: 'agree', leadsTo: ['email', 'goodbye'] });
  });

  test('names the handles of ways', () => {
    for (const way of [{ type: 'next' }, { type: 'give_up' }, { type: 'arm', arm: 12 }] as const) {
      expect(wayOf(wayKey(way))).toEqual(way);
    }
    expect(wayOf('door')).toBeUndefined();
    expect(shortPhrase('a {b, plural, one {# c} other {{d}}}  e}')).toBe('a {b} e}');
  });

  test('begins a flow that only lacks its words', () => {
    const engine = createEngineAtWork();
    engine({ id: 1, type: 'surround', surroundings: surroundings() });
    const texts = textsOf('fresh', newFlow("L'été: oui", 'engagement', ['fr', 'en']));
    const answer = engine({ id: 2, type: 'check', texts });
    const codes = answer.type === 'checked' ? answer.problems.map(({ code }) => code) : [];
    expect(codes).toEqual(['missing-translation', 'missing-translation']);
    expect(readFlowGraph(texts.flow, ACTIONS).title).toBe("L'été: oui");
  });
});

describe('the engine beside the page', () => {
  const engine = createEngineAtWork();
  const opening: Opening = {
    language: 'fr',
    channel: 'web',
    at: Date.UTC(2030, 0, 1, 12),
    supporter: {},
    consents: {},
  };
  engine({ id: 0, type: 'surround', surroundings: surroundings() });

  test('plays a conversation, tells its path, and writes it as a transcript', () => {
    const moves: readonly Move[] = [
      { they: { type: 'text', text: '/start' }, ends: [] },
      { they: { type: 'choose', values: ['yes'] }, ends: [] },
      { they: { type: 'text', text: 'lea@exemple.fr' }, ends: [] },
    ];
    const answer = engine({ id: 1, type: 'play', texts: WELCOME, opening, title: 'x', moves });
    if (answer.type !== 'played') throw new Error(answer.type);
    const { played } = answer;
    expect(played.moves.map(({ said }) => said.map(({ key }) => key))).toEqual([
      ['hello', 'agree.ask'],
      ['email.ask'],
      ['postcode.ask'],
    ]);
    expect(played.moves[0]?.said[1]?.buttons?.map(({ value }) => value)).toEqual(['yes', 'no']);
    const graph = readFlowGraph(WELCOME.flow, ACTIONS);
    expect(tracePath(graph, 'welcome', played)).toEqual([
      'hello',
      'agree',
      'email',
      'confirm_email',
      'postcode',
    ]);
    const { transcript } = readTranscript({ path: 't.yaml', text: played.transcript });
    expect(transcript).toMatchObject({ flow: 'welcome', locale: 'fr', channel: 'web' });
    expect(transcript?.turns).toHaveLength(3);
  });

  test('plays nothing of a flow with mistakes, and tells them', () => {
    const texts = {
      ...WELCOME,
      flow: { ...WELCOME.flow, text: WELCOME.flow.text.replace('then: email', 'then: emial') },
    };
    expect(engine({ id: 1, type: 'play', texts, opening, title: 'x', moves: [] }).type).toBe(
      'unsound',
    );
    const answer = engine({ id: 2, type: 'check', texts });
    expect(answer.type === 'checked' ? answer.problems : []).toMatchObject([
      { code: 'unknown-step', line: 16 },
    ]);
  });

  test('lays steps out from left to right, none on another', () => {
    const graph = readFlowGraph(WELCOME.flow, ACTIONS);
    const boxes = boxesOf(drawCards(graph, new Map(), new Map(), []));
    const answer = engine({ id: 1, type: 'lay_out', boxes });
    const places = new Map(answer.type === 'laid_out' ? answer.places : []);
    expect(places.get('hello')?.x).toBeLessThan(places.get('agree')?.x ?? 0);
    for (const one of boxes) {
      for (const other of boxes) {
        const [a, b] = [places.get(one.id), places.get(other.id)];
        if (one === other || a === undefined || b === undefined) continue;
        const apart =
          a.x + one.width <= b.x ||
          b.x + other.width <= a.x ||
          a.y + one.height <= b.y ||
          b.y + other.height <= a.y;
        expect([one.id, other.id, apart]).toEqual([one.id, other.id, true]);
      }
    }
  });
});

describe('a comparison line by line', () => {
  test('shows what went, what came, and a little around', () => {
    const before = ['1', '2', '3', 'old', '5', '6', '7', '8'].join('\n');
    const after = ['1', '2', '3', 'new', '5', '6', '7', '8'].join('\n');
    expect(diffLines(before, after).map(({ type, text }) => `${type} ${text}`)).toEqual([
      'gap ',
      'same 2',
      'same 3',
      'gone old',
      'new new',
      'same 5',
      'same 6',
      'gap ',
    ]);
    expect(diffLines(before, before)).toEqual([]);
    expect(diffLines('', 'a\n').map(({ type }) => type)).toEqual(['new']);
  });
});
