import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { beginDraft } from '../../../src/conversation/publish/begin-draft.js';
import { filesOf, type DraftRow } from '../../../src/conversation/publish/drafts.js';
import { publishDraft } from '../../../src/conversation/publish/publish-draft.js';
import { openStage, type Stage } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const AT = new Date(Date.UTC(2030, 0, 1));

async function begin(name: string): Promise<DraftRow> {
  return beginDraft(await stage.inForce(), name, 'lea', AT);
}

function reworded(draft: DraftRow, text: string): DraftRow {
  const en = draft.words['en']?.replace(/^goodbye:.*$/m, `goodbye: '${text}'`) ?? '';
  return { ...draft, words: { ...draft.words, en } };
}

/** What a save gives when nobody was quicker. */
async function saved(draft: DraftRow): Promise<DraftRow> {
  const row = await stage.flowStore.drafts.save(draft);
  if (row === undefined) throw new Error('Somebody was quicker.');
  return row;
}

describe('a draft', () => {
  test('begins with the version in force, and is published under its hash', async () => {
    const draft = await begin('welcome');
    const { base } = draft;
    expect(base).toBe(stage.library.library().flow('welcome')?.version);
    expect(Object.keys(draft.words).sort()).toEqual(['en', 'fr']);
    const unchanged = await saved(draft);
    expect(await publishDraft(stage.options, unchanged, { author: 'lea' })).toEqual({
      type: 'unchanged',
    });
    expect(await stage.flowStore.drafts.get('welcome')).toBeUndefined();

    const changed = await saved(reworded(draft, 'See you!'));
    expect(await publishDraft(stage.options, changed, { author: 'lea' })).toMatchObject({
      type: 'published',
    });
    await stage.library.refresh();
    const flow = stage.library.library().flow('welcome');
    expect(flow?.words.get('en')?.get('goodbye')?.render({})).toBe('See you!');
    expect(await stage.flowStore.drafts.get('welcome')).toBeUndefined();
  });

  test('is saved by one of two who write at once', async () => {
    const draft = await saved(await begin('welcome'));
    expect(draft.revision).toBe(1);
    const [one, other] = await Promise.all([
      stage.flowStore.drafts.save({ ...reworded(draft, 'See you!'), author: 'lea' }),
      stage.flowStore.drafts.save({ ...reworded(draft, 'Farewell!'), author: 'sam' }),
    ]);
    expect([one, other].filter((row) => row !== undefined)).toHaveLength(1);
    expect(await stage.flowStore.drafts.get('welcome')).toMatchObject({ revision: 2 });
    // Nor does a second beginning write over it, or an old page throw it away or publish it.
    expect(await stage.flowStore.drafts.save(await begin('welcome'))).toBeUndefined();
    expect(await stage.flowStore.drafts.discard(draft)).toBe(false);
    expect(await publishDraft(stage.options, draft, { author: 'lea' })).toEqual({
      type: 'changed',
    });
    expect(await stage.flowStore.drafts.discard({ _id: 'welcome', revision: 2 })).toBe(true);
  });

  test('is not published over what somebody else published meanwhile, and is kept', async () => {
    const draft = await saved(reworded(await begin('welcome'), 'See you!'));
    stage.edit('locales/en/welcome.yaml', (text) => text.replace('All right', 'Very well'));
    await stage.library.reload();
    expect(await publishDraft(stage.options, draft, { author: 'lea' })).toMatchObject({
      type: 'overtaken',
      by: [{ author: 'files' }],
    });
    expect(await stage.flowStore.drafts.get('welcome')).toMatchObject({ revision: 1 });
  });

  test('that is faulty is refused at its lines, and kept', async () => {
    const draft = await begin('welcome');
    const faulty = await saved({ ...draft, flow: draft.flow.replace('then: name', 'then: nam') });
    const outcome = await publishDraft(stage.options, faulty, { author: 'lea' });
    if (outcome.type !== 'refused') throw new Error('It was not refused.');
    expect(outcome.review.problems).toMatchObject([
      { file: 'flows/welcome.yaml', line: 14, column: 15, code: 'unknown-step' },
    ]);
    expect(await stage.flowStore.drafts.get('welcome')).toMatchObject({ revision: 1 });
  });

  test('may be of a flow that is new', async () => {
    const draft = await begin('thanks');
    expect(draft).toMatchObject({ flow: '', words: {} });
    const written = await saved({
      ...draft,
      flow: 'title: Thanks\npurpose: service\ncontent: neutral\nstarts_on: [{ keyword: [merci] }]\nsteps:\n  - say: welcome\n    next: end\n',
      words: { fr: 'welcome: De rien !\n', en: 'welcome: You are welcome!\n' },
    });
    expect(filesOf(written).words.map(({ path }) => path)).toContain('locales/fr/thanks.yaml');
    expect((await publishDraft(stage.options, written, { author: 'lea' })).type).toBe('published');
    await stage.library.refresh();
    expect(stage.library.library().startedBy({ type: 'keyword', keyword: 'Merci' })).toBe('thanks');
  });

  test('has a name that a file can have', async () => {
    const { drafts } = stage.flowStore;
    const draft = await begin('welcome');
    await expect(drafts.save({ ...draft, _id: '../welcome' })).rejects.toThrow(TypeError);
    await expect(drafts.save({ ...draft, words: { 'fr/..': '' } })).rejects.toThrow(TypeError);
  });
});
