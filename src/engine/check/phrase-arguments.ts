import type { Use } from '../icu.js';
import { PHRASE_ARGUMENTS } from '../parse/names.js';
import { didYouMean } from '../parse/suggest.js';
import type { CatalogueEntry } from '../parse/words.js';
import type { ValueType } from '../cel.js';
import type { Fact } from './analyse.js';
import type { Checked } from './reading.js';
import { answerValue, fieldValue } from './shape.js';
import type { Say } from './words.js';
import { say, word } from '../sentence.js';

/** An argument that phrases of a flow may use: its type, and the fact that says it has a value. */
type Argument = { readonly type: ValueType; readonly fact: Fact | undefined };

/** The fact of what campaign.yaml leaves out. */
const never: Fact = 'never';

/** The key of campaign.yaml that gives an argument its value. */
const GIVEN_BY: Readonly<Record<string, string>> = {
  candidate: 'candidate: …',
  election: 'election: { … }',
  ballotDay: 'election: { … }',
  opens: 'election: { … }',
  closes: 'election: { … }',
  agent: 'donations: { agent: … }',
  agentSince: 'donations: { agent_since: … }',
};

const ARGUMENTS = new WeakMap<Checked, ReadonlyMap<string, Argument>>();

/** Checks that a phrase names only arguments there are, and allows for those without a value. */
export function checkUses(checked: Checked, key: string, entry: CatalogueEntry, said: Say): void {
  const uses = entry.reading?.uses ?? [];
  if (uses.length === 0) return;
  const { report, presence } = checked;
  if (said.label) {
    report.error(
      entry.place,
      'unknown-icu-argument',
      say`"${key}" is a button, which can name nothing; write it without {${uses[0]?.name ?? ''}}`,
    );
    return;
  }
  const known = argumentsOf(checked);
  const facts = presence.before(said.index);
  const told = new Set<string>();
  for (const use of uses) {
    const argument = known.get(use.name);
    if (argument === undefined) {
      if (told.has(use.name)) continue;
      told.add(use.name);
      report.error(
        entry.place,
        'unknown-icu-argument',
        say`"${key}" names {${use.name}}, which is nothing here; ${didYouMean(use.name, known.keys())}`,
      );
      continue;
    }
    checkType(checked, key, entry, use, argument.type);
    checkBranches(checked, key, entry, use);
    const unsure = argument.fact === never && !checked.campaignWhole;
    const present =
      unsure || argument.fact === undefined || facts === undefined || facts.has(argument.fact);
    if (present || use.absentFine || told.has(use.name)) continue;
    told.add(use.name);
    const given = argument.fact === never ? GIVEN_BY[use.name] : undefined;
    report.error(
      entry.place,
      'missing-none-branch',
      given === undefined
        ? say`"${key}" names {${use.name}}, which may have no value here; write {${use.name}, select, none {…} other {… {${use.name}} …}}`
        : say`"${key}" names {${use.name}}, which has no value: add \`${given}\` to campaign.yaml; or write {${use.name}, select, none {…} other {… {${use.name}} …}}`,
    );
  }
}

function argumentsOf(checked: Checked): ReadonlyMap<string, Argument> {
  const known = ARGUMENTS.get(checked);
  if (known !== undefined) return known;
  const { campaign, draft, actions } = checked;
  const found = new Map<string, Argument>();
  for (const name of PHRASE_ARGUMENTS) {
    switch (name) {
      case 'firstName':
        found.set(name, { type: 'text', fact: 'supporter.first_name' });
        break;
      case 'campaign':
        found.set(name, { type: 'text', fact: undefined });
        break;
      case 'candidate':
        found.set(name, {
          type: 'text',
          fact: campaign.candidate === undefined ? never : undefined,
        });
        break;
      case 'agent':
        found.set(name, {
          type: 'text',
          fact: campaign.donations === undefined ? never : undefined,
        });
        break;
      case 'agentSince':
        found.set(name, {
          type: 'date',
          fact: campaign.donations?.agentSince === undefined ? never : undefined,
        });
        break;
      case 'election':
      case 'ballotDay':
      case 'opens':
      case 'closes':
        found.set(name, {
          type: 'text',
          fact: campaign.election === undefined ? never : undefined,
        });
        break;
      case 'now':
        found.set(name, { type: 'date', fact: undefined });
        break;
      default:
        name satisfies never;
    }
  }
  for (const step of draft.steps) {
    if (step.type === 'collect') {
      found.set(step.name, { type: answerValue(step.answer), fact: `answers.${step.name}` });
    } else if (step.type === 'action') {
      const result = actions.get(step.action.text)?.result ?? {};
      for (const [field, type] of Object.entries(result)) {
        found.set(`${step.id}_${field}`, { type: fieldValue(type), fact: `answers.${step.id}` });
      }
    }
  }
  ARGUMENTS.set(checked, found);
  return found;
}

/** What words compare a choice with must be one of its options, by its name or by its label. */
function checkBranches(
  { draft, catalogues, report }: Checked,
  key: string,
  entry: CatalogueEntry,
  { name, branches = [] }: Use,
): void {
  if (branches.length === 0) return;
  const asked = draft.steps.filter((step) => step.type === 'collect' && step.name === name);
  const options = asked.flatMap((step) =>
    step.type === 'collect' && step.answer === 'choice' ? (step.options ?? []) : [],
  );
  if (options.length === 0) return;
  const words = catalogues.find(({ entries }) => entries.get(key) === entry);
  const names = options.map(({ text }) => text);
  const labels = names.map((option) => words?.entries.get(`${name}.options.${option}`)?.text);
  for (const branch of branches) {
    if (names.includes(branch) || labels.includes(branch)) continue;
    report.error(
      entry.place,
      'unknown-option',
      say`"${key}" compares {${name}} with "${branch}", which is no option of it; ${didYouMean(branch, names)}`,
    );
  }
}

function checkType(
  { report }: Checked,
  key: string,
  entry: CatalogueEntry,
  use: Use,
  type: ValueType,
): void {
  const counted = use.as === 'plural' || use.as === 'number';
  const wrong =
    (counted && type !== 'number' && type !== 'any') ||
    (use.as === 'date' && type !== 'date' && type !== 'any');
  if (!wrong) return;
  report.error(
    entry.place,
    'icu-type',
    say`"${key}" uses {${use.name}} as a ${word(counted ? 'number' : 'date')}, and it is a ${word(type)}; write {${use.name}} alone`,
  );
}
