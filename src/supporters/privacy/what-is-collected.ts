import type { ActionDeclaration, RecordKind } from '../../engine/action.js';
import type { Translated } from '../../engine/campaign.js';
import type { CollectStep, Flow, Library, Purpose } from '../../engine/flow.js';
import { findField } from '../../engine/parse/fields.js';

/** A consent that some flow asks for, with the question as it is asked in each language. */
export type AskedConsent = {
  readonly purpose: Purpose;
  readonly channel?: string;
  readonly wording: Translated;
};

/** A field of the profile that some flow or action fills in. */
export type CollectedField = {
  /** Below `supporter`, as `fields.tasks`. */
  readonly path: string;
  /** What the campaign calls it. */
  readonly label?: Translated;
  /** The first question that fills it in; absent: the program notes it by itself. */
  readonly question?: Translated;
  /** The consent without which it is not kept. */
  readonly needs?: Purpose;
  /** Whether every question that fills it in may be passed over. */
  readonly isOptional: boolean;
  /** Whether it may tell an opinion. */
  readonly isSensitive: boolean;
};

/** What a campaign collects of its supporters. */
export type Collected = {
  readonly consents: readonly AskedConsent[];
  readonly fields: readonly CollectedField[];
  /** What domains keep beside the profile. */
  readonly records: readonly RecordKind[];
  /** Whether some flow tells other programs of people. */
  readonly tells: boolean;
};

/**
 * Reads what a campaign collects off its flows in force and the actions they use, in the order of the
 * flows; pure. So a privacy notice made of it changes with the first flow that asks for something new (GDPR
 * art. 13(1)(c) and 13(2)(e)).
 */
export function whatIsCollected(
  library: Pick<Library, 'campaign' | 'flows'>,
  declarations: readonly ActionDeclaration[],
): Collected {
  const actions = new Map(declarations.map((action) => [action.name, action]));
  const consents = new Map<string, AskedConsent>();
  const fields = new Map<string, CollectedField>();
  const records = new Set<RecordKind>();
  let tells = false;

  const write = (path: string, asked?: { question: Translated; isOptional: boolean }): void => {
    const known = fields.get(path);
    const declared = findField(library.campaign.fields, path);
    const question = known?.question ?? asked?.question;
    fields.set(path, {
      path,
      ...(declared?.label === undefined ? {} : { label: declared.label }),
      ...(question === undefined ? {} : { question }),
      ...(declared?.needs === undefined ? {} : { needs: declared.needs }),
      isOptional: (known?.isOptional ?? true) && (asked?.isOptional ?? true),
      isSensitive: declared?.sensitive ?? true,
    });
  };

  for (const flow of library.flows()) {
    for (const step of flow.steps) {
      switch (step.type) {
        case 'collect': {
          const question = questionOf(flow, step);
          if (step.into !== undefined) write(step.into, { question, isOptional: step.optional });
          if (step.consent === undefined) break;
          const consent = { ...step.consent, wording: question };
          const key = JSON.stringify(consent);
          if (!consents.has(key)) consents.set(key, consent);
          break;
        }
        case 'set':
          for (const { path } of step.values) {
            if (path.startsWith(PROFILE)) write(path.slice(PROFILE.length));
          }
          break;
        case 'action': {
          const action = actions.get(step.action);
          for (const path of action?.writes ?? []) write(path);
          if (action?.keeps !== undefined) records.add(action.keeps);
          if (action?.tells === true) tells = true;
          break;
        }
        case 'say':
        case 'branch':
        case 'call':
        case 'link':
        case 'wait':
          break;
        default:
          step satisfies never;
      }
    }
  }
  return {
    consents: [...consents.values()],
    fields: [...fields.values()],
    records: [...records],
    tells,
  };
}

const PROFILE = 'supporter.';

/** The question of a step in each language, as it is shown where nothing is known of somebody. */
function questionOf({ words }: Flow, { name }: CollectStep): Translated {
  const asked = [...words].flatMap(([language, phrases]) => {
    const phrase = phrases.get(`${name}.ask`);
    return phrase === undefined ? [] : [[language, phrase.render({})] as const];
  });
  return Object.fromEntries(asked);
}
