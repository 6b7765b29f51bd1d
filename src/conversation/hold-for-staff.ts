import type { Event, Rule } from '../engine/event.js';
import { isSetAside } from '../supporters/handoff.js';
import type { SupporterRecord } from '../supporters/record.js';

/**
 * What becomes of an event while a person of the team has the conversation: `free`, the flows take it
 * as ever; `held`, it is kept and nobody but staff answers; `given_back`, the assistant has the
 * conversation again, and says so where `announced`. `asks`: it then asks the open question again,
 * because the event itself says nothing.
 */
export type Holding =
  | { readonly type: 'free' }
  | { readonly type: 'held'; readonly tells: boolean }
  | { readonly type: 'given_back'; readonly announced: boolean; readonly asks: boolean };

const FREE: Holding = { type: 'free' };
/** What may be asked for at any time without ending the handoff. */
const ALWAYS: readonly (Rule | 'start' | undefined)[] = ['help', 'privacy', 'language'];

/** Decides it; pure. */
export function holdForStaff({ handoff, session }: SupporterRecord, event: Event): Holding {
  if (handoff === undefined) return FREE;
  const isOver = handoff.until.getTime() <= event.at;
  switch (event.type) {
    case 'said': {
      const asked = askedFor(event.text, event.rule);
      // After a STOP nobody writes, staff neither.
      if (asked === 'stop') return { type: 'given_back', announced: false, asks: false };
      // Who asks for a person again is handed over again: nothing to announce.
      if (asked === 'start' || isOver)
        return { type: 'given_back', announced: asked !== 'person', asks: false };
      if (ALWAYS.includes(asked)) return FREE;
      break;
    }
    case 'chose':
    case 'sent':
    case 'shared':
      if (isOver) return { type: 'given_back', announced: true, asks: false };
      break;
    case 'elapsed':
      if (isOver) return { type: 'given_back', announced: true, asks: true };
      return isSetAside(session, handoff) ? { type: 'held', tells: false } : FREE;
    case 'edited':
      return isSetAside(session, handoff) ? { type: 'held', tells: false } : FREE;
    case 'opened':
    case 'returned':
    case 'started':
      return FREE;
    default:
      event satisfies never;
  }
  // A question that a flow asked since ("mes données") is that flow's.
  if (!isSetAside(session, handoff)) return FREE;
  return { type: 'held', tells: handoff.told !== true };
}

const COMMANDS = ['stop', 'help', 'privacy', 'language', 'person', 'start'] as const;

/** The rule a text is, by its words or as a command ("/stop", "/start payload"). */
function askedFor(text: string, rule: Rule | undefined): Rule | 'start' | undefined {
  if (rule !== undefined) return rule;
  const command = /^\s*\/([a-z]+)(?:@\w+)?(?:\s|$)/i.exec(text)?.[1]?.toLowerCase();
  return COMMANDS.find((name) => name === command);
}
