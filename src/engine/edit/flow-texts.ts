import { nameOf } from '../parse/locales.js';
import type { SourceFile } from '../yaml.js';

/** A flow as it is written: its file, and the files of its words, one a language. */
export type FlowTexts = { readonly flow: SourceFile; readonly words: readonly SourceFile[] };

/** The same texts with the flow's file rewritten. */
export function withFlow(texts: FlowTexts, rewrite: (text: string) => string): FlowTexts {
  const text = rewrite(texts.flow.text);
  return text === texts.flow.text ? texts : { ...texts, flow: { ...texts.flow, text } };
}

/** The same texts with the words of every language rewritten. */
export function withWords(
  texts: FlowTexts,
  rewrite: (text: string, language: string) => string,
): FlowTexts {
  const words = texts.words.map((file) => {
    const text = rewrite(file.text, nameOf(file.path).language);
    return text === file.text ? file : { ...file, text };
  });
  return words.every((file, at) => file === texts.words[at]) ? texts : { ...texts, words };
}
