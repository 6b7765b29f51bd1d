import type { FlowTexts } from '../../../engine/edit/flow-texts.js';
import { nameOf } from '../../../engine/parse/locales.js';

type Stored = { readonly flow: string; readonly words: { readonly [language: string]: string } };

/** A flow as the API has it, as the files it would be. */
export function textsOf(name: string, { flow, words }: Stored): FlowTexts {
  return {
    flow: { path: `flows/${name}.yaml`, text: flow },
    words: Object.entries(words).map(([language, text]) => ({
      path: `locales/${language}/${name}.yaml`,
      text,
    })),
  };
}

/** Files of a flow as the API takes them. */
export function storedOf({ flow, words }: FlowTexts): Stored {
  return {
    flow: flow.text,
    words: Object.fromEntries(words.map(({ path, text }) => [nameOf(path).language, text])),
  };
}
