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
  const chat = mountChat(element, { origin: location.origin, language, name, primary, accent });
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    chat.start();
  });
  watch.observe(element);
}
