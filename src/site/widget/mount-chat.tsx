import { createRef, render } from 'preact';
import style from './chat.css';
import { sendForm } from './client/send-form.js';
import { createChat } from './client/create-chat.js';
import type { Storage } from './client/memory.js';
import type { ChatLanguage } from './language.js';
import { colourRules, type Look } from './colour-rules.js';
import { followKeyboard } from './follow-keyboard.js';
import { setStyle } from './set-style.js';
import { ChatView } from './view/chat-view.js';

export type ChatSettings = Look & {
  /** Where the server is: `https://host`. */
  readonly origin: string;
  readonly language: ChatLanguage;
  /** The campaign's name. */
  readonly name: string;
  /** The payload of the link by which a conversation begun elsewhere goes on here. */
  readonly join?: string;
  /** Present when the chat can be closed. */
  readonly close?: () => void;
};

export type MountedChat = { focus(): void; start(): void };

/** Draws the chat into an element of the page, shielded from its styles; `start` opens it. */
export function mountChat(host: HTMLElement, settings: ChatSettings): MountedChat {
  const { origin, language, name, join, close } = settings;
  const slot = `portevoix ${origin}`;
  const chat = createChat({
    origin,
    locale: language,
    ...(join === undefined ? {} : { join }),
    storage: storageFor(slot),
    // Bound late, so that it is called as a function of the window.
    fetch: (...request) => fetch(...request),
    openSocket,
    sendForm,
    newKey,
  });
  const root = host.attachShadow({ mode: 'open' });
  setStyle(root, style + colourRules(settings));
  const field = createRef<HTMLTextAreaElement>();
  render(
    <ChatView
      chat={chat}
      name={name}
      language={language}
      field={field}
      {...(close === undefined ? {} : { close })}
    />,
    root,
  );
  // Typing in the chat is not for the shortcuts of the page around it.
  for (const type of ['keydown', 'keypress', 'keyup']) {
    root.addEventListener(type, (event) => {
      if (!(event instanceof KeyboardEvent && event.key === 'Escape')) event.stopPropagation();
    });
  }
  addEventListener('online', () => chat.wake());
  addEventListener('offline', () => chat.sleep());
  // Heard from other windows only; nothing but forgetting takes the value away.
  addEventListener('storage', ({ key, newValue }) => {
    if (key === slot && newValue === null) chat.letGo();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && navigator.onLine) chat.wake();
  });
  followKeyboard(host, () => root.activeElement === field.current);
  return {
    focus: () => field.current?.focus(),
    start: () => {
      chat.start();
      if (!navigator.onLine) chat.sleep();
    },
  };
}

/** Local storage may be forbidden or full: the chat then lives as long as the page. */
function storageFor(name: string): Storage {
  return {
    read() {
      try {
        return localStorage.getItem(name);
      } catch {
        return null;
      }
    },
    write(text) {
      try {
        localStorage.setItem(name, text);
      } catch {
        return;
      }
    },
    clear() {
      try {
        localStorage.removeItem(name);
      } catch {
        return;
      }
    },
  };
}

function openSocket(url: string): WebSocket | undefined {
  try {
    return new WebSocket(url);
  } catch {
    return undefined;
  }
}

/** `crypto.randomUUID` exists on secure pages only. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
