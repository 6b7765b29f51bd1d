import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openJournal } from '../../src/supporters/journal.js';
import { openSupporters } from '../../src/supporters/supporters.js';
import { flowRoutes, type FlowRoutesOptions } from '../../src/staff/routes/flow-routes.js';
import { publishRoutes } from '../../src/staff/routes/publish-routes.js';
import { openStage, type Stage } from '../conversation/publish/stage.js';
import { openStaff, type Answer, type OpenStaff } from './open-staff.js';

let stage: Stage;
let staff: OpenStaff;
let refreshed = 0;

beforeAll(async () => {
  stage = await openStage();
  const { connection } = stage.store;
  const options: FlowRoutesOptions = {
    ...stage.options,
    supporters: openSupporters(connection),
    journal: openJournal(connection),
    readMeaning: (text) => (text === 'coucou' ? { intent: 'greet' } : {}),
    campaign: () => stage.library.library().campaign,
    refresh: async () => {
      refreshed += 1;
      await stage.library.refresh();
    },
    report(error) {
      throw error;
    },
  };
  staff = await openStaff([...flowRoutes(options), ...publishRoutes(options)]);
  await options.journal.write(
    ['lea', 'max'].flatMap((supporter, at) => [
      {
        supporter,
        entry: entry(1, 0, [asks('agree.ask')]),
      },
      ...(at === 0 ? [{ supporter, entry: entry(2, 30_000, [asks('email.ask')]) }] : []),
    ]),
  );
});

afterAll(async () => {
  await staff?.close();
  await stage?.close();
});

const asks = (key: string) => ({
  type: 'say' as const,
  flow: 'welcome',
  key,
  text: '?',
  question: { turn: 1, answer: 'text' as const, options: [] },
});

function entry(turn: number, afterMs: number, effects: readonly ReturnType<typeof asks>[]) {
  return {
    turn,
    at: new Date(Date.now() - 60_000 + afterMs),
    channel: 'web',
    address: 'a',
    event: { type: 'opened' as const, at: 0, channel: 'web' },
    effects,
  };
}

async function as(
  role: 'editor' | 'viewer' | 'agent',
  route: string,
  body?: unknown,
): Promise<Answer> {
  return staff.ask(route, body, { token: await staff.tokenOf(role) });
}

/** The draft of `welcome` with its French greeting changed. */
async function reworded(
  text: string,
): Promise<{ revision: number; flow: string; words: Record<string, string> }> {
  const { body } = await as('editor', 'GET /flows/welcome');
  const fr = String(body.words.fr).replace(/^hello: .*$/m, `hello: '${text}'`);
  return { revision: body.revision, flow: body.flow, words: { ...body.words, fr } };
}

describe('the routes about flows', () => {
  test('list every flow with what is in force and what is being written', async () => {
    const { body } = await as('viewer', 'GET /flows');
    const welcome = body.items.find(({ name }: { name: string }) => name === 'welcome');
    expect(welcome).toMatchObject({ errors: 0, inForce: { author: 'files' } });
    expect(welcome.startsOn).toContainEqual({ type: 'command', text: 'start' });
    expect(welcome).not.toHaveProperty('draft');
  });

  test('save a draft from the revision it was made from, and tell of another', async () => {
    const draft = await reworded('Bonjour toi');
    const base = (await as('editor', 'GET /flows/welcome')).body.inForce;
    const saved = await as('editor', 'PUT /flows/welcome/draft', { ...draft, base });
    expect(saved).toMatchObject({ status: 200, body: { revision: 1 } });
    const late = await as('editor', 'PUT /flows/welcome/draft', { ...draft, base });
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
    const { body } = await as('viewer', 'GET /flows/welcome');
    expect(body).toMatchObject({ revision: 1, base });
    expect(body.words.fr).toContain('Bonjour toi');
    expect(body.published.words.fr).not.toContain('Bonjour toi');
  });

  test('preview and publish it, and put back what was before', async () => {
    const { body: before } = await as('editor', 'GET /flows/welcome');
    const { body: preview } = await as('editor', 'POST /flows/welcome/preview', {
      revision: before.revision,
    });
    expect(preview).toMatchObject({ isFaulty: false, failed: [], replaces: before.inForce });
    expect(preview.played).toBeGreaterThan(0);
    const stale = await as('editor', 'POST /flows/welcome/publish', { revision: 99 });
    expect(stale.body).toEqual({ type: 'changed' });
    const done = await as('editor', 'POST /flows/welcome/publish', {
      revision: before.revision,
      comment: 'warmer',
    });
    expect(done.body).toMatchObject({ type: 'published', version: preview.version });
    expect(refreshed).toBe(1);
    expect(stage.library.library().flow('welcome')?.version).toBe(preview.version);
    const { body: history } = await as('viewer', 'GET /flows/welcome/history');
    expect(history.items[0]).toMatchObject({ comment: 'warmer', isInForce: true });
    const old = await as('viewer', `GET /flows/welcome/versions/${before.inForce}`);
    expect(old.body.words.fr).toBe(before.published.words.fr);
    const back = await as('editor', 'POST /flows/welcome/rollback', { version: before.inForce });
    expect(back.body).toMatchObject({ type: 'published', version: before.inForce });
    expect((await as('viewer', 'GET /flows/welcome')).body.revision).toBe(0);
  });

  test('refuse to publish what is faulty, and say so before', async () => {
    const draft = await reworded('{nobody}');
    const base = (await as('editor', 'GET /flows/welcome')).body.inForce;
    const { body } = await as('editor', 'PUT /flows/welcome/draft', { ...draft, base });
    const { revision } = body;
    const preview = await as('editor', 'POST /flows/welcome/preview', { revision });
    expect(preview.body).toMatchObject({ isFaulty: true });
    expect(preview.body.problems[0]).toMatchObject({ code: 'unknown-icu-argument' });
    const done = await as('editor', 'POST /flows/welcome/publish', { revision });
    expect(done.body).toMatchObject({ type: 'refused', errors: 1 });
    const gone = await as('editor', 'DELETE /flows/welcome/draft', { revision });
    expect(gone.status).toBe(200);
  });

  test('keep a conversation as a transcript that is played before publishing', async () => {
    const count = async (): Promise<number> => {
      const draft = await reworded('Bonjour encore');
      const base = (await as('editor', 'GET /flows/welcome')).body.inForce;
      const { body } = await as('editor', 'PUT /flows/welcome/draft', { ...draft, base });
      const { revision } = body;
      const preview = await as('editor', 'POST /flows/welcome/preview', { revision });
      await as('editor', 'DELETE /flows/welcome/draft', { revision });
      return preview.body.played;
    };
    const text = "title: 'Says hello'\nflow: welcome\nlocale: fr\nturns:\n  - they: /start\n";
    const kept = await as('editor', 'POST /flows/welcome/transcripts', { text });
    expect(kept.body).toEqual({ file: 'flows/tests/welcome.says-hello.yaml' });
    expect(await stage.flowStore.transcripts.count({})).toBe(1);
    expect(await count()).toBeGreaterThan(0);
    const other = await as('editor', 'POST /flows/donate/transcripts', { text });
    expect(other).toMatchObject({ status: 422, body: { error: { code: 'no_transcript' } } });
  });

  test('measure how people went through, and tell what a text means', async () => {
    const { body } = await as('viewer', 'GET /flows/welcome/funnel?days=30');
    expect(body.supporters).toBe(2);
    expect(body.rows).toContainEqual({ step: 'agree', came: 2, answered: 1, left: 1, medianS: 30 });
    const meaning = await as('viewer', 'POST /flows/meaning', { language: 'fr', text: 'coucou' });
    expect(meaning.body).toEqual({ intent: 'greet' });
  });

  test('let those look who may, and those write who may', async () => {
    for (const { key, access } of staff.routes.filter(({ name }) =>
      /[Ff]low|Draft|Funnel/.test(name),
    )) {
      const filled = key.replace(':name', 'welcome').replace(':version', 'a'.repeat(8));
      const route = filled.endsWith('funnel') ? `${filled}?days=7` : filled;
      const body = key.startsWith('GET') ? undefined : { revision: 0 };
      expect([key, (await as('agent', route, body)).status]).toEqual([key, 403]);
      const seen = (await as('viewer', route, body)).status;
      expect([key, seen === 403]).toEqual([key, access !== 'flows.read']);
    }
  });

  test('refuse names that no file can have, and what is too long', async () => {
    const bad = await as('editor', 'PUT /flows/a.b/draft', { revision: 0, flow: '', words: {} });
    expect(bad.status).toBe(400);
    const long = await as('editor', 'PUT /flows/long/draft', {
      revision: 0,
      flow: 'x'.repeat(400_001),
      words: {},
    });
    expect(long.status).toBe(400);
    const words = { '../../x': '' };
    const strange = await as('editor', 'PUT /flows/odd/draft', { revision: 0, flow: '', words });
    expect(strange.status).toBe(400);
  });
});
