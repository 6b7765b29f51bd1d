import type { Campaign, Election, Field, FieldType } from '../campaign.js';
import { PURPOSES } from '../flow.js';
import type { Json } from '../json.js';
import type { YamlMap, YamlNode } from '../yaml.js';
import { BUILT_IN_FIELDS } from './fields.js';
import { instantOf, isDate, isTimezone } from './instant.js';
import { CHANNELS } from './names.js';
import { EMPTY_SITE, readSite } from './site.js';
import { readTranslated } from './translated.js';
import {
  checkKeys,
  readChoice,
  readFlag,
  readList,
  readMap,
  readText,
  type Written,
} from './read.js';
import type { Report } from './report.js';
import { plainly } from './suggest.js';

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
      'donations',
      'fields',
      'channels',
      'site',
    ],
    'campaign.yaml',
    report,
  );
  const text = (key: string): string | undefined => {
    const node = map.get(key);
    return node === undefined ? undefined : readText(node, key, report)?.text;
  };
  for (const key of ['name', 'languages']) {
    if (map.get(key) !== undefined) continue;
    report.error(map.place(), 'missing-key', `campaign.yaml has no "${key}"; add \`${key}:\``);
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
      : readElection(electionNode, languages, timezone, report);
  const donationsNode = map.get('donations');
  const donations =
    donationsNode === undefined ? undefined : readDonations(donationsNode, country, report);
  const fieldsNode = map.get('fields');
  const siteNode = map.get('site');
  return complete(
    {
      name: text('name') ?? '',
      ...(candidate === undefined ? {} : { candidate }),
      languages,
      timezone,
      country,
      ...(election === undefined ? {} : { election }),
      ...(donations === undefined ? {} : { donations }),
      ...(channels === undefined ? {} : { channels }),
      ...(siteNode === undefined ? {} : { site: readSite(siteNode, languages, report) }),
    },
    fieldsNode === undefined ? {} : readFields(fieldsNode, report),
  );
}

type Core = Pick<Campaign, 'name' | 'languages' | 'timezone' | 'country'> & Partial<Campaign>;

function complete(core: Core, fields: Readonly<Record<string, Field>>): Campaign {
  const { election, timezone } = core;
  const facts: Record<string, Json> = { name: core.name, country: core.country };
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
      `"${written.text}" is not a language tag; write one such as fr, en or pt-BR`,
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
    `"${written.text}" is not a time zone; write one such as Europe/Paris`,
  );
  return 'UTC';
}

function readElection(
  node: YamlNode,
  languages: readonly string[],
  timezone: string,
  report: Report,
): Election | undefined {
  const written = readMap(node, 'election', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, ['name', 'date', 'opens', 'closes'], '"election"', report);
  const nameNode = map.get('name');
  const dateNode = map.get('date');
  if (nameNode === undefined || dateNode === undefined) {
    const missing = nameNode === undefined ? 'name' : 'date';
    report.error(map.place(), 'missing-key', `"election" has no "${missing}"; add \`${missing}:\``);
  }
  const name =
    nameNode === undefined ? undefined : readTranslated(nameNode, 'name', languages, report);
  const date = dateNode === undefined ? undefined : readText(dateNode, 'date', report);
  const timeAt = (key: string, otherwise: string): string => {
    const timeNode = map.get(key);
    const text = timeNode === undefined ? undefined : readText(timeNode, key, report);
    if (text === undefined) return otherwise;
    if (/^([01]\d|2[0-3]):[0-5]\d$/.test(text.text)) return text.text;
    report.error(text.place, 'wrong-type', `"${key}" must be a time such as "08:00"`);
    return otherwise;
  };
  const opens = timeAt('opens', '08:00');
  const closes = timeAt('closes', '20:00');
  if (date === undefined) return undefined;
  if (!isDate(date.text)) {
    refuseDay(date, 'date', '2032-03-14', report);
    return undefined;
  }
  return {
    name: name ?? {},
    date: date.text,
    opens: instantOf(date.text, opens, timezone),
    closes: instantOf(date.text, closes, timezone),
  };
}

/** Tells that a text is no day, with the day it seems to be. */
function refuseDay({ text, place }: Written, key: string, example: string, report: Report): void {
  const [, day = '', month = '', year = ''] =
    /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(plainly(text).plain) ?? [];
  const iso = year === '' ? plainly(text).plain : [year, month, day].map(twoDigits).join('-');
  const meant = isDate(iso) ? `write ${iso}` : 'year, month and day';
  report.error(
    place,
    'wrong-type',
    `"${key}" must be a day such as ${example}; it is "${text}": ${meant}`,
  );
}

function twoDigits(text: string): string {
  return text.padStart(2, '0');
}

function readDonations(
  node: YamlNode,
  country: Campaign['country'],
  report: Report,
): Campaign['donations'] {
  const written = readMap(node, 'donations', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, ['agent', 'agent_since'], '"donations"', report);
  const agentNode = map.get('agent');
  const sinceNode = map.get('agent_since');
  const agent = agentNode === undefined ? undefined : readText(agentNode, 'agent', report)?.text;
  const since = sinceNode === undefined ? undefined : readText(sinceNode, 'agent_since', report);
  if (agentNode === undefined) {
    report.error(
      map.place(),
      'missing-key',
      '"donations" does not say who may take them; add `agent:` with the name',
    );
  }
  if (sinceNode === undefined && country === 'fr') {
    report.error(
      map.place(),
      'missing-key',
      '"donations" does not say since when the agent is declared; add `agent_since:` with a day such as 2031-09-12',
    );
  }
  const dated = since !== undefined && isDate(since.text);
  if (since !== undefined && !dated) {
    refuseDay(since, 'agent_since', '2031-09-12', report);
  }
  if (agent === undefined) return undefined;
  return { agent, ...(dated ? { agentSince: since.text } : {}) };
}

function readFields(node: YamlNode, report: Report): Record<string, Field> {
  const fields: Record<string, Field> = {};
  for (const entry of readMap(node, 'fields', report)?.entries ?? []) {
    const { key, value } = entry;
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(key)) {
      report.error(
        entry.keyPlace(),
        'invalid-name',
        `"${key}" cannot be a field's name; write letters, digits and _ only`,
      );
      continue;
    }
    const group = readMap(value, key, report);
    if (group === undefined) {
      fields[`fields.${key}`] = { type: 'any', sensitive: true };
      continue;
    }
    const map = checkKeys(group, ['type', 'sensitive', 'needs'], `field "${key}"`, report);
    const typeNode = map.get('type');
    if (typeNode === undefined) {
      report.error(
        entry.keyPlace(),
        'missing-key',
        `field "${key}" has no "type"; add one of: ${FIELD_TYPES.join(', ')}`,
      );
    }
    const type =
      typeNode === undefined ? undefined : readChoice(typeNode, 'type', FIELD_TYPES, report);
    const sensitive = map.get('sensitive');
    const needsNode = map.get('needs');
    const needs =
      needsNode === undefined ? undefined : readChoice(needsNode, 'needs', PURPOSES, report);
    fields[`fields.${key}`] = {
      type: type ?? 'any',
      sensitive:
        sensitive === undefined ? false : (readFlag(sensitive, 'sensitive', report) ?? true),
      ...(needs === undefined ? {} : { needs }),
    };
  }
  return fields;
}
