import { useEffect, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { enterWords } from '../words/enter-words.js';
import { useLanguage, useWords } from '../words/use-words.js';
import { JoinForm } from './enter/join-form.js';
import { LinkForm } from './enter/link-form.js';
import { SignInForm } from './enter/sign-in-form.js';

/** The doors: with a password, with a mailed link, and with an invitation. */
export function Enter() {
  const words = useWords(enterWords);
  const { language, speak } = useLanguage();
  const [path] = useLocation();
  const [token] = useState(takeToken);
  const campaign = document.getElementById('console')?.dataset['campaign'] ?? '';
  useEffect(() => {
    document.title = `${words.title} · ${campaign}`;
  }, [words.title, campaign]);
  const other = language === 'fr' ? 'en' : 'fr';
  return (
    <main className="alone">
      <div className="door">
        {doorOf(path, token)}
        <div className="door-foot">
          <button type="button" className="link-button" lang={other} onClick={() => speak(other)}>
            {words.other}
          </button>
        </div>
      </div>
    </main>
  );
}

function doorOf(path: string, token: string): ReactNode {
  if (path === '/join') return <JoinForm token={token} />;
  if (path === '/enter') return <LinkForm token={token} />;
  return <SignInForm />;
}

let kept = '';

/**
 * The secret of a link, which then leaves the address, so that nobody reads it over a shoulder. Asked
 * again it answers the same: what is drawn may be thrown away and drawn anew.
 */
function takeToken(): string {
  const token = window.location.hash.slice(1);
  if (token === '') return kept;
  kept = token;
  window.history.replaceState(null, '', window.location.pathname);
  return kept;
}
