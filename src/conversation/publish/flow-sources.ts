import type { SourceFile, Sources } from '../../engine/compile.js';
import { nameOf } from '../../engine/parse/locales.js';

/** One flow as it is written: its file, and the files of its words, one a language. */
export type FlowSources = {
  readonly name: string;
  readonly flow: SourceFile;
  readonly words: readonly SourceFile[];
};

/** A flow among the files, with its words in the languages of the campaign, which alone count. */
export function findFlow(
  sources: Sources,
  name: string,
  languages: readonly string[],
): FlowSources | undefined {
  const flow = sources.flows.find(({ path }) => nameOf(path).name === name);
  const words = sources.locales.filter(({ path }) => {
    const file = nameOf(path);
    return file.name === name && languages.includes(file.language);
  });
  return flow === undefined ? undefined : { name, flow, words };
}

/** The files with some flows in place of what they hold under those names, and without others. */
export function withFlows(
  sources: Sources,
  flows: readonly FlowSources[],
  without: readonly string[] = [],
): Sources {
  const names = new Set([...without, ...flows.map(({ name }) => name)]);
  const isOther = ({ path }: SourceFile): boolean => !names.has(nameOf(path).name);
  return {
    ...sources,
    flows: [...sources.flows.filter(isOther), ...flows.map(({ flow }) => flow)],
    locales: [...sources.locales.filter(isOther), ...flows.flatMap(({ words }) => words)],
  };
}

/** Whether two flows of one name are written alike, to the letter, in every language. */
export function isSameFlow(one: FlowSources, other: FlowSources): boolean {
  const isSaid = (words: readonly SourceFile[], word: SourceFile): boolean =>
    words.some(
      ({ path, text }) =>
        nameOf(path).language === nameOf(word.path).language && text === word.text,
    );
  return (
    one.name === other.name &&
    one.flow.text === other.flow.text &&
    one.words.length === other.words.length &&
    one.words.every((word) => isSaid(other.words, word))
  );
}
