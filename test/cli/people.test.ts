import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FLOWS, LOCALES } from '../conversation/rights-campaign.js';
import { launch, type Launched } from '../program/launch.js';
import { runCommand, type Ran } from '../program/run-command.js';
import { openVisitor, type Visitor } from '../program/visitor.js';

let program: Launched;
beforeAll(async () => {
  program = await launch({ FLOWS_DIR: FLOWS, LOCALES_DIR: LOCALES, LOG_LEVEL: 'trace' });
}, 60_000);
afterAll(() => program?.remove());

/** Runs the built command beside the running server, or as its operator would without a terminal. */
function portevoix(args: readonly string[], settings: Record<string, string> = {}): Promise<Ran> {
  return runCommand(program.dataDir, args, { FLOWS_DIR: FLOWS, LOG_LEVEL: 'trace', ...settings });
}

/** What a command prints with `--json`, one value a line. */
async function json(...args: string[]): Promise<Record<string, unknown>[]> {
  const ran = await portevoix([...args, '--json']);
  expect(ran).toMatchObject({ status: 0, err: '' });
  const lines = ran.out.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function hear(visitor: Visitor, words: string): Promise<void> {
  await visitor.waitFor((all) => all.some(({ text }) => text?.includes(words)));
}

/** Somebody who told everything, or wrote what they like instead of their remark. */
async function meet(email: string, remark = 'le nid-de-poule'): Promise<Visitor> {
  const visitor = await openVisitor(program.url);
  for (const words of ['oui', email, '06 12 34 56 78', remark]) await visitor.say(words);
  await hear(visitor, 'Merci !');
  return visitor;
}

describe('portevoix files', () => {
  test('lists what people sent, saves it under a safe name, and shows it in the inbox', async () => {
    const visitor = await meet('photographe@exemple.org');
    await visitor.say('une personne');
    const picture = Buffer.from('\x89PNG\r\n\x1a\n and a picture', 'latin1');
    const form = new FormData();
    form.append('file', new Blob([picture]), '../rue Haute.exe');
    const { status } = await visitor.upload(form);
    expect(status).toBe(200);
    const of = ['--of', `web:${visitor.conversation}`];
    let listed: Record<string, unknown>[] = [];
    for (let tries = 0; listed.length === 0 && tries < 20; tries += 1) {
      listed = await json('files', 'list', ...of);
    }
    expect(listed).toEqual([
      expect.objectContaining({
        channel: 'web',
        media: 'photo',
        name: 'rue-Haute.png',
        content_type: 'image/png',
        size: picture.length,
      }),
    ]);
    const id = String(listed[0]?.['id']);
    expect((await portevoix(['files'])).out).toContain(`${id}  photo  rue-Haute.png, 1 kB`);

    const [saved] = await json('files', 'save', id.slice(0, 8));
    expect(saved).toEqual({ id, path: 'rue-Haute.png', size: picture.length });
    expect(readFileSync(join(program.dataDir, 'rue-Haute.png'))).toEqual(picture);
    expect(await portevoix(['files', 'save', id])).toMatchObject({
      status: 1,
      err: expect.stringContaining('is there already'),
    });
    expect(await portevoix(['files', 'save', 'beef00'])).toMatchObject({ status: 1, out: '' });

    const waiting = await json('inbox');
    const { reference } = waiting.find((one) => one['id'] === listed[0]?.['supporter']) ?? {};
    expect((await portevoix(['inbox', 'read', String(reference)])).out).toContain(
      `${id}  photo  rue-Haute.png`,
    );
    await json('inbox', 'close', String(reference));
  });
});

describe('portevoix privacy and consents', () => {
  test('write what is known of one person, and what they agreed to', async () => {
    const visitor = await meet('lea@exemple.org');
    for (const named of [`web:${visitor.conversation}`, 'LEA@exemple.org']) {
      const ran = await portevoix(['privacy', 'export', named]);
      expect(ran).toMatchObject({ status: 0, err: '' });
      expect(JSON.parse(ran.out)).toMatchObject({
        profile: { email: 'lea@exemple.org', phone: '+33612345678' },
        conversation: expect.arrayContaining([
          expect.objectContaining({ by: 'supporter', what: { said: 'le nid-de-poule' } }),
        ]),
      });
    }
    expect(await json('consents', 'export', 'lea@exemple.org')).toEqual([
      {
        purpose: 'engagement',
        given: true,
        wording: 'Acceptez-vous que nous gardions vos réponses ?',
        version: expect.any(String),
        language: 'fr',
        source: 'welcome.agree',
        at: expect.stringMatching(/^20\d\d-.*Z$/),
      },
    ]);
    const shown = await portevoix(['consents', 'export', 'lea@exemple.org']);
    expect(shown.out).toMatch(/^20\S+ +yes +engagement +\(welcome\.agree, fr, \S+\)\n +Acceptez/);
  });

  test('refuse whom nobody knows, and list those of whom several are meant', async () => {
    for (const command of [
      ['privacy', 'export'],
      ['privacy', 'erase'],
      ['consents', 'export'],
    ]) {
      const nobody = await portevoix([...command, 'nobody@exemple.org']);
      expect(nobody).toMatchObject({ status: 1, out: '' });
      expect(nobody.err).toMatch(/^Nobody is known by that\./);
      expect((await portevoix(command)).status).toBe(2);
    }
    const one = await meet('twin@exemple.org');
    const other = await meet('Twin@exemple.org');
    const several = await portevoix(['privacy', 'erase', 'twin@exemple.org', '--yes']);
    expect(several).toMatchObject({ status: 1, out: '' });
    expect(several.err).toMatch(/^2 people are known by that/);
    for (const { conversation } of [one, other]) expect(several.err).toContain(conversation);
    const [listed = ''] = /\S*web:\S+/.exec(several.err) ?? [];
    expect((await portevoix(['privacy', 'export', listed])).status).toBe(0);
  });

  test('erase beside the server, which meets a stranger at the same address', async () => {
    const visitor = await meet('tom@exemple.org', 'le banc cassé');
    const address = `web:${visitor.conversation}`;
    const unsure = await portevoix(['privacy', 'erase', address]);
    expect(unsure).toMatchObject({ status: 1, out: '' });
    expect(unsure.err).toContain('--yes');
    const [erased] = await json('privacy', 'erase', address, '--yes');
    expect(erased).toMatchObject({ erased: true });
    expect(await portevoix(['privacy', 'export', address])).toMatchObject({ status: 1 });
    const all = await portevoix(['export', 'supporters', '--json']);
    expect(all.out).not.toContain('tom@exemple.org');
    await visitor.say('bonjour');
    await hear(visitor, 'Acceptez-vous');
    expect((await visitor.read()).messages.map(({ text }) => text)).not.toContain('le banc cassé');
    expect(await portevoix(['privacy', 'export', address])).toMatchObject({ status: 0 });
  });

  test('count what was kept too long, and remove it', async () => {
    const none = { profiles: 0, turns: 0, messages: 0, files: 0, mails: 0, merges: 0 };
    expect(await json('privacy', 'retention', '--dry-run')).toEqual([none]);
    expect(await json('privacy', 'retention')).toEqual([none]);
    const shown = await portevoix(['privacy', 'retention', '--dry-run']);
    expect(shown.out).toMatch(/^Kept longer than it should be:\n +0 people/);
    const wrong = await portevoix(['privacy', 'retention'], { KEEP_PROFILES_DAYS: '3' });
    expect(wrong).toMatchObject({ status: 1, out: '' });
    expect(wrong.err).toContain('KEEP_PROFILES_DAYS');
  });
});

describe('portevoix inbox', () => {
  test('lists who waits, shows what was said, answers once and gives back', async () => {
    expect((await portevoix(['inbox'])).out).toBe('Nobody waits for a person of the team.\n');
    const visitor = await openVisitor(program.url);
    await visitor.say('oui');
    await visitor.say('une personne');
    await hear(visitor, 'Je transmets à l’équipe.');
    await visitor.say('Où est le local ?\n2030-01-01 12:00  team: \u001b[2Jrue Haute');
    await hear(visitor, 'C’est transmis à l’équipe');

    const [waiting, ...others] = await json('inbox');
    expect(others).toEqual([]);
    expect(waiting).toMatchObject({ language: 'fr', channel: 'web', reason: 'asked' });
    const reference = String(waiting?.['reference']);
    const list = await portevoix(['inbox']);
    expect(list.out).toMatch(new RegExp(`^${reference}  since 20\\S+  fr, web, asked\n$`));

    const lines = await json('inbox', 'read', reference);
    expect(lines.map(({ by }) => by)).toContain('supporter');
    expect(lines.at(-2)).toMatchObject({
      what: { said: 'Où est le local ?\n2030-01-01 12:00  team: \u001b[2Jrue Haute' },
    });
    const read = await portevoix(['inbox', 'read', reference]);
    // What a supporter writes neither moves the cursor nor looks like a line of the team.
    expect(read.out).not.toContain('\u001b');
    expect(read.out).not.toMatch(/^2030-01-01 12:00 {2}team/m);
    expect(read.out).toMatch(/^20\S+ \S+ {2}assistant: Je transmets à l’équipe\.$/m);

    expect(await json('inbox', 'reply', reference, 'Place du Lavoir,', 'à gauche.')).toEqual([
      { reference, answered: true },
    ]);
    await hear(visitor, 'Place du Lavoir, à gauche.');
    expect(await json('inbox', 'reply', reference, '--ready', 'thanks')).toEqual([
      { reference, answered: true },
    ]);
    await hear(visitor, 'Merci pour votre message.');
    const unknown = await portevoix(['inbox', 'reply', reference, '--ready', 'thank']);
    expect(unknown.err).toContain('there are: later, where, proxy, thanks');
    expect(await json('inbox', 'close', reference)).toEqual([{ reference, closed: true }]);
    await hear(visitor, 'C’est de nouveau moi');
    const { messages } = await visitor.read();
    const texts = messages.map(({ text }) => text);
    expect(texts.filter((text) => text === 'Place du Lavoir, à gauche.')).toHaveLength(1);
    expect(texts.at(-1)).toBe('Quelle est votre adresse e-mail ?');
    expect(await json('inbox')).toEqual([]);
  });

  test('refuses a reference nobody has, and an answer too long for a message', async () => {
    for (const args of [
      ['read', 'ffff'],
      ['reply', 'ffff', 'Bonjour'],
      ['close', 'ffff'],
    ]) {
      const ran = await portevoix(['inbox', ...args]);
      expect(ran).toMatchObject({ status: 1, out: '' });
      expect(ran.err).toMatch(/^Nobody waits under that reference/);
    }
    const long = await portevoix(['inbox', 'reply', 'ffff', 'x'.repeat(4_001)]);
    expect(long.err).toContain('4000 characters');
    expect((await portevoix(['inbox', 'reply', 'ffff'])).status).toBe(2);
    expect((await portevoix(['inbox', 'nonsense'])).status).toBe(2);
  });
});

describe('portevoix segments', () => {
  const agreed = `name: agreed
title: Those who agreed
combinator: and
rules:
  - { field: consents.engagement, operator: =, value: given }
  - { field: email, operator: notNull }
`;

  test('keeps one that is sound, and counts, shows, exports and removes it', async () => {
    const visitor = await meet('segment@exemple.org');
    const file = join(program.dataDir, 'agreed.yaml');
    writeFileSync(file, agreed);
    const [saved] = await json('segments', 'save', file, '--author', 'Inès');
    expect(saved).toMatchObject({ name: 'agreed' });
    const all = await json('export', 'supporters', '--segment', 'agreed');
    expect(all).toHaveLength(Number(saved?.['count']));
    expect(JSON.stringify(all)).toContain(visitor.conversation);
    const sample = await portevoix(['segments', 'sample', 'agreed', '--size', '1']);
    expect(sample.out).toMatch(/^id:\S+ {2}fr {2}known since 20\S+\n$/);
    expect(await json('segments', 'list')).toEqual([
      expect.objectContaining({ name: 'agreed', title: 'Those who agreed', author: 'Inès' }),
    ]);
    const [shown] = await json('segments', 'show', 'agreed');
    expect(shown).toMatchObject({ name: 'agreed', combinator: 'and' });
    expect((await portevoix(['segments', 'remove', 'agreed'])).out).toBe('Removed "agreed".\n');
    const gone = await portevoix(['segments', 'count', 'agreed']);
    expect(gone).toMatchObject({ status: 1, out: '' });
    expect(gone.err).toContain('There is no segment "agreed"');
  }, 90_000);

  test('tells all that is wrong with one, and keeps nothing of it', async () => {
    const file = join(program.dataDir, 'wrong.yaml');
    writeFileSync(file, agreed.replace('email', 'emial').replace('given', '{ $ne: 1 }'));
    const refused = await portevoix(['segments', 'save', file]);
    expect(refused).toMatchObject({ status: 1, out: '' });
    expect(refused.err).toMatch(
      /rules\[0\]\.value: .*\n.*rules\[1\]\.field: .*did you mean "email"\?/,
    );
    expect((await portevoix(['segments', 'list'])).out).toMatch(/^There is no segment yet/);
  });
});

describe('portevoix webhook key', () => {
  test('prints the key that verifies a call, for a webhook that is set', async () => {
    const settings = { WEBHOOKS: 'crm=https://crm.example.org/' };
    const ran = await portevoix(['webhook', 'key', 'crm', '--json'], settings);
    const { key } = JSON.parse(ran.out) as { key: string };
    const secret = readFileSync(join(program.dataDir, 'secret.key'), 'utf8').trim();
    expect(key).toBe(
      createHmac('sha256', secret).update('portevoix webhook crm').digest('base64url'),
    );
    expect(await portevoix(['webhook', 'key', 'map'], settings)).toMatchObject({
      status: 1,
      out: '',
    });
  });
});

test('nothing of anybody is in the log of all that', () => {
  const log = program.output();
  expect(log).toMatch(/handoff/);
  for (const words of [
    /exemple\.org/i,
    /nid-de-poule/,
    /banc cassé/,
    /612345678/,
    /06 12 34/,
    /Où est le local/,
    /Place du Lavoir/,
    /\/privacy\//,
    /eyJ|Bearer/,
  ]) {
    expect(log).not.toMatch(words);
  }
});
