import { Link } from 'wouter';
import { useSession } from '../session.js';
import { useTheme } from '../theme.js';
import { Avatar } from '../ui/avatar.js';
import { IconButton } from '../ui/button.js';
import { roleWords } from '../words/role-words.js';
import { shellWords } from '../words/shell-words.js';
import { useLanguage, useWords } from '../words/use-words.js';

/** Who is signed in, with the switches of language and brightness. */
export function Person() {
  const words = useWords(shellWords);
  const roles = useWords(roleWords);
  const { session, signOut } = useSession();
  const { language, speak } = useLanguage();
  const [theme, choose] = useTheme();
  const isDark =
    theme === 'dark' ||
    (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  const other = language === 'fr' ? 'en' : 'fr';
  return (
    <div className="person">
      <Link href="/account" className="person-link">
        <Avatar name={session.name} />
        <span className="person-words">
          <span className="person-name">{session.name}</span>
          <span className="person-role">{roles[session.role]}</span>
        </span>
      </Link>
      <div className="person-tools">
        <button
          type="button"
          className="icon-button language"
          lang={other}
          aria-label={`${other.toUpperCase()}: ${words.speak}`}
          title={words.speak}
          onClick={() => speak(other)}
        >
          <span aria-hidden="true">{other.toUpperCase()}</span>
        </button>
        <IconButton
          icon={isDark ? 'sun' : 'moon'}
          label={isDark ? words.light : words.dark}
          onClick={() => choose(isDark ? 'light' : 'dark')}
        />
        <IconButton icon="leave" label={words.signOut} onClick={() => void signOut()} />
      </div>
    </div>
  );
}
