import { chooseChatLanguage } from './language.js';
import { mountChat } from './mount-chat.js';

export { mountChat };

for (const element of document.querySelectorAll('[data-portevoix-chat]')) {
  if (element instanceof HTMLElement && element.shadowRoot === null) seat(element);
}

/** Puts a chat where the page has a place for it; it opens when it is seen. */
function seat(element: HTMLElement): void {
  const { lang, name = '', primary = '', accent = '' } = element.dataset;
  const language = chooseChatLanguage([
    lang,
    document.documentElement.lang,
    ...navigator.languages,
  ]);
  const join = takeJoin();
  const look = { name, primary, accent };
  const chat = mountChat(element, {
    origin: location.origin,
    language,
    ...look,
    ...(join === undefined ? {} : { join }),
  });
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    chat.start();
  });
  watch.observe(element);
}

/** What a link that goes on here with a conversation left behind the #; it is gone after a reload. */
function takeJoin(): string | undefined {
  const join = /^#join=([\w-]{48})$/.exec(location.hash)?.[1];
  if (join !== undefined) history.replaceState(null, '', location.pathname + location.search);
  return join;
}
