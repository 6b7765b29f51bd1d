import type { Rule } from '../event.js';
import type { Trigger } from '../flow.js';
import { fold } from '../fold.js';
import type { Draft } from '../parse/draft.js';
import type { Report } from '../parse/report.js';
import { didYouMean } from '../parse/suggest.js';
import type { Place } from '../problem.js';
import { triggerKey } from '../trigger-key.js';

/** Checks what starts the flows: nothing starts two, no rule word hides a keyword, intents exist. */
export function checkTriggers(
  drafts: readonly Draft[],
  rules: ReadonlyMap<string, Rule>,
  intents: ReadonlySet<string> | undefined,
  report: Report,
): void {
  const claimed = new Map<string, { readonly draft: Draft; readonly place: Place }>();
  for (const draft of drafts) {
    for (const { trigger, place } of draft.triggers) {
      const before = claimed.get(triggerKey(trigger));
      if (before === undefined) claimed.set(triggerKey(trigger), { draft, place });
      else {
        const other = before.draft === draft ? 'this flow' : `"${before.draft.name}"`;
        report.error(
          place,
          'duplicate-trigger',
          `${describeTrigger(trigger)} already starts ${other} (${before.place.file}:${before.place.line}); keep it in one place`,
        );
      }
    }
  }
  for (const draft of drafts) {
    for (const { trigger, place } of draft.triggers) {
      if (trigger.type === 'keyword') checkKeyword(draft, trigger.keyword, place);
      if (trigger.type !== 'intent' || intents === undefined) continue;
      if (intents.has(trigger.intent)) continue;
      report.warning(
        place,
        'unknown-intent',
        `no intents.yaml has "${trigger.intent}"; ${didYouMean(trigger.intent, intents)}`,
      );
    }
  }

  function checkKeyword(draft: Draft, keyword: string, place: Place): void {
    const rule = rules.get(fold(keyword));
    const owner = rule === undefined ? undefined : claimed.get(`command ${rule}`)?.draft;
    if (rule === undefined || owner === undefined || owner === draft) return;
    report.error(
      place,
      'duplicate-trigger',
      `"${keyword}" is a word for ${rule} in stop-words.yaml and starts "${owner.name}"; choose another keyword`,
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
    'no flow starts on a first contact, and the program will not run without one; add `starts_on: [{ command: start }]` to a flow',
  );
}

function describeTrigger(trigger: Trigger): string {
  switch (trigger.type) {
    case 'command':
      return `command "${trigger.command}"`;
    case 'intent':
      return `intent "${trigger.intent}"`;
    case 'keyword':
      return `keyword "${trigger.keyword}"`;
    default:
      return trigger satisfies never;
  }
}
