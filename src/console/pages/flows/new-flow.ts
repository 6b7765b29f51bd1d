import { writeScalar } from '../../../engine/edit/write-yaml.js';
import type { Purpose } from '../../../engine/flow.js';

/** The texts of a flow that was just begun: one message, whose words are still to be written. */
export function newFlow(
  title: string,
  purpose: Purpose,
  languages: readonly string[],
): { readonly flow: string; readonly words: { readonly [language: string]: string } } {
  return {
    flow: `title: ${writeScalar(title, 'line')}\npurpose: ${purpose}\nsteps:\n  - say: hello\n    next: end\n`,
    words: Object.fromEntries(languages.map((language) => [language, ''])),
  };
}
