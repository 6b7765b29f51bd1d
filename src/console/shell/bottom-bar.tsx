import type { PageEntry } from '../pages.js';
import { Icon } from '../ui/icon.js';
import { shellWords } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';
import { NavLink } from './navigation.js';

/** On phones: the pages used most, under the thumb, and the menu with all of them. */
export function BottomBar({
  pages,
  openMenu,
}: {
  readonly pages: readonly PageEntry[];
  openMenu(): void;
}) {
  const words = useWords(shellWords);
  const main = pages.filter(({ nav }) => nav?.isMain === true).slice(0, 4);
  return (
    <nav className="bottom-bar" aria-label={words.mainPages}>
      {main.map((entry) => (
        <NavLink key={entry.path} entry={entry} />
      ))}
      <button type="button" className="nav-link" onClick={openMenu} aria-haspopup="dialog">
        <Icon name="menu" />
        <span>{words.menu}</span>
      </button>
    </nav>
  );
}
