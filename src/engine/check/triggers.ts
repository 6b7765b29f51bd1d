import type { Trigger } from '../flow.js';
import { fold } from '../fold.js';
import { NONE } from '../lesson.js';
import type { Draft } from '../parse/draft.js';
import type { Locales } from '../parse/locales.js';
import type { Report } from '../parse/report.js';
import { didYouMean } from '../parse/suggest.js';
import type { Place } from '../problem.js';
import { triggerKey } from '../trigger-key.js';
import { say, type Sentence } from '../sentence.js';

/** Checks what starts the flows: nothing starts two, no rule word hides a keyword, intents exist. */
export function checkTriggers(
  drafts: readonly Draft[],
  { rules, lessons, halfTaught }: Pick<Locales, 'rules' | 'lessons' | 'halfTaught'>,
  report: Report,
): void {
  const claimed = new Map<string, { readonly draft: Draft; readonly place: Place }>();
  for (const draft of drafts) {
    for (const { trigger, place } of draft.triggers) {
      const before = claimed.get(triggerKey(trigger));
      if (before === undefined) claimed.set(triggerKey(trigger), { draft, place });
      else {
        const other = before.draft === draft ? say`this flow` : say`"${before.draft.name}"`;
        report.error(
          place,
          'duplicate-trigger',
          say`${describeTrigger(trigger)} already starts ${other} (${before.place.file}:${before.place.line}); keep it in one place`,
        );
      }
    }
  }
  for (const draft of drafts) {
    for (const { trigger, place } of draft.triggers) {
      if (trigger.type === 'keyword') checkKeyword(draft, trigger.keyword, place);
      if (trigger.type === 'intent') checkIntent(trigger.intent, place);
    }
  }

  /** Languages without any phrases are not spoken freely; that is no mistake of the trigger. */
  function checkIntent(intent: string, place: Place): void {
    const taught = [...lessons.values()].filter(
      ({ language, intents }) => intents.size > 0 && !halfTaught.has(language),
    );
    const lacking = taught.filter(({ intents }) => intent === NONE || !intents.has(intent));
    if (lacking.length === 0) return;
    const names = new Set(taught.flatMap(({ intents }) => [...intents.keys()]));
    names.delete(NONE);
    const isNowhere = lacking.length === taught.length && halfTaught.size === 0;
    const where = isNowhere ? '' : say` of ${lacking.map(({ language }) => language).join(', ')}`;
    const cure = isNowhere ? didYouMean(intent, names) : say`add its phrases there too`;
    report.warning(place, 'unknown-intent', say`no intents.yaml${where} has "${intent}"; ${cure}`);
  }

  function checkKeyword(draft: Draft, keyword: string, place: Place): void {
    const rule = rules.get(fold(keyword));
    const owner = rule === undefined ? undefined : claimed.get(`command ${rule}`)?.draft;
    if (rule === undefined || owner === undefined || owner === draft) return;
    report.error(
      place,
      'duplicate-trigger',
      say`"${keyword}" is a word for ${rule} in stop-words.yaml and starts "${owner.name}"; choose another keyword`,
    );
  }
}

/** Tells when no flow answers a first contact; a faulty flow may be the one. */
export function checkStart(drafts: readonly Draft[], allRead: boolean, report: Report): void {
  const [first] = drafts;
  const starts = drafts.some(({ triggers }) =>
    triggers.some(({ trigger }) => triggerKey(trigger) === 'command start'),
  );
  if (first === undefined || starts || !allRead) return;
  report.warning(
    first.place,
    'no-start-flow',
    say`no flow starts on a first contact, and the program will not run without one; add \`starts_on: [{ command: start }]\` to a flow`,
  );
}

function describeTrigger(trigger: Trigger): Sentence {
  switch (trigger.type) {
    case 'command':
      return say`command "${trigger.command}"`;
    case 'intent':
      return say`intent "${trigger.intent}"`;
    case 'keyword':
      return say`keyword "${trigger.keyword}"`;
    default:
      return trigger satisfies never;
  }
}
