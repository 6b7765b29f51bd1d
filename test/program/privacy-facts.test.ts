import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ACTIONS } from '../../src/actions.js';
import { compile, type SourceFile, type Sources } from '../../src/engine/compile.js';
import type { Library } from '../../src/engine/flow.js';
import { createLibrary } from '../../src/engine/library.js';
import { privacyFacts, tellFacts, type NoticeSettings } from '../../src/program/privacy-facts.js';
import { renderPrivacyNotice } from '../../src/site/server/render-privacy-notice.js';
import { yamlFiles } from '../engine/fixture-library.js';
import { compileSample } from '../engine/sample-library.js';

const SETTINGS: NoticeSettings = {
  webhooks: new Map(),
  donations: { gateway: 'sandbox' },
  keepConversationsDays: 365,
  keepProfilesDays: 1_095,
};
const flowsDir = join(__dirname, '../../flows');
const locales = join(flowsDir, '../locales');
const page = {
  language: 'fr',
  languages: ['fr', 'en'],
  assets: { widget: '/site/widget-1.js' },
} as const;

function compiled(sources: Sources): Library {
  const made = compile(sources, ACTIONS);
  expect(made.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return createLibrary({ ...made, flows: made.flows.values() });
}

function notice(library: Library, language: 'fr' | 'en' = 'fr', settings = SETTINGS): string {
  const facts = tellFacts(library, settings);
  return renderPrivacyNotice(library.campaign, { ...page, language }, facts);
}

describe('the privacy notice', () => {
  const sample = compileSample().library;

  test('names every field that a flow writes, below the consent that it needs', () => {
    const { purposes, basics } = tellFacts(sample, SETTINGS);
    const volunteering = purposes.find(({ purpose }) => purpose === 'volunteering');
    expect(volunteering?.fields.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['fields.tasks', 'fields.skills', 'fields.starting_point']),
    );
    expect(volunteering?.records).toEqual(expect.arrayContaining(['shifts', 'roles']));
    const told = [...basics, ...purposes.flatMap(({ fields }) => fields)].map(({ path }) => path);
    const written = sample
      .flows()
      .flatMap(({ steps }) =>
        steps.flatMap((step) => (step.type === 'collect' ? (step.into ?? []) : [])),
      );
    expect(written.length).toBeGreaterThan(5);
    expect(told).toEqual(expect.arrayContaining(written));
    // The postal code alone fills these in.
    expect(told).toEqual(expect.arrayContaining(['commune_name', 'department', 'tags']));
  });

  test('quotes each consent as it is asked, in the language of the page', () => {
    expect(notice(sample)).toContain(
      'Puis-je garder vos réponses, pour que l’équipe vous propose des coups de main qui vous conviennent',
    );
    expect(notice(sample, 'en')).toContain('<strong>What you like to do</strong>');
    expect(notice(sample)).toContain('Nous vous demandons, pour l’e-mail');
  });

  test('changes when a flow begins to collect something new', () => {
    const files = yamlFiles(flowsDir);
    const some = /(?:welcome|stop|help|courtesy)\.yaml$/;
    const flows = files.filter(({ path }) => some.test(path));
    const campaign = files.find(({ path }) => path.endsWith('campaign.yaml'));
    const words = ['fr', 'en']
      .flatMap((language) => yamlFiles(join(locales, language)))
      .filter(({ path }) => some.test(path) || path.endsWith('common.yaml'));
    const survey: SourceFile = {
      path: join(flowsDir, 'survey.yaml'),
      text: 'title: Survey\npurpose: engagement\ncontent: campaign\nstarts_on:\n  - command: survey\nsteps:\n  - collect: bus\n    type: text\n    into: supporter.fields.bus\n    next: end\n',
    };
    const asked = [
      ['fr', 'Quel bus prenez-vous le matin'],
      ['en', 'Which bus do you take in the morning'],
    ].map(([language, ask]) => ({
      path: join(locales, language ?? '', 'survey.yaml'),
      text: `bus:\n  ask: '${ask} ?'\n  retry: '${ask} ?'\n`,
    }));
    const withField: SourceFile = {
      path: campaign?.path ?? '',
      text: (campaign?.text ?? '').replace('fields:\n', 'fields:\n  bus: { type: text }\n'),
    };
    const sources = { campaign: withField, locales: words };
    const before = compiled({ ...sources, flows });
    const after = compiled({
      ...sources,
      flows: [...flows, survey],
      locales: [...words, ...asked],
    });
    expect(notice(before)).not.toContain('Quel bus');
    expect(notice(after)).toContain('Quel bus prenez-vous le matin');
    expect(notice(after, 'en')).toContain('Which bus do you take in the morning');
    let current = before;
    const facts = privacyFacts(() => current, SETTINGS);
    expect(facts()).toBe(facts());
    current = after;
    expect(facts().basics.map(({ path }) => path)).toContain('fields.bus');
  });

  test('names who works for the campaign only where that is turned on', () => {
    const alone = notice(sample, 'en');
    expect(alone).toContain('Nobody else');
    expect(alone).not.toMatch(/Telegram|Stripe|WhatsApp/);
    const all = notice(sample, 'en', {
      ...SETTINGS,
      telegram: {
        token: 'secret-token',
        apiRoot: 'https://api.telegram.org',
        mode: 'polling',
        ratePerSecond: 30,
      },
      donations: { gateway: 'stripe', secretKey: 'sk-secret', webhookSecret: 'whsec-secret' },
      smtpUrl: 'smtps://somebody:secret-password@smtp.mailjet.example:465',
    });
    expect(all).toContain('Telegram FZ-LLC');
    expect(all).toContain('Stripe Payments Europe');
    expect(all).toContain('smtp.mailjet.example');
    expect(all).not.toContain('secret');
    const inside = notice(sample, 'en', { ...SETTINGS, smtpUrl: 'smtp://mail.internal:25' });
    expect(inside).not.toContain('mail.internal');
  });

  test('tells how long things are kept, as the settings have it', () => {
    const page400 = notice(sample, 'en', { ...SETTINGS, keepConversationsDays: 400 });
    expect(page400).toContain('400 days');
    expect(notice(sample, 'en')).toMatch(/1 year\.[\s\S]*3 years after your last message/);
  });

  test('names who answers, or how to find out', () => {
    expect(notice(sample)).toContain('mailto:bonjour@valbrume.example');
    const { controller: _, ...site } = sample.campaign.site;
    const nobody = { ...sample, campaign: { ...sample.campaign, site } };
    expect(notice(nobody)).not.toContain('mailto:');
    expect(notice(nobody)).toContain('Écrivez «\u00a0une personne\u00a0»');
  });
});
