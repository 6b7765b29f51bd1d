import type { Look } from './colour-rules.js';
import type { ChatLanguage } from './language.js';
import type { ChatSettings, MountedChat } from './mount-chat.js';
import { setStyle } from './set-style.js';

export type LauncherOptions = Look & {
  readonly origin: string;
  /** Path of the widget on that origin. */
  readonly widget: string;
  readonly language: ChatLanguage;
  readonly words: { readonly open: string; readonly close: string };
  readonly name: string;
  readonly style: string;
};

type Widget = {
  readonly mountChat: (host: HTMLElement, settings: ChatSettings) => MountedChat;
};

const BUBBLE =
  'M12 4c-4.7 0-8.5 3.1-8.5 7 0 2.2 1.2 4.2 3.2 5.5-.1 1.2-.6 2.3-1.5 3.2 1.8-.1 3.4-.7 4.6-1.8.7.1 1.4.2 2.2.2 4.7 0 8.5-3.2 8.5-7.1S16.7 4 12 4z';
/** Windows narrower than this give the chat their whole face. */
const NARROW = '(max-width: 30rem)';

/** Puts a button on a page of another site; the chat itself is fetched when it is first pressed. */
export function placeLauncher(options: LauncherOptions): void {
  const { words, language } = options;
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  setStyle(root, options.style);
  const frame = element('div', { lang: language });
  const launcher = element('button', {
    type: 'button',
    class: 'launcher',
    'aria-expanded': 'false',
    'aria-haspopup': 'dialog',
    'aria-label': words.open,
  });
  launcher.append(drawing(BUBBLE));
  const panel = element('div', { class: 'panel', role: 'dialog', 'aria-label': options.name });
  panel.hidden = true;
  const seat = document.createElement('div');
  panel.append(seat);
  frame.append(launcher, panel);
  root.append(frame);
  document.body.append(host);

  let chat: MountedChat | undefined;
  let tries = 0;
  const narrow = matchMedia(NARROW);

  function fit(): void {
    frame.classList.toggle('large', narrow.matches);
    panel.setAttribute('aria-modal', String(narrow.matches));
    const view = window.visualViewport;
    // The soft keyboard covers the page; what is left of it is the chat's.
    frame.style.setProperty('--top', `${view?.offsetTop ?? 0}px`);
    frame.style.setProperty('--height', `${view?.height ?? innerHeight}px`);
  }

  function show(isShown: boolean): void {
    panel.hidden = !isShown;
    launcher.setAttribute('aria-expanded', String(isShown));
    launcher.setAttribute('aria-label', isShown ? words.close : words.open);
    if (isShown) chat?.focus();
    else launcher.focus();
  }

  async function open(): Promise<void> {
    if (chat === undefined) {
      launcher.setAttribute('aria-busy', 'true');
      try {
        // Browsers remember a module that could not be fetched: another try needs another address.
        const address = tries === 0 ? options.widget : `${options.widget}?again=${tries}`;
        tries += 1;
        const { mountChat }: Widget = await import(options.origin + address);
        chat ??= mountChat(seat, { ...options, close: () => show(false) });
      } finally {
        launcher.removeAttribute('aria-busy');
      }
      chat.start();
    }
    fit();
    show(true);
  }

  // A widget that cannot be fetched now may be at the next press.
  launcher.addEventListener('click', () =>
    panel.hidden ? void open().catch(() => {}) : show(false),
  );
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') show(false);
  });
  window.visualViewport?.addEventListener('resize', fit);
  window.visualViewport?.addEventListener('scroll', fit);
  narrow.addEventListener('change', fit);
  fit();
}

function element<Tag extends 'div' | 'button'>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function drawing(path: string): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('width', '30');
  svg.setAttribute('height', '30');
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(space, 'path');
  shape.setAttribute('d', path);
  shape.setAttribute('fill', 'currentColor');
  svg.append(shape);
  return svg;
}
