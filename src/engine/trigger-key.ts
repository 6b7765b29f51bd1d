import type { Trigger } from './flow.js';
import { fold } from './fold.js';

/** A key that equal triggers share: keywords are compared folded, commands without case. */
export function triggerKey(trigger: Trigger): string {
  switch (trigger.type) {
    case 'command':
      return `command ${trigger.command.toLowerCase()}`;
    case 'intent':
      return `intent ${trigger.intent}`;
    case 'keyword':
      return `keyword ${fold(trigger.keyword)}`;
    default:
      return trigger satisfies never;
  }
}
