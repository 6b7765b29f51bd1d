import { commonPhrase } from '../engine/common-phrase.js';
import type { Library } from '../engine/flow.js';

/** Words of the program that channels say or write on buttons. */
export type ChannelWords = {
  readonly done: string;
  readonly shareContact: string;
  readonly shareLocation: string;
  readonly group: string;
  /** On the button that opens a list. */
  readonly choose: string;
  /** Below numbered choices: one of them, or several, is the answer. */
  readonly number: string;
  readonly numbers: string;
  /** Of a mail that has no subject of its own, and on its button that goes on with the conversation. */
  readonly subject: string;
  readonly answer: string;
};

/** The words in a language (`fr-FR` counts as `fr`), or in the campaign's first where that one has none. */
export function channelWords(library: Library, language: string | undefined): ChannelWords {
  const { common, campaign } = library;
  const primary = language?.split('-')[0]?.toLowerCase() ?? '';
  const languages = [primary, ...campaign.languages];
  const word = (key: string): string =>
    commonPhrase(common, languages, key)?.render({ campaign: campaign.name }) ?? key;
  return {
    done: word('done'),
    shareContact: word('share.contact'),
    shareLocation: word('share.location'),
    group: word('group'),
    choose: word('choose'),
    number: word('by_number.one'),
    numbers: word('by_number.several'),
    subject: word('mail.subject'),
    answer: word('mail.answer'),
  };
}

/**
 * The menu of commands by language, the campaign's first one first: every command whose flow has a
 * `label` in that language. Commands are 1 to 32 letters, digits and _ (Bot API, BotCommand).
 */
export function menusOf(
  library: Library,
): ReadonlyMap<string, readonly { readonly command: string; readonly description: string }[]> {
  const entries = library.campaign.languages.map((language) => {
    const commands = library.commands().flatMap((command) => {
      const name = library.startedBy({ type: 'command', command });
      const label = name === undefined ? undefined : labelOf(library, name, language);
      return label === undefined || !/^[a-z\d_]{1,32}$/.test(command)
        ? []
        : [{ command, description: label }];
    });
    return [language, commands] as const;
  });
  return new Map(entries);
}

function labelOf(library: Library, flow: string, language: string): string | undefined {
  return library.flow(flow)?.words.get(language)?.get('label')?.render({});
}
