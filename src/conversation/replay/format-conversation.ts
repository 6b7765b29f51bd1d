import type { Effect } from '../../engine/effect.js';
import type { Event } from '../../engine/event.js';
import type { ReplayedConversation, ReplayedTurn } from './replay-recording.js';

/** Columns of the supporter's side, of the recording and of the draft. */
const THEIRS = 24;
const OURS = 40;
/** Turns shown around those that differ; what lies further away is counted. */
const AROUND = 2;

/** A conversation side by side: what the supporter did, what was recorded, and what the draft does. */
export function formatConversation(conversation: ReplayedConversation): string {
  const { turns, at, channel, isOlder, left } = conversation;
  const lines = [
    `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${channel}, ${turns.length} turns`,
    row(' ', 'they', isOlder ? 'in force' : 'recorded', 'draft'),
  ];
  let alike = 0;
  const tellAlike = (): void => {
    if (alike > 0) lines.push(`  … ${alike} ${alike === 1 ? 'turn' : 'turns'} alike`);
    alike = 0;
  };
  for (const [index, turn] of turns.entries()) {
    const near = turns.slice(Math.max(0, index - AROUND), index + AROUND + 1);
    if (near.every(({ isSame }) => isSame)) {
      alike += 1;
      continue;
    }
    tellAlike();
    lines.push(...rowsOf(turn));
  }
  tellAlike();
  if (left !== undefined)
    lines.push(`  The draft stands at ${left}, to which nothing was recorded.`);
  return lines.join('\n');
}

function rowsOf({ event, staff, recorded, now, draft, isSame }: ReplayedTurn): string[] {
  const theirs = wrap(describe(event, staff, recorded), THEIRS);
  // Where older flows were recorded, those in force tell better what the draft changes.
  const [left, right] = [textsOf(now, staff, recorded), textsOf(draft, staff, recorded)];
  const height = Math.max(theirs.length, left.length, right.length, 1);
  return Array.from({ length: height }, (_, line) =>
    row(isSame || line > 0 ? ' ' : '✗', theirs[line] ?? '', left[line] ?? '', right[line] ?? ''),
  );
}

function row(mark: string, theirs: string, left: string, right: string): string {
  return `${mark} ${theirs.padEnd(THEIRS)}  ${left.padEnd(OURS)}  ${right}`.trimEnd();
}

function describe(
  event: Event,
  staff: ReplayedTurn['staff'],
  recorded: ReplayedTurn['recorded'],
): string {
  if (staff === 'replied') return '(the team answers)';
  const what = describeEvent(event);
  if (recorded === undefined) return `${what} with the draft only`;
  return staff === 'held' ? `${what} (to the team)` : what;
}

function describeEvent(event: Event): string {
  switch (event.type) {
    case 'said':
      return event.text;
    case 'chose':
      return `[${event.values.join(', ')}]`;
    case 'sent':
      return `(sends ${event.media})`;
    case 'shared':
      return 'location' in event ? '(shares a place)' : '(shares a contact)';
    case 'edited':
      return '(edits an answer)';
    case 'opened':
      return '(opens the chat)';
    case 'started':
      return `(flow ${event.flow} starts)`;
    case 'returned':
      return event.result === undefined ? '(the action fails)' : '(the action is done)';
    case 'elapsed':
      return '(time passes)';
    default:
      return event satisfies never;
  }
}

function textsOf(
  effects: readonly Effect[] | undefined,
  staff: ReplayedTurn['staff'],
  recorded: ReplayedTurn['recorded'],
): string[] {
  if (staff === 'replied') return (recorded ?? []).flatMap((effect) => wrap(textOf(effect), OURS));
  if (effects === undefined) return ['(not asked)'];
  return effects.flatMap((effect) => wrap(textOf(effect), OURS));
}

function textOf(effect: Effect): string {
  switch (effect.type) {
    case 'say': {
      const { options = [], skip } = effect.question ?? {};
      const labels = [...options.map(({ label }) => label), ...(skip === undefined ? [] : [skip])];
      const buttons = labels.length === 0 ? '' : ` [${labels.join('] [')}]`;
      return `${effect.text}${buttons}`;
    }
    case 'act':
      return `do ${effect.action}`;
    case 'remember':
      return `keep ${effect.field}`;
    case 'record_consent':
      return `consent to ${effect.purpose}: ${effect.given ? 'yes' : 'no'}`;
    case 'alert':
      return `alert ${effect.code}`;
    default:
      return effect satisfies never;
  }
}

/**
 * The text in lines of at most `width` characters, cut at words where they allow it, without what would
 * move the cursor of a terminal.
 */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '');
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const at = space > width / 2 ? space : width;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest];
}
