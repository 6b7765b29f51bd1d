import type { JSX } from 'preact';
import { readRichText, type Span } from '../client/rich-text.js';
import type { ChatWords } from '../words.js';
import type { Row } from './rows.js';

type MessageProps = {
  readonly row: Extract<Row, { type: 'message' }>;
  readonly words: ChatWords;
  /** Language of the page, by which times are written. */
  readonly language: string;
  readonly showTime: boolean;
  readonly retry: (key: string) => void;
};

/** One bubble, with who says it for those who do not see its side. */
export function Message({ row, words, language, showTime, retry }: MessageProps): JSX.Element {
  const mine = row.by === 'supporter';
  const place = `${row.isFirst ? ' first' : ''}${row.isLast ? ' last' : ''}`;
  return (
    <div class={`row ${mine ? 'mine' : 'theirs'}${place}`}>
      <div class="bubble">
        <span class="unseen">{mine ? words.you : (row.name ?? words.assistant)} : </span>
        <div lang={row.locale}>
          {readRichText(row.text).map((paragraph, index) => (
            <p key={index}>
              {paragraph.map((line, number) => (
                <span key={number}>
                  {number > 0 && <br />}
                  {line.map((span) => writeSpan(span, words))}
                </span>
              ))}
            </p>
          ))}
        </div>
      </div>
      {showTime && (
        <time class="aside" dateTime={new Date(row.at).toISOString()}>
          {writeTime(row.at, language)}
        </time>
      )}
      <Sending row={row} words={words} retry={retry} />
    </div>
  );
}

function Sending({
  row,
  words,
  retry,
}: Pick<MessageProps, 'row' | 'words' | 'retry'>): JSX.Element | null {
  switch (row.sending) {
    case 'queued':
      return <p class="aside soon">{words.sending}</p>;
    case 'waiting':
    case 'failed':
      return (
        <p class={`aside ${row.sending}`}>
          {row.sending === 'failed' ? words.failed : words.waiting}
          <button type="button" class="again" onClick={() => retry(row.key)}>
            {words.retry}
            <span class="unseen"> : {row.text}</span>
          </button>
        </p>
      );
    case 'sent':
    case undefined:
      return null;
    default:
      row.sending satisfies never;
      return null;
  }
}

function writeSpan(span: Span, words: ChatWords): JSX.Element | string {
  switch (span.type) {
    case 'text':
      return span.text;
    case 'bold':
      return <strong>{span.text}</strong>;
    case 'link':
      return (
        <a href={span.href} target="_blank" rel="noopener noreferrer nofollow">
          {writeAddress(span.text)}
          <span class="unseen"> {words.newWindow}</span>
        </a>
      );
    default:
      span satisfies never;
      return '';
  }
}

/** Characters of an address that are shown: a few lines of signs say nothing to anybody. */
const LONGEST_ADDRESS = 48;

/** A long address as its beginning, where the site is named. */
function writeAddress(text: string): string {
  const plain = text.replace(/^https?:\/\//i, '');
  return text.length <= LONGEST_ADDRESS ? text : `${plain.slice(0, LONGEST_ADDRESS - 1)}…`;
}

function writeTime(at: number, language: string): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(language, {
    ...(isToday ? {} : { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}
