import { makeCalendar } from '../calendar/make-calendar.js';
import type { Campaign, Field, FieldType } from '../campaign.js';
import { PURPOSES } from '../flow.js';
import type { Json } from '../json.js';
import type { YamlMap, YamlNode } from '../yaml.js';
import { readCanvass } from './canvass.js';
import { readDonations } from './donations.js';
import { readElection, readQuietHours } from './election.js';
import { BUILT_IN_FIELDS } from './fields.js';
import { readFrequencyCap, USUAL_CAP } from './frequency-cap.js';
import { instantOf, isTimezone } from './instant.js';
import { CHANNELS } from './names.js';
import { EMPTY_SITE, readSite } from './site.js';
import { checkKeys, readChoice, readFlag, readList, readMap, readText } from './read.js';
import type { Report } from './report.js';
import { readTranslated } from './translated.js';
import { say } from '../sentence.js';

const FIELD_TYPES: readonly FieldType[] = [
  'text',
  'number',
  'boolean',
  'date',
  'list',
  'amount',
  'location',
];

/**
 * Reads `campaign.yaml`. What is missing or wrong takes its default, so that the flows can still be
 * checked; `found` are the languages that have a folder of words.
 */
export function readCampaign(
  root: YamlNode | undefined,
  found: readonly string[],
  report: Report,
): Campaign {
  const written = root === undefined ? undefined : readMap(root, 'campaign.yaml', report);
  if (written === undefined) {
    return complete({ name: '', languages: found, timezone: 'UTC', country: 'none' }, {});
  }
  const map = checkKeys(
    written,
    [
      'name',
      'candidate',
      'languages',
      'timezone',
      'country',
      'election',
      'quiet_hours',
      'frequency_cap',
      'donations',
      'canvass',
      'fields',
      'channels',
      'site',
    ],
    say`campaign.yaml`,
    report,
  );
  const text = (key: string): string | undefined => {
    const node = map.get(key);
    return node === undefined ? undefined : readText(node, key, report)?.text;
  };
  for (const key of ['name', 'languages']) {
    if (map.get(key) !== undefined) continue;
    report.error(map.place(), 'missing-key', say`campaign.yaml has no "${key}"; add \`${key}:\``);
  }
  const candidate = text('candidate');
  const languages = readLanguages(map, report) ?? found;
  const timezone = readTimezone(map, report);
  const countryNode = map.get('country');
  const country =
    (countryNode === undefined
      ? undefined
      : readChoice(countryNode, 'country', ['fr', 'us', 'none'], report)) ?? 'none';
  const channels = readWords(map, 'channels', CHANNELS, report);
  const electionNode = map.get('election');
  const election =
    electionNode === undefined
      ? undefined
      : readElection(electionNode, { languages, timezone, country }, report);
  const quietNode = map.get('quiet_hours');
  const quietHours = quietNode === undefined ? undefined : readQuietHours(quietNode, report);
  const capNode = map.get('frequency_cap');
  const frequencyCap = capNode === undefined ? undefined : readFrequencyCap(capNode, report);
  const donationsNode = map.get('donations');
  const donations =
    donationsNode === undefined ? undefined : readDonations(donationsNode, country, report);
  const canvassNode = map.get('canvass');
  const canvass = canvassNode === undefined ? undefined : readCanvass(canvassNode, report);
  const fieldsNode = map.get('fields');
  const siteNode = map.get('site');
  return complete(
    {
      name: text('name') ?? '',
      ...(candidate === undefined ? {} : { candidate }),
      languages,
      timezone,
      country,
      ...(election === undefined ? {} : { election: election.election }),
      calendar: makeCalendar({
        country,
        timezone,
        ...(election === undefined ? {} : { election: election.dates }),
        ...(quietHours === undefined ? {} : { quietHours }),
      }),
      ...(frequencyCap === undefined ? {} : { frequencyCap }),
      ...(donations === undefined ? {} : { donations }),
      ...(canvass === undefined ? {} : { canvass }),
      ...(channels === undefined ? {} : { channels }),
      ...(siteNode === undefined ? {} : { site: readSite(siteNode, languages, report) }),
    },
    fieldsNode === undefined ? {} : readFields(fieldsNode, languages, report),
  );
}

type Core = Pick<Campaign, 'name' | 'languages' | 'timezone' | 'country'> & Partial<Campaign>;

function complete(core: Core, fields: Readonly<Record<string, Field>>): Campaign {
  const { election, country, timezone } = core;
  const facts: Record<string, Json> = { name: core.name, country };
  if (core.candidate !== undefined) facts['candidate'] = core.candidate;
  if (election !== undefined) {
    facts['election'] = {
      date: instantOf(election.date, '00:00', timezone),
      opens: election.opens,
      closes: election.closes,
    };
  }
  return {
    channels: ['web'],
    site: EMPTY_SITE,
    calendar: makeCalendar({ country, timezone }),
    frequencyCap: USUAL_CAP,
    ...core,
    fields: { ...BUILT_IN_FIELDS, ...fields },
    facts,
  };
}

function readWords(
  map: YamlMap,
  key: string,
  choices: readonly string[],
  report: Report,
): readonly string[] | undefined {
  const node = map.get(key);
  const list = node === undefined ? undefined : readList(node, key, report);
  const words = list?.items.flatMap((item) => readChoice(item, key, choices, report) ?? []);
  return words === undefined || words.length === 0 ? undefined : words;
}

function readLanguages(map: YamlMap, report: Report): readonly string[] | undefined {
  const node = map.get('languages');
  const list = node === undefined ? undefined : readList(node, 'languages', report);
  const languages = list?.items.flatMap((item) => {
    const written = readText(item, 'languages', report);
    if (written === undefined) return [];
    if (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(written.text)) return [written.text];
    report.error(
      written.place,
      'wrong-type',
      say`"${written.text}" is not a language tag; write one such as fr, en or pt-BR`,
    );
    return [];
  });
  return languages === undefined || languages.length === 0 ? undefined : [...new Set(languages)];
}

function readTimezone(map: YamlMap, report: Report): string {
  const node = map.get('timezone');
  const written = node === undefined ? undefined : readText(node, 'timezone', report);
  if (written === undefined) return 'UTC';
  if (isTimezone(written.text)) return written.text;
  report.error(
    written.place,
    'wrong-type',
    say`"${written.text}" is not a time zone; write one such as Europe/Paris`,
  );
  return 'UTC';
}

function readFields(
  node: YamlNode,
  languages: readonly string[],
  report: Report,
): Record<string, Field> {
  const fields: Record<string, Field> = {};
  for (const entry of readMap(node, 'fields', report)?.entries ?? []) {
    const { key, value } = entry;
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(key)) {
      report.error(
        entry.keyPlace(),
        'invalid-name',
        say`"${key}" cannot be a field's name; write letters, digits and _ only`,
      );
      continue;
    }
    const group = readMap(value, key, report);
    if (group === undefined) {
      fields[`fields.${key}`] = { type: 'any', sensitive: true };
      continue;
    }
    const map = checkKeys(
      group,
      ['type', 'sensitive', 'needs', 'label'],
      say`field "${key}"`,
      report,
    );
    const typeNode = map.get('type');
    if (typeNode === undefined) {
      report.error(
        entry.keyPlace(),
        'missing-key',
        say`field "${key}" has no "type"; add one of: ${FIELD_TYPES.join(', ')}`,
      );
    }
    const type =
      typeNode === undefined ? undefined : readChoice(typeNode, 'type', FIELD_TYPES, report);
    const sensitive = map.get('sensitive');
    const needsNode = map.get('needs');
    const needs =
      needsNode === undefined ? undefined : readChoice(needsNode, 'needs', PURPOSES, report);
    const labelNode = map.get('label');
    const label =
      labelNode === undefined ? undefined : readTranslated(labelNode, 'label', languages, report);
    fields[`fields.${key}`] = {
      type: type ?? 'any',
      sensitive:
        sensitive === undefined ? false : (readFlag(sensitive, 'sensitive', report) ?? true),
      ...(needs === undefined ? {} : { needs }),
      ...(label === undefined ? {} : { label }),
    };
  }
  return fields;
}
