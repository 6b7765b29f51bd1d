import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { publishFlows, type By } from '../../../src/conversation/publish/publish-flows.js';
import { readHistory } from '../../../src/conversation/publish/read-history.js';
import { rollBack } from '../../../src/conversation/publish/roll-back.js';
import { openStage, type Stage } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const LEA: By = { type: 'published', author: 'lea', comment: 'Warmer' };
const SAM: By = { type: 'published', author: 'sam' };

function reword(text: string): void {
  stage.edit('locales/en/welcome.yaml', (words) =>
    words.replace(/^goodbye:.*$/m, `goodbye: '${text}'`),
  );
}

async function goodbye(): Promise<string | undefined> {
  await stage.library.refresh();
  return stage.library.library().flow('welcome')?.words.get('en')?.get('goodbye')?.render({});
}

const versionNow = (): string => stage.library.library().flow('welcome')?.version ?? '';

describe('publishing', () => {
  test('freezes a flow with its words, its author, its time and a comment', async () => {
    const before = versionNow();
    reword('See you!');
    const outcome = await publishFlows(stage.options, [await stage.proposed('welcome')], LEA);
    expect(outcome).toMatchObject({ type: 'published', versions: [{ name: 'welcome' }] });
    expect(await goodbye()).toBe('See you!');
    const history = await readHistory(stage.flowStore, 'welcome');
    expect(history).toMatchObject([
      { publication: 2, version: versionNow(), author: 'lea', comment: 'Warmer', isInForce: true },
      { publication: 1, version: before, author: 'files', isInForce: false },
    ]);
    expect(history[0]?.at).toBeInstanceOf(Date);
    const [row] = await stage.flowStore.versions.find({ version: versionNow() });
    expect(row).toMatchObject({ author: 'lea', comment: 'Warmer' });
    expect(row?.words.map(({ path }) => path)).toContain('locales/en/welcome.yaml');
  });

  test('does nothing when nothing differs from what is in force', async () => {
    const proposed = await stage.proposed('welcome');
    expect(await publishFlows(stage.options, [proposed], LEA)).toEqual({ type: 'unchanged' });
    expect(await stage.flowStore.publications.all()).toHaveLength(1);
  });

  test('refuses a faulty flow with the place of every mistake, and writes nothing', async () => {
    stage.edit('flows/welcome.yaml', (text) =>
      text.replace('then: name', 'then: nam').replace('give_up: topics', 'give_up: topicks'),
    );
    const outcome = await publishFlows(stage.options, [await stage.proposed('welcome')], {
      ...LEA,
      despiteTranscripts: true,
    });
    if (outcome.type !== 'refused') throw new Error('It was not refused.');
    expect(outcome.review.isFaulty).toBe(true);
    expect(outcome.review.problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ file: 'flows/welcome.yaml', line: 14, code: 'unknown-step' }),
        expect.objectContaining({ file: 'flows/welcome.yaml', line: 24, code: 'unknown-step' }),
      ]),
    );
    expect(await stage.flowStore.publications.all()).toHaveLength(1);
  });

  test('refuses a flow that harms another one', async () => {
    stage.edit('flows/age.yaml', (text) =>
      text.replace('starts_on: []', 'starts_on: [{ keyword: [créneau] }]'),
    );
    const outcome = await publishFlows(stage.options, [await stage.proposed('age')], LEA);
    expect(outcome).toMatchObject({
      type: 'refused',
      review: { problems: [{ file: 'flows/age.yaml', code: 'duplicate-trigger' }] },
    });
  });

  test('refuses to take away the flow of the first contact', async () => {
    stage.edit('flows/welcome.yaml', (text) => text.replace('command: start', 'command: begin'));
    const outcome = await publishFlows(stage.options, [await stage.proposed('welcome')], {
      ...LEA,
      despiteTranscripts: true,
    });
    expect(outcome).toMatchObject({ type: 'refused', review: { isFaulty: true } });
  });

  test('tells of no mistake that was there before in another flow', async () => {
    // A language more, for which nothing is written.
    stage.edit('flows/campaign.yaml', (text) => text.replace('[fr, en]', '[fr, en, br]'));
    reword('See you!');
    const refused = await publishFlows(stage.options, [await stage.proposed('welcome')], LEA);
    if (refused.type !== 'refused') throw new Error('It was not refused.');
    const files = new Set(refused.review.problems.map(({ file }) => file));
    // Only what is missing in the flow itself is told, not what is missing in the others.
    expect([...files].filter((file) => /help|age|shift/.test(file))).toEqual([]);
  });

  test('refuses what breaks a transcript, shows it, and publishes it all the same when told to', async () => {
    stage.edit('flows/welcome.yaml', (text) => text.replace('  - say: hello\n', ''));
    stage.edit('locales/en/welcome.yaml', (text) => text.replace(/^hello:.*\n/m, ''));
    stage.edit('locales/fr/welcome.yaml', (text) => text.replace(/^hello:.*\n/m, ''));
    const proposed = [await stage.proposed('welcome')];
    const outcome = await publishFlows(stage.options, proposed, LEA);
    if (outcome.type !== 'refused') throw new Error('It was not refused.');
    expect(outcome.review.isFaulty).toBe(false);
    expect(outcome.review.failed.length).toBeGreaterThan(1);
    expect(outcome.review.failed[0]?.text).toMatch(/✗.*hello/);
    expect(outcome.review.failed.length).toBeLessThan(outcome.review.played);
    const despite = await publishFlows(stage.options, proposed, {
      ...LEA,
      despiteTranscripts: true,
    });
    expect(despite.type).toBe('published');
    // From now on they fail with or without the next flow, which is not its fault.
    stage.edit('locales/en/age.yaml', (text) => text.replace('How old', 'And how old'));
    expect((await publishFlows(stage.options, [await stage.proposed('age')], LEA)).type).toBe(
      'published',
    );
  });

  test('puts several flows in force at once, or none of them', async () => {
    reword('See you!');
    stage.edit('locales/en/age.yaml', (text) => text.replace('How old', 'And how old'));
    const both = [await stage.proposed('welcome'), await stage.proposed('age')];
    const broken = both.map((one) => (one.name === 'age' ? { ...one, words: [] } : one));
    expect((await publishFlows(stage.options, broken, LEA)).type).toBe('refused');
    expect(await stage.flowStore.publications.all()).toHaveLength(1);
    expect((await publishFlows(stage.options, both, LEA)).type).toBe('published');
    expect((await stage.flowStore.publications.all()).at(-1)?.flows).toHaveLength(2);
  });
});

describe('retiring a flow', () => {
  /** Help is called differently from now on; what starts it is the same. */
  function rename(): void {
    for (const folder of ['flows', 'locales/en', 'locales/fr']) {
      renameSync(join(stage.folder, folder, 'help.yaml'), join(stage.folder, folder, 'aid.yaml'));
    }
    stage.edit('flows/shift.yaml', (text) => text.replace('link: help', 'link: aid'));
    for (const name of ['welcome.no-address', 'shift.signed']) {
      stage.edit(`flows/tests/${name}.yaml`, (text) => text.replace('help.answer', 'aid.answer'));
    }
  }
  const helper = (): string | undefined =>
    stage.library.library().startedBy({ type: 'command', command: 'help' });

  test('goes with publishing it under another name, in one act', async () => {
    rename();
    const proposed = [await stage.proposed('aid'), await stage.proposed('shift')];
    const alone = await publishFlows(stage.options, proposed, LEA);
    expect(alone).toMatchObject({ type: 'refused', review: { isFaulty: true } });
    const old = stage.library.library().flow('help')?.version ?? '';
    const by = { ...LEA, retire: ['help'] };
    expect(await publishFlows(stage.options, proposed, by)).toMatchObject({
      type: 'published',
      versions: [{ name: 'aid' }, { name: 'shift' }, { name: 'help', retired: true }],
    });
    await stage.library.refresh();
    expect(helper()).toBe('aid');
    expect(stage.library.library().flow('help')).toBeUndefined();
    // Whoever stands in it goes on to its end.
    expect(stage.library.library().flow('help', old)?.steps).toHaveLength(1);
    expect(await readHistory(stage.flowStore, 'help')).toMatchObject([
      { version: old, isRetired: true, isInForce: false },
      { version: old, isRetired: false, isInForce: false },
    ]);
    expect((await stage.inForce()).current.has('help')).toBe(false);
  });

  test('is refused while another flow goes to it', async () => {
    const by = { ...LEA, retire: ['help'] };
    expect(await publishFlows(stage.options, [], by)).toMatchObject({
      type: 'refused',
      review: { problems: [{ file: expect.stringMatching(/shift\.yaml$/), code: 'unknown-flow' }] },
    });
    expect(await publishFlows(stage.options, [], { ...LEA, retire: ['deep'] })).toMatchObject({
      type: 'published',
    });
    await stage.library.refresh();
    expect(stage.library.library().flow('deep')).toBeUndefined();
    expect(await publishFlows(stage.options, [], { ...LEA, retire: ['deep'] })).toEqual({
      type: 'unchanged',
    });
  });

  test('is undone by rolling back', async () => {
    const version = stage.library.library().flow('deep')?.version ?? '';
    await publishFlows(stage.options, [], { ...LEA, retire: ['deep'] });
    // Its file is still there, and is not published by itself.
    expect((await stage.open(true)).library().flow('deep')).toBeUndefined();
    expect(await rollBack(stage.options, 'deep', version, LEA)).toMatchObject({
      type: 'published',
    });
    await stage.library.refresh();
    expect(stage.library.library().flow('deep')?.version).toBe(version);
  });

  test('is not needed for a renamed file to take over what the old name started', async () => {
    rename();
    await stage.library.reload();
    expect(helper()).toBe('aid');
    expect((await stage.open()).library().flow('help')).toBeDefined();
  });
});

describe('the election silence', () => {
  const eve = Date.parse('2030-03-16T12:00Z');

  test('withholds what campaigns, also taking it out of force or back, and lets neutral flows change', async () => {
    const silent = { ...stage.options, now: () => eve };
    reword('See you!');
    const withheld = { type: 'withheld', refusal: { rule: 'silence' } };
    const welcome = await stage.proposed('welcome');
    expect(await publishFlows(silent, [welcome], LEA)).toMatchObject(withheld);
    stage.edit('locales/en/age.yaml', (text) => text.replace('How old', 'And how old'));
    const age = await stage.proposed('age');
    expect(await publishFlows(silent, [welcome, age], LEA)).toMatchObject(withheld);
    expect(await stage.flowStore.publications.all()).toHaveLength(1);
    expect(await publishFlows(silent, [age], LEA)).toMatchObject({ type: 'published' });
    expect(await publishFlows(stage.options, [welcome], LEA)).toMatchObject({ type: 'published' });
    const first = welcome.base ?? '';
    expect(await rollBack(silent, 'welcome', first, LEA)).toMatchObject(withheld);
  });
});

describe('two who publish at once', () => {
  test('do not undo each other: the second of one flow is told who was quicker', async () => {
    reword('See you!');
    const one = await stage.proposed('welcome');
    reword('Farewell!');
    const other = await stage.proposed('welcome');
    const outcomes = await Promise.all([
      publishFlows(stage.options, [one], LEA),
      publishFlows(stage.options, [other], SAM),
    ]);
    expect(outcomes.map(({ type }) => type).sort()).toEqual(['overtaken', 'published']);
    const overtaken = outcomes.find((outcome) => outcome.type === 'overtaken');
    const winner = outcomes[0].type === 'published' ? 'lea' : 'sam';
    expect(overtaken).toMatchObject({ by: [{ author: winner }] });
    expect(await goodbye()).toBe(winner === 'lea' ? 'See you!' : 'Farewell!');
    expect(await stage.flowStore.publications.all()).toHaveLength(2);
  });

  test('both succeed with different flows, each checked among the other', async () => {
    reword('See you!');
    stage.edit('locales/en/age.yaml', (text) => text.replace('How old', 'And how old'));
    const outcomes = await Promise.all([
      publishFlows(stage.options, [await stage.proposed('welcome')], LEA),
      publishFlows(stage.options, [await stage.proposed('age')], SAM),
    ]);
    expect(outcomes.map(({ type }) => type)).toEqual(['published', 'published']);
    expect(await stage.flowStore.publications.all()).toHaveLength(3);
  });

  test('cannot both take one keyword', async () => {
    const keyword = (text: string): string =>
      text.replace('starts_on: []', 'starts_on: [{ keyword: [ici] }]');
    stage.edit('flows/age.yaml', keyword);
    stage.edit('flows/deep.yaml', (text) =>
      text.replace(/starts_on: .*/, 'starts_on: [{ keyword: [ici] }]'),
    );
    const outcomes = await Promise.all([
      publishFlows(stage.options, [await stage.proposed('age')], {
        ...LEA,
        despiteTranscripts: true,
      }),
      publishFlows(stage.options, [await stage.proposed('deep')], {
        ...SAM,
        despiteTranscripts: true,
      }),
    ]);
    expect(outcomes.map(({ type }) => type).sort()).toEqual(['published', 'refused']);
  });
});

describe('rolling back', () => {
  test('publishes the older version anew, and survives a restart with the files unchanged', async () => {
    const before = versionNow();
    const old = await goodbye();
    reword('See you!');
    await stage.library.reload();
    expect(await goodbye()).toBe('See you!');
    const outcome = await rollBack(stage.options, 'welcome', before, {
      author: 'lea',
      comment: 'Too short',
    });
    expect(outcome).toEqual({
      type: 'published',
      versions: [{ name: 'welcome', version: before }],
    });
    expect(await goodbye()).toBe(old);
    const restarted = await stage.open(true);
    expect(restarted.library().flow('welcome')?.version).toBe(before);
    expect(await readHistory(stage.flowStore, 'welcome')).toMatchObject([
      {
        type: 'rolled_back',
        version: before,
        author: 'lea',
        comment: 'Too short',
        isInForce: true,
      },
      { type: 'published', author: 'files', isInForce: false },
      { type: 'published', version: before, isInForce: false },
    ]);
    // Its own author stays.
    expect(await stage.flowStore.versions.get(`welcome@${before}`)).toMatchObject({
      author: 'files',
    });
  });

  test('knows no version that never was in force, and refuses one that is faulty by now', async () => {
    const by = { author: 'lea' };
    expect(await rollBack(stage.options, 'welcome', '00000000', by)).toEqual({ type: 'unknown' });
    expect(await rollBack(stage.options, 'nothing', versionNow(), by)).toEqual({ type: 'unknown' });
    expect(await rollBack(stage.options, 'welcome', versionNow(), by)).toEqual({
      type: 'unchanged',
    });
    const before = versionNow();
    reword('See you!');
    await stage.library.reload();
    stage.edit('flows/campaign.yaml', (text) => text.replace('[fr, en]', '[fr, en, br]'));
    expect(await rollBack(stage.options, 'welcome', before, by)).toMatchObject({
      type: 'refused',
      review: { isFaulty: true },
    });
  });
});
