import { siteWords } from '../../words/site-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

/** Names a place of the page for people: `issues.0.title.fr` is "Priority 1, Title (French)". */
export function usePlaceName(): (path: string) => string {
  const words = useWords(siteWords);
  const { language: read } = useLanguage();
  const names = new Intl.DisplayNames([read], { type: 'language' });
  const singles: { readonly [key: string]: string } = {
    name: words.name,
    headline: words.headline,
    summary: words.summary,
    notice: words.notice,
    picture: words.picture,
    pictureText: words.pictureText,
    url: words.url,
    issues: words.issues,
    dates: words.dates,
    notices: words.notices,
    controller: words.controller,
  };
  const parts: { readonly [key: string]: string } = {
    title: words.itemTitle,
    text: words.itemText,
    place: words.place,
    on: words.on,
    at: words.at,
    primary: words.primary,
    accent: words.accent,
    address: words.address,
    email: words.email,
    officer: words.officer,
  };
  return (path) => {
    const [first = '', second, third, fourth] = path.split('.');
    const tag = (language: string | undefined): string =>
      language === undefined ? '' : ` (${names.of(language) ?? language})`;
    if (first === 'colours') return parts[second ?? ''] ?? words.colours;
    if (first === 'controller') {
      const part = second === 'name' ? words.controllerName : parts[second ?? ''];
      return part === undefined ? words.controller : `${words.controller}, ${part}`;
    }
    const item = { issues: words.issue, dates: words.date, notices: words.other }[first];
    if (item !== undefined && second !== undefined) {
      return `${item(Number(second) + 1)}, ${parts[third ?? ''] ?? ''}${tag(fourth)}`;
    }
    return `${singles[first] ?? first}${tag(second)}`;
  };
}
