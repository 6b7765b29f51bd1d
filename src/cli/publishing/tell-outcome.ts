import type { Outcome } from '../../conversation/publish/publish-flows.js';
import { minuteOf } from './print.js';

/** What became of a publication, in a sentence. */
export function tellOutcome(outcome: Outcome): string {
  switch (outcome.type) {
    case 'published': {
      const flows = outcome.versions.map(
        ({ name, version, retired }) => `${name} ${retired === true ? 'retired' : version}`,
      );
      return `Published: ${flows.join(', ')}.`;
    }
    case 'unchanged':
      return 'Nothing to publish: this is in force.';
    case 'refused':
      return 'Refused: nothing was published.';
    case 'withheld':
      return `Withheld: nothing was published. ${outcome.refusal.reason}.`;
    case 'overtaken': {
      const by = outcome.by.map(({ author, at }) => `${author}, ${minuteOf(at)}`);
      return `Refused: somebody was quicker (${by.join('; ')}); look at that first, then try again.`;
    }
    default:
      return outcome satisfies never;
  }
}

/** Whether what was asked for is in force. */
export function isDone({ type }: { readonly type: string }): boolean {
  return type === 'published' || type === 'unchanged';
}
