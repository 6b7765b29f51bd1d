import type { JSX, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../client/create-chat.js';
import { openQuestion } from '../client/state.js';
import { DOOR_WORDS, type ChatLanguage } from '../language.js';
import { CHAT_WORDS } from '../words.js';
import { Choices } from './choices.js';
import { Composer } from './composer.js';
import { CloseIcon, DownIcon } from './icons.js';
import { LinkStatus } from './link-status.js';
import { Menu } from './menu.js';
import { Message } from './message.js';
import { usePinToEnd } from './pin-to-end.js';
import { layRows } from './rows.js';
import { UploadRow } from './upload-row.js';

export type ChatViewProps = {
  readonly chat: Chat;
  /** The campaign's name. */
  readonly name: string;
  readonly language: ChatLanguage;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** Present when the chat can be closed. */
  readonly close?: () => void;
};

/** The whole chat: who speaks, the transcript, what may be answered, where to write. */
export function ChatView({ chat, name, language, field, close }: ChatViewProps): JSX.Element {
  const words = CHAT_WORDS[language];
  const [{ state, link, typing, uploads }, setSnapshot] = useState(chat.get());
  const [showTimes, setShowTimes] = useState(false);
  const [round, setRound] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    setSnapshot(chat.get());
    return chat.subscribe(setSnapshot);
  }, []);

  const rows = layRows(state);
  const lastRow = rows[rows.length - 1];
  const isMine = lastRow?.type === 'message' && lastRow.by === 'supporter';
  const shown = new Set(state.entries.map(({ key }) => key));
  const underWay = uploads.filter(({ key }) => !shown.has(key));
  const asked = openQuestion(state);
  const end = `${lastRow?.key} ${asked?.key} ${typing} ${underWay[underWay.length - 1]?.key}`;
  const { hasNewer, goToEnd } = usePinToEnd(list, end, isMine || underWay.length > 0);

  return (
    <section class="chat" lang={language} aria-label={words.chat(name)}>
      <header>
        <span class="face" aria-hidden="true">
          {initialsOf(name)}
        </span>
        <p class="who">
          <strong>{name}</strong>
          <span>{words.automatic}</span>
        </p>
        <Menu
          words={words}
          showTimes={showTimes}
          setShowTimes={setShowTimes}
          forget={() => {
            setRound(round + 1);
            chat.forget();
            list.current?.focus({ preventScroll: true });
          }}
        />
        {close !== undefined && (
          <button
            type="button"
            class="tool"
            aria-label={DOOR_WORDS[language].close}
            onClick={close}
          >
            <CloseIcon />
          </button>
        )}
      </header>
      <LinkStatus link={link} words={words} />
      <div class="thread" ref={list} tabIndex={0} role="group" aria-label={words.messages}>
        <div class="inner">
          <div role="log" aria-live="polite" aria-label={words.messages}>
            {rows.map((row) =>
              row.type === 'restart' ? (
                <p key={row.key} class="restart">
                  {words.restart}
                </p>
              ) : (
                <Message
                  key={row.key}
                  row={row}
                  words={words}
                  language={language}
                  showTime={showTimes}
                  retry={(key) => chat.retry(key)}
                />
              ),
            )}
            {underWay.map((upload) => (
              <UploadRow
                key={upload.key}
                upload={upload}
                words={words}
                retry={chat.retryFile}
                remove={chat.removeFile}
              />
            ))}
          </div>
          {rows.length === 0 && <p class="empty">{words.connecting}</p>}
          {typing && (
            <div class="row theirs first last">
              <div class="bubble dots" role="img" aria-label={words.typing}>
                <i />
                <i />
                <i />
              </div>
            </div>
          )}
          {asked !== undefined && (
            <Choices
              key={asked.key}
              asked={asked}
              words={words}
              answer={(text, value) => {
                // The pressed button goes away: the list keeps the place of the keyboard.
                list.current?.focus({ preventScroll: true });
                chat.say(text, value);
              }}
            />
          )}
        </div>
      </div>
      {hasNewer && (
        <button type="button" class="newer" onClick={goToEnd}>
          <DownIcon /> {words.newer}
        </button>
      )}
      <Composer
        // Words that were not sent are forgotten with the rest.
        key={round}
        field={field}
        words={words}
        awaited={asked?.question?.answer}
        say={(text) => chat.say(text)}
        attach={chat.attach}
      />
    </section>
  );
}

/** One or two capitals that stand for a name. */
function initialsOf(name: string): string {
  const capitals = name.split(/[\s’'-]+/).filter((word) => /^\p{Lu}/u.test(word));
  return (capitals.length > 0 ? capitals : [name.toUpperCase()])
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join('');
}
